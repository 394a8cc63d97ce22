#include "stick.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool stick_find(const char *base, bool mounted, char path[STICK_PATH_MAX])
{
    struct stat here, there;
    DIR *folder = stat(base, &here) == 0 ? opendir(base) : NULL;
    bool found = false;
    const struct dirent *entry;
    while (!found && folder != NULL && (entry = readdir(folder)) != NULL) {
        int length = snprintf(path, STICK_PATH_MAX, "%s/%s", base, entry->d_name);
        found = entry->d_name[0] != '.' && length < STICK_PATH_MAX && lstat(path, &there) == 0 &&
                S_ISDIR(there.st_mode) && (!mounted || there.st_dev != here.st_dev) &&
                access(path, W_OK) == 0;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return found;
}

static bool failed(struct error *err, const char *path)
{
    return error_set_at(
        err, ERROR_MACHINE, path, 0, 0, "it cannot be copied to the stick: %s", strerror(errno));
}

static bool write_all(int fd, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes += written > 0 ? written : 0;
        count -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

static bool copy_file(const char *path, int folder, struct error *err)
{
    char bytes[65536];
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    int from = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (from < 0) {
        return errno == ENOENT || failed(err, path);
    }
    int to = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    bool good = to >= 0;
    ssize_t count = 0;
    while (good && (count = read(from, bytes, sizeof bytes)) > 0) {
        good = write_all(to, bytes, (size_t)count);
    }
    good = good && count == 0 && fsync(to) == 0;
    if (!good) {
        failed(err, path);
    }
    close(from);
    if (to >= 0) {
        close(to);
    }
    return good;
}

static bool copy_folder(const char *path, int to, struct error *err)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    bool good = folder != NULL || failed(err, path);
    while (good && folder != NULL && (entry = readdir(folder)) != NULL) {
        char file[STICK_PATH_MAX];
        struct stat status;
        int length = snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        if ((size_t)length < sizeof file && lstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
            good = copy_file(file, to, err);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return good;
}

bool stick_copy(const char *stick, const char *name, const char *const *what, size_t count, struct error *err)
{
    char path[STICK_PATH_MAX + 100];
    snprintf(path, sizeof path, "%s/%s", stick, name);
    int to = mkdir(path, 0755) == 0 ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    bool good = to >= 0 || failed(err, path);
    for (size_t i = 0; good && i < count; i++) {
        struct stat status;
        if (what[i][0] != '\0' && stat(what[i], &status) == 0) {
            good = S_ISDIR(status.st_mode) ? copy_folder(what[i], to, err) : copy_file(what[i], to, err);
        }
    }
    if (to >= 0) {
        good = (fsync(to) == 0 && syncfs(to) == 0 && good) || (good && failed(err, path));
        close(to);
    }
    return good;
}
