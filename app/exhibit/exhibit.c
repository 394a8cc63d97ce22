/* An exhibit's life and memory; what is loaded is looked up in lookup.c. */
#include "exhibit/exhibit.h"

#include "base/stream.h"

#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- languages */

/* Is one of the two tags the other, or the other and more subtags? */
static bool is_near(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b), shorter = la < lb ? la : lb;
    return shorter > 0 && strncmp(a, b, shorter) == 0 && (a[shorter] == '\0' || a[shorter] == '-') &&
           (b[shorter] == '\0' || b[shorter] == '-');
}

const char *exhibit_find_language(const struct exhibit *exhibit, const char *tag)
{
    const struct exhibit_head *head = &exhibit->head;
    const char *near = NULL;
    for (size_t i = 0; i < head->language_count; i++) {
        if (strcmp(tag, head->languages[i]) == 0) {
            return head->languages[i];
        }
        near = near == NULL && is_near(tag, head->languages[i]) ? head->languages[i] : near;
    }
    return near;
}

const char *exhibit_choose_language(const struct exhibit *exhibit, const char *tag, struct error *err)
{
    const struct exhibit_head *head = &exhibit->head;
    const char *found = tag != NULL ? exhibit_find_language(exhibit, tag) : head->languages[0];
    if (found != NULL) {
        return found;
    }
    char offered[240] = "";
    for (size_t i = 0, used = 0; i < head->language_count; i++, used = strlen(offered)) {
        snprintf(offered + used, sizeof offered - used, "%s%s", i > 0 ? ", " : "", head->languages[i]);
    }
    error_set(err, ERROR_USAGE, "the exhibit is not in the language \"%s\"; it is in %s", tag, offered);
    return NULL;
}

bool exhibit_offer_languages(struct exhibit *exhibit, const char *const *tags, size_t count)
{
    const char **offered = exhibit_keep(exhibit, count, sizeof *offered);
    size_t kept = 0;
    for (size_t i = 0; i < count && offered != NULL; i++) {
        const char *language = exhibit_find_language(exhibit, tags[i]);
        bool new = language != NULL;
        for (size_t j = 0; j < kept && new; j++) {
            new = strcmp(offered[j], language) != 0;
        }
        if (new) {
            offered[kept++] = language;
        }
    }
    if (kept == 0) {
        return false;
    }
    exhibit->head.languages = offered;
    exhibit->head.language_count = kept;
    return true;
}

bool exhibit_has_language(const struct exhibit *exhibit, struct str tag)
{
    for (size_t i = 0; i < exhibit->head.language_count; i++) {
        if (str_equal_c(tag, exhibit->head.languages[i])) {
            return true;
        }
    }
    return false;
}

size_t exhibit_language_rank(const struct exhibit *exhibit, const char *tag)
{
    size_t rank = 0;
    while (rank < exhibit->head.language_count &&
           (tag == NULL || strcmp(tag, exhibit->head.languages[rank]) != 0)) {
        rank++;
    }
    return rank;
}

bool exhibit_lacking(const struct exhibit *exhibit, bool (*has)(const void *data, const char *language),
    const void *data, char *buffer, size_t size)
{
    buffer[0] = '\0';
    for (size_t i = 0; i < exhibit->head.language_count; i++) {
        if (!has(data, exhibit->head.languages[i])) {
            size_t used = strlen(buffer);
            snprintf(buffer + used, size - used, "%s%s", used > 0 ? ", " : "", exhibit->head.languages[i]);
        }
    }
    return buffer[0] != '\0';
}

/* ---- opening */

static struct exhibit *open_folder(const char *path, struct findings *findings, struct error *err)
{
    struct exhibit *exhibit = calloc(1, sizeof *exhibit);
    if (exhibit == NULL) {
        error_memory(err);
        return NULL;
    }
    exhibit->findings = findings;
    exhibit->root = stream_descriptor(AT_FDCWD, path, O_RDONLY | O_DIRECTORY);
    exhibit->folder = exhibit->root >= 0 ? realpath(path, NULL) : NULL;
    if (exhibit->root >= 0) {
        (void)flock(
            exhibit->root, LOCK_SH | LOCK_NB); /* it is read as long as this lasts: see bundle/release.h */
    }
    bool good = false;
    if (exhibit->root < 0 || exhibit->folder == NULL) {
        error_set(err, ERROR_INPUT, "the folder %s cannot be opened: %s", path, strerror(errno));
    } else {
        good = head_load(exhibit, err);
        screens_find(exhibit);
    }
    if (!good) {
        exhibit_destroy(exhibit);
        exhibit = NULL;
    }
    return exhibit;
}

struct exhibit *exhibit_open(const char *path, struct findings *findings, struct error *err)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            error_set(err, ERROR_INPUT,
                "there is no exhibit %s: name a folder with an exhibit.yaml in it, or a picture", path);
        } else {
            error_set(err, ERROR_INPUT, "the exhibit %s cannot be opened: %s", path, strerror(errno));
        }
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        return open_folder(path, findings, err);
    }
    if (!S_ISREG(status.st_mode) || !single_is(path)) {
        error_set(err, ERROR_INPUT,
            "%s is neither a folder with an exhibit.yaml nor a picture (.png, .jpg, .dzi, info.json)", path);
        return NULL;
    }
    return single_open(path, findings, err);
}

void exhibit_destroy(struct exhibit *exhibit)
{
    if (exhibit == NULL) {
        return;
    }
    for (int i = 0; i < LISTS; i++) {
        table_finish(&exhibit->lists[i].by_id);
    }
    table_finish(&exhibit->documents);
    table_finish(&exhibit->notes);
    table_finish(&exhibit->file_names);
    free(exhibit->references);
    free(exhibit->framings);
    free(exhibit->files);
    free(exhibit->folder);
    if (exhibit->root >= 0) {
        close(exhibit->root);
    }
    arena_finish(&exhibit->arena);
    free(exhibit);
}

const struct exhibit_head *exhibit_head(const struct exhibit *exhibit)
{
    return &exhibit->head;
}

const char *exhibit_folder(const struct exhibit *exhibit)
{
    return exhibit->folder;
}

size_t exhibit_files(const struct exhibit *exhibit, const char *const **files)
{
    *files = exhibit->files;
    return exhibit->file_count;
}
