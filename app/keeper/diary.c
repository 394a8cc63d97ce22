/* The log as a file: each line with the time, never more than two files of a size that an SD card does not
 * notice in ten years. */
#include "keeper/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LARGEST ((off_t)1 << 20)
/* A pipe that nobody reads must not hold the player up. */
#define OPENED (O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)

struct diary {
    int fd;
    char path[SITE_PATH_MAX], before[SITE_PATH_MAX + 2];
};

/* When it cannot begin a new file it goes on with the old one, but not past twice its size. */
static bool turn_page(struct diary *diary)
{
    struct stat status;
    if (fstat(diary->fd, &status) != 0 || status.st_size < LARGEST) {
        return true;
    }
    if (rename(diary->path, diary->before) == 0) {
        int fd = open(diary->path, OPENED, 0640);
        if (fd >= 0) {
            close(diary->fd);
            diary->fd = fd;
            return true;
        }
    }
    return status.st_size < 2 * LARGEST;
}

/* What cannot be written is lost: nobody is served by a player that ends because of its log. */
static ssize_t write_lines(void *context, const char *bytes, size_t count)
{
    struct diary *diary = context;
    char when[40];
    time_t now = time(NULL);
    struct tm local = {.tm_mday = 1};
    localtime_r(&now, &local);
    size_t length = strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%S%z ", &local);
    if (turn_page(diary) && length > 0 && write(diary->fd, when, length) == (ssize_t)length) {
        ssize_t written = write(diary->fd, bytes, count);
        (void)written;
    }
    return (ssize_t)count;
}

static int end(void *context)
{
    struct diary *diary = context;
    close(diary->fd);
    free(diary);
    return 0;
}

FILE *keeper_open_log(const char *path, struct error *err)
{
    struct diary *diary = calloc(1, sizeof *diary);
    if (diary == NULL) {
        error_memory(err);
        return NULL;
    }
    snprintf(diary->path, sizeof diary->path, "%s", path);
    snprintf(diary->before, sizeof diary->before, "%s.1", diary->path);
    diary->fd = open(path, OPENED, 0640);
    FILE *stream = NULL;
    if (diary->fd >= 0) {
        stream = fopencookie(diary, "a", (cookie_io_functions_t){.write = write_lines, .close = end});
    }
    if (stream == NULL) {
        error_set_at(err, ERROR_MACHINE, path, 0, 0, "the log cannot be written: %s", strerror(errno));
        if (diary->fd >= 0) {
            close(diary->fd);
        }
        free(diary);
    }
    return stream;
}
