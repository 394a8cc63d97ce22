#include "internal.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* Every file and every folder on the way to one, by the name under which a disk that folds would know it. */
struct folded {
    char *key;        /* malloc'd */
    const char *path; /* lent */
    size_t length;    /* of the part that is meant; less than all: a folder */
};

struct folded_list {
    struct folded *items;
    size_t count, capacity;
};

/* Lower case, compatible forms as one (NFKC with case folding). NULL: no memory. */
static char *fold(const UNormalizer2 *normalizer, const char *path, size_t length)
{
    UChar wide[BUNDLE_PATH_MAX + 1], flat[8 * BUNDLE_PATH_MAX];
    char narrow[3 * 8 * BUNDLE_PATH_MAX + 1];
    UErrorCode status = U_ZERO_ERROR;
    int32_t wide_length = 0, flat_length, narrow_length = 0;
    u_strFromUTF8(wide, BUNDLE_PATH_MAX + 1, &wide_length, path, (int32_t)length, &status);
    flat_length = unorm2_normalize(
        normalizer, wide, wide_length, flat, (int32_t)(sizeof flat / sizeof flat[0]), &status);
    u_strToUTF8(narrow, sizeof narrow, &narrow_length, flat, flat_length, &status);
    /* What folds to more than that is compared as it is. */
    return U_SUCCESS(status) ? strndup(narrow, (size_t)narrow_length) : strndup(path, length);
}

static bool add(struct folded_list *list, const UNormalizer2 *normalizer, const char *path, size_t length)
{
    struct folded item = {fold(normalizer, path, length), path, length};
    if (item.key != NULL && ARRAY_PUSH(list->items, list->count, list->capacity, item)) {
        return true;
    }
    free(item.key);
    return false;
}

/* The folders of a path that its neighbour before it did not have, and the file itself. */
static bool add_path(
    struct folded_list *list, const UNormalizer2 *normalizer, const char *before, const char *path)
{
    size_t shared = 0;
    for (size_t i = 0; path[i] != '\0' && path[i] == before[i]; i++) {
        shared = path[i] == '/' ? i + 1 : shared;
    }
    for (const char *slash = strchr(path + shared, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        if (!add(list, normalizer, path, (size_t)(slash - path))) {
            return false;
        }
    }
    return add(list, normalizer, path, strlen(path));
}

static int by_key(const void *left, const void *right)
{
    return strcmp(((const struct folded *)left)->key, ((const struct folded *)right)->key);
}

static bool find_twins(const struct folded_list *list, const char *file, struct error *err)
{
    for (size_t i = 1; i < list->count; i++) {
        const struct folded *a = &list->items[i - 1], *b = &list->items[i];
        if (strcmp(a->key, b->key) == 0) {
            return error_set_at(err, ERROR_INPUT, file, 0, 0,
                "\"%.*s\" and \"%.*s\" are one name on some disks: give one of them another", (int)a->length,
                a->path, (int)b->length, b->path);
        }
    }
    return true;
}

bool names_distinct(const struct bundle *bundle, struct error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    struct folded_list list = {.items = NULL};
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
    const char *before = "";
    bool ok = U_SUCCESS(status) || error_set(err, ERROR_MACHINE, "ICU's data for names is missing");
    for (size_t i = 0; ok && i < bundle->count; i++) {
        ok = add_path(&list, normalizer, before, bundle->entries[i].path) || error_memory(err);
        before = bundle->entries[i].path;
    }
    if (ok && list.count > 0) {
        qsort(list.items, list.count, sizeof *list.items, by_key);
        ok = find_twins(&list, bundle->path, err);
    }
    for (size_t i = 0; i < list.count; i++) {
        free(list.items[i].key);
    }
    free(list.items);
    return ok;
}
