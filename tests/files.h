/* What tests read and write whole. */
#ifndef TESTS_FILES_H
#define TESTS_FILES_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A file's bytes, malloc'd with a zero behind; NULL when it cannot be read. `size` may be NULL. */
static inline char *files_read(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rbe");
    struct stat status;
    char *bytes = NULL;
    size_t length = 0;
    if (file != NULL && fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode) &&
        (bytes = calloc(1, (size_t)status.st_size + 1)) != NULL) {
        length = fread(bytes, 1, (size_t)status.st_size, file);
    }
    if (file != NULL) {
        fclose(file);
    }
    if (size != NULL) {
        *size = length;
    }
    return bytes;
}

static inline bool files_write(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wbe");
    bool ok = file != NULL && fwrite(bytes, 1, size, file) == size;
    return file != NULL && fclose(file) == 0 && ok;
}

static inline bool files_write_text(const char *path, const char *text)
{
    return files_write(path, text, strlen(text));
}

#endif
