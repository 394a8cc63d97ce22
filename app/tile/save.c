#include "save.h"

#include "image.h"
#include "output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the player shows soonest: of 256, 384, 512 and 1024 the smallest took the least time to a sharp page,
 * the least of the processor and the least memory (a jump to 1:1 in half the time of 512), for less is
 * decoded that lies beside the screen. The player cuts levels at whole pixels and never blends neighbours, so
 * there are no seams for an overlap to hide. */
enum { TILE_SIDE = 256 };

static void on_eval(VipsImage *image, VipsProgress *state, struct progress *progress)
{
    (void)image;
    progress_show(progress, state->percent);
}

/* ---- is it whole? */

/* The last bytes of the tile's format: a disk that is full cuts files off, and libvips may not notice. */
struct ending {
    const char *bytes;
    size_t length;
};

static bool file_is_whole(int folder, const char *name, struct ending ending)
{
    char tail[8];
    struct stat status;
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool whole =
        fd >= 0 && fstat(fd, &status) == 0 && status.st_size > (off_t)ending.length &&
        pread(fd, tail, ending.length, status.st_size - (off_t)ending.length) == (ssize_t)ending.length &&
        memcmp(tail, ending.bytes, ending.length) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return whole;
}

/* How many whole tiles the folder of a level holds; -1 when one of them is not. */
static long count_tiles(const char *path, struct ending ending)
{
    DIR *folder = opendir(path);
    long count = folder != NULL ? 0 : -1;
    for (struct dirent *entry; count >= 0 && (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.') {
            count = file_is_whole(dirfd(folder), entry->d_name, ending) ? count + 1 : -1;
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return count;
}

static bool pyramid_is_whole(const char *folder, long width, long height, bool lossless)
{
    char path[PATH_MAX + 64];
    struct ending ending =
        lossless ? (struct ending){"IEND\xae\x42\x60\x82", 8} : (struct ending){"\xff\xd9", 2};
    int level = 0;
    while ((1L << level) < (width > height ? width : height)) {
        level++;
    }
    for (; level >= 0; level--) {
        long columns = (width + TILE_SIDE - 1) / TILE_SIDE, rows = (height + TILE_SIDE - 1) / TILE_SIDE;
        snprintf(path, sizeof path, "%s/" OUTPUT_NAME "_files/%d", folder, level);
        if (count_tiles(path, ending) != columns * rows) {
            return false;
        }
        width = (width + 1) / 2;
        height = (height + 1) / 2;
    }
    snprintf(path, sizeof path, "%s/" OUTPUT_NAME ".dzi", folder);
    return file_is_whole(AT_FDCWD, path, (struct ending){"Image>\n", 7});
}

/* ---- whose fault was it? */

/* Why the folder takes no more; 0 when it does. */
static int why_not(const char *folder)
{
    static const char block[65536];
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/probe", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno;
    }
    errno = ENOSPC; /* what a short write means */
    int code = write(fd, block, sizeof block) == (ssize_t)sizeof block && fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return code;
}

static bool disk_fail(const char *folder, int code, struct error *err)
{
    return error_set_at(err, ERROR_MACHINE, folder, 0, 0, "the tiles cannot be written here: %s",
        code != 0 ? strerror(code) : "some are missing or cut off");
}

static bool reach_the_disk(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* One call for all: to sync a hundred thousand tiles one by one takes longer than to make them. */
    bool ok = fd >= 0 && syncfs(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

bool save_pyramid(VipsImage *image, const char *path, const char *folder, bool lossless,
    struct progress *progress, struct error *err)
{
    char name[PATH_MAX + 64];
    snprintf(name, sizeof name, "%s/" OUTPUT_NAME, folder);
    vips_image_set_progress(image, TRUE);
    g_signal_connect(image, "eval", G_CALLBACK(on_eval), progress);
    if (vips_dzsave(image, name, "tile_size", TILE_SIDE, "overlap", 0, "suffix",
            lossless ? ".png" : ".jpg[Q=88,optimize_coding]", NULL) != 0) {
        int code = why_not(folder);
        return code != 0 ? disk_fail(folder, code, err) : image_fail(path, err);
    }
    /* libvips' notes about the source: its metadata and the time, which an exhibit neither reads nor shows.
     */
    snprintf(name, sizeof name, "%s/" OUTPUT_NAME "_files/vips-properties.xml", folder);
    unlink(name);
    if (!reach_the_disk(folder)) {
        return disk_fail(folder, errno, err);
    }
    return pyramid_is_whole(folder, vips_image_get_width(image), vips_image_get_height(image), lossless) ||
           disk_fail(folder, why_not(folder), err);
}
