/* A folder of a test's own under the build folder, written file by file and taken away again. */
#ifndef TESTS_EXHIBIT_FOLDER_H
#define TESTS_EXHIBIT_FOLDER_H

#include "exhibit/exhibit.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    char path[400];
};

static inline int folder_remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static inline void folder_remove(struct folder *folder)
{
    nftw(folder->path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline struct folder folder_make(const char *name)
{
    struct folder folder;
    snprintf(folder.path, sizeof folder.path, "%s/exhibit-%s-%ld", TEST_BINARY_DIR, name, (long)getpid());
    folder_remove(&folder);
    mkdir(folder.path, 0755);
    return folder;
}

/* "path" in the folder; lives in a static buffer until the next call. */
static inline const char *folder_path(const struct folder *folder, const char *name)
{
    static char path[900];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    return path;
}

/* Writes a file and makes the folders above it. */
static inline void folder_write_bytes(
    const struct folder *folder, const char *name, const void *bytes, size_t length)
{
    char path[900];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    for (char *slash = path + strlen(folder->path) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        mkdir(path, 0755);
        *slash = '/';
    }
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0) {
        perror(path);
        abort();
    }
}

static inline void folder_write(const struct folder *folder, const char *name, const char *text)
{
    folder_write_bytes(folder, name, text, strlen(text));
}

/* The least that is an exhibit without a finding: one document, one layer, in English. */
static inline struct folder folder_sample(const char *name)
{
    struct folder folder = folder_make(name);
    folder_write(&folder, "exhibit.yaml",
        "vitrine: 1\ntitle: \"A sample\"\nlanguages: [en]\nhome: {document: letter}\nprovenance: [{kind: "
        "editorial}]\n");
    folder_write(&folder, "documents/letter/document.yaml",
        "title: \"A letter\"\nlayers:\n  - id: translation\n    title: \"Translation\"\n    kind: "
        "translation\n"
        "    provenance: [{kind: translation}]\n");
    folder_write(
        &folder, "documents/letter/text/translation.en.md", "{#p1} Dear friend,\n\n{#p2} all is well.\n");
    return folder;
}

/* The words of a block, spans put together; lives in a static buffer until the next call. */
static inline const char *folder_words(const struct block *block)
{
    static char words[8192];
    size_t length = 0;
    for (size_t i = 0; i < block->span_count && length + block->spans[i].text.length < sizeof words; i++) {
        memcpy(words + length, block->spans[i].text.data, block->spans[i].text.length);
        length += block->spans[i].text.length;
    }
    words[length] = '\0';
    return words;
}

#endif
