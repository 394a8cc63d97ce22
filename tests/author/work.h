/* What the tests of the curator's commands share: a folder to work in, copies of exhibits, commands whose
 * output is kept. */
#ifndef TESTS_AUTHOR_WORK_H
#define TESTS_AUTHOR_WORK_H

#include "author/author.h"
#include "check.h"
#include "files.h"

#include <dirent.h>
#include <unistd.h>

#define WORK_TELEGRAM TEST_SOURCE_DIR "/exhibits/telegram-1950"
#define WORK_LANGUAGES TEST_SOURCE_DIR "/tests/exhibits/languages"

/* One run of a command: its code and all that it printed. */
struct run {
    int code;
    char *out, *err;
};

static const struct player_paths work_paths = {
    .assets = TEST_SOURCE_DIR "/assets",
    .exhibit = WORK_TELEGRAM,
    .decoder = TEST_BINARY_DIR "/app/scan/vitrine-decode",
};

typedef int work_command(int argc, char **argv, const struct author_io *io);

/* How much of `words` the checkout's or the build's own path takes: a space in it ends no word. */
static inline size_t work_path_length(const char *words)
{
    static const char *const paths[] = {TEST_BINARY_DIR, TEST_SOURCE_DIR};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (strncmp(words, paths[i], strlen(paths[i])) == 0) {
            return strlen(paths[i]);
        }
    }
    return 0;
}

/* Cuts `line` into words at its spaces. */
static inline int work_split(char *line, char *argv[64])
{
    int argc = 0;
    bool inside = false;
    for (char *at = line; *at != '\0';) {
        size_t path = work_path_length(at);
        if (*at == ' ') {
            *at++ = '\0';
            inside = false;
            continue;
        }
        if (!inside && argc < 63) {
            argv[argc++] = at;
        }
        inside = true;
        at += path > 0 ? path : 1;
    }
    argv[argc] = NULL;
    return argc;
}

/* `words` is the command line, with spaces between its words. */
static inline struct run work_run(work_command *command, const char *words)
{
    struct run run = {.code = -1};
    size_t out_size, err_size;
    char line[4096], *argv[64];
    snprintf(line, sizeof line, "%s", words);
    int argc = work_split(line, argv);
    struct author_io io = {
        open_memstream(&run.out, &out_size), open_memstream(&run.err, &err_size), &work_paths};
    if (io.out == NULL || io.err == NULL) {
        abort();
    }
    run.code = command(argc, argv, &io);
    fclose(io.out);
    fclose(io.err);
    return run;
}

static inline void work_done(struct run *run)
{
    free(run->out);
    free(run->err);
    *run = (struct run){0};
}

static inline int work_lines(const char *text)
{
    int lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines;
}

static inline bool work_same(const char *a, const char *b)
{
    size_t la, lb;
    char *x = files_read(a, &la), *y = files_read(b, &lb);
    bool same = x != NULL && y != NULL && la == lb && memcmp(x, y, la) == 0;
    free(x);
    free(y);
    return same;
}

/* Removes a folder and what is in it, or copies it. */
static inline void work_remove(const char *path)
{
    struct stat status;
    DIR *folder = lstat(path, &status) == 0 && S_ISDIR(status.st_mode) ? opendir(path) : NULL;
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char inner[4096];
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            snprintf(inner, sizeof inner, "%.2000s/%s", path, entry->d_name);
            work_remove(inner);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    remove(path);
}

static inline bool work_copy(const char *from, const char *to)
{
    DIR *folder = opendir(from);
    if (folder == NULL) {
        size_t size;
        char *bytes = files_read(from, &size);
        bool ok = bytes != NULL && files_write(to, bytes, size);
        free(bytes);
        return ok;
    }
    bool ok = mkdir(to, 0777) == 0;
    for (struct dirent *entry; ok && (entry = readdir(folder)) != NULL;) {
        char source[4096], target[4096];
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            snprintf(source, sizeof source, "%.2000s/%s", from, entry->d_name);
            snprintf(target, sizeof target, "%.2000s/%s", to, entry->d_name);
            ok = work_copy(source, target);
        }
    }
    closedir(folder);
    return ok;
}

/* Replaces the first `from` in a file. */
static inline bool work_replace(const char *path, const char *from, const char *to)
{
    size_t size;
    char *text = files_read(path, &size), *at = text != NULL ? strstr(text, from) : NULL;
    char *changed = NULL;
    bool ok = at != NULL &&
              asprintf(&changed, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)) > 0 &&
              files_write_text(path, changed);
    free(changed);
    free(text);
    return ok;
}

/* An empty folder of this name for this program. */
static inline const char *work_folder(char path[1024], const char *name)
{
    snprintf(path, 1024, "%s/work-%d-%s", TEST_BINARY_DIR, (int)getpid(), name);
    work_remove(path);
    mkdir(path, 0777);
    return path;
}

#endif
