#include "tools.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int author_fail(const struct author_io *io, const struct error *err)
{
    char line[1024];
    fprintf(io->err, "vitrine: %s\n", error_text(err, line, sizeof line));
    return err->category != ERROR_NONE ? (int)err->category : (int)ERROR_MACHINE;
}

bool author_paths(const struct author_io *io, struct player_paths *paths, struct error *err)
{
    if (io->paths != NULL) {
        *paths = *io->paths;
        return true;
    }
    return player_find_paths(paths, err);
}

/* Makes each folder of the path that is not there, from the first on. `path` is changed and restored. */
static bool make_folders(char *path)
{
    for (char *at = path + 1; *at != '\0'; at++) {
        if (*at == '/') {
            *at = '\0';
            bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
            *at = '/';
            if (!made) {
                return false;
            }
        }
    }
    return mkdir(path, 0777) == 0 || errno == EEXIST;
}

bool author_make_folder(const char *path, struct error *err)
{
    struct stat status;
    char *copy = strdup(path);
    if (copy == NULL) {
        return error_memory(err);
    }
    bool made = path[0] != '\0' && make_folders(copy);
    int code = path[0] != '\0' ? errno : ENOENT;
    free(copy);
    if (!made) {
        return error_set_at(err, ERROR_MACHINE, path, 0, 0, "the folder cannot be made: %s", strerror(code));
    }
    return (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) ||
           error_set_at(err, ERROR_MACHINE, path, 0, 0, "is no folder");
}

void author_report_file(struct findings *findings, const char *path, FILE *stream)
{
    const char *slash = strrchr(path, '/');
    char *parent = slash != NULL ? strndup(path, (size_t)(slash - path + 1)) : NULL;
    findings_sort(findings);
    findings_print(findings, parent, stream);
    free(parent);
}

void author_report(struct findings *findings, const char *path, FILE *stream)
{
    struct stat status;
    if (stat(path, &status) == 0 && !S_ISDIR(status.st_mode)) {
        author_report_file(findings, path, stream); /* of a single image: beside it */
        return;
    }
    findings_sort(findings);
    findings_print(findings, path, stream);
}

struct exhibit *author_inspect(const char *path, const struct player_paths *paths, bool thorough,
    struct findings *findings, struct error *err)
{
    struct exhibit *exhibit = exhibit_open(path, findings, err);
    struct text *text = exhibit != NULL ? player_open_text(paths, err) : NULL;
    bool ok = text != NULL && (exhibit_load_all(exhibit) || error_memory(err));
    ok = ok && images_check(exhibit, paths, thorough, findings, err);
    ok = ok && (characters_check(exhibit, text, findings) || error_memory(err));
    text_destroy(text);
    if (!ok) {
        exhibit_destroy(exhibit);
        return NULL;
    }
    return exhibit;
}
