#include "internal.h"

#include "base/array.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEX ((size_t)2 * BUNDLE_HASH)

/* ---- names */

/* No control characters, none that make a name read other than it is, and none that nobody sees; but for the
 * two joiners (U+200C, U+200D), which Persian and Hindi are written with. */
static bool is_plain(struct str text)
{
    static const struct {
        uint32_t first, last;
    } bad[] = {{0, 0x1f}, {'\\', '\\'}, {0x7f, 0x9f}, {0xad, 0xad}, {0x61c, 0x61c}, {0x180e, 0x180e},
        {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff},
        {0xfff9, 0xfffb}, {0xfffd, 0xffff}, {0xe0000, 0xe0fff}};
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text, &at);
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
            if (c >= bad[i].first && c <= bad[i].last) {
                return false;
            }
        }
    }
    return true;
}

bool list_name_good(struct str name)
{
    return name.length > 0 && name.length <= BUNDLE_NAME_MAX && str_find(name, '/') == name.length &&
           name.data[0] != '.' && is_plain(name);
}

const char *list_judge(struct str path)
{
    struct str rest = path;
    int depth = 0;
    if (path.length == 0 || path.length > BUNDLE_PATH_MAX) {
        return "its path is empty or too long";
    }
    for (bool more = true; more;) {
        more = str_find(rest, '/') < rest.length;
        struct str part = str_split(&rest, '/');
        if (part.length == 0) {
            return "its path must not begin or end with a slash, nor have two in a row";
        }
        if (part.data[0] == '.') {
            return "no part of its path may begin with a dot";
        }
        if (part.length > BUNDLE_NAME_MAX) {
            return "a part of its path is too long";
        }
        if (++depth > BUNDLE_DEPTH_MAX) {
            return "it lies too deep in folders";
        }
    }
    return is_plain(path) ? NULL : "its path has characters that a name must not have, or is no UTF-8";
}

/* ---- writing */

static int by_path(const void *left, const void *right)
{
    return strcmp(((const struct bundle_entry *)left)->path, ((const struct bundle_entry *)right)->path);
}

/* What a list must not say, whoever wrote it. */
static bool judge(struct bundle *bundle, struct error *err)
{
    bundle->bytes = 0;
    if (bundle->count == 0) {
        return error_set_at(err, ERROR_INPUT, bundle->path, 0, 0, "there is no file in it");
    }
    for (size_t i = 0; i < bundle->count; i++) {
        const struct bundle_entry *entry = &bundle->entries[i];
        const char *wrong = list_judge(str_from(entry->path));
        if (wrong != NULL) {
            return error_set_at(err, ERROR_INPUT, bundle->path, 0, 0,
                "the file \"%s\" cannot be in a bundle: %s", entry->path, wrong);
        }
        if (i > 0 && strcmp(bundle->entries[i - 1].path, entry->path) >= 0) {
            return error_set_at(err, ERROR_INPUT, bundle->path, 0, 0,
                "the files of its list are not in order at \"%s\"", entry->path);
        }
        bundle->bytes += entry->size < BUNDLE_BYTES_MAX ? entry->size : BUNDLE_BYTES_MAX;
        if (bundle->bytes >= BUNDLE_BYTES_MAX || i >= BUNDLE_FILES_MAX) {
            return error_set_at(err, ERROR_INPUT, bundle->path, 0, 0,
                "it holds more than %d files or %d gigabytes, too much for a bundle", BUNDLE_FILES_MAX,
                (int)(BUNDLE_BYTES_MAX >> 30));
        }
    }
    return names_distinct(bundle, err);
}

/* The entries as text; the arena's. */
static struct str compose(struct bundle *bundle)
{
    char hex[HEX + 1], *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL) {
        return (struct str){NULL, 0};
    }
    fprintf(file, "vitrine list 1\nexhibit %s\nserial %" PRIu64 "\n", bundle->name, bundle->serial);
    for (size_t i = 0; i < bundle->count; i++) {
        const struct bundle_entry *entry = &bundle->entries[i];
        sodium_bin2hex(hex, sizeof hex, entry->hash, sizeof entry->hash);
        fprintf(file, "%s %" PRIu64 " %s\n", hex, entry->size, entry->path);
    }
    bool written = fflush(file) == 0 && !ferror(file);
    written = fclose(file) == 0 && written;
    struct str list = written ? arena_copy(&bundle->arena, (struct str){text, size}) : (struct str){NULL, 0};
    free(text);
    return list;
}

bool list_write(struct bundle *bundle, struct error *err)
{
    if (bundle->count > 0) {
        qsort(bundle->entries, bundle->count, sizeof *bundle->entries, by_path);
    }
    if (!judge(bundle, err)) {
        return false;
    }
    bundle->list = compose(bundle);
    if (bundle->list.data == NULL) {
        return error_memory(err);
    }
    return bundle->list.length <= BUNDLE_LIST_MAX ||
           error_set_at(err, ERROR_INPUT, bundle->path, 0, 0, "its list of files is too long");
}

/* ---- reading */

static bool read_entry(struct bundle *bundle, struct str line, struct bundle_entry *entry)
{
    struct str hex = str_split(&line, ' '), size = str_split(&line, ' ');
    size_t got = 0;
    bool ok = hex.length == HEX && head_number(size, &entry->size) && line.length > 0 &&
              str_find(line, '\0') == line.length &&
              sodium_hex2bin(entry->hash, sizeof entry->hash, hex.data, hex.length, NULL, &got, NULL) == 0 &&
              got == sizeof entry->hash;
    entry->path = ok ? arena_copy(&bundle->arena, line).data : NULL;
    return ok;
}

static bool read_value(struct str *rest, struct str word, struct str *value)
{
    struct str line = str_split(rest, '\n');
    *value = str_slice(line, word.length, line.length);
    return str_starts_with(line, word);
}

static bool read_lines(struct bundle *bundle, struct str rest, struct error *err)
{
    struct str name, serial, first = str_split(&rest, '\n');
    if (!str_equal_c(first, "vitrine list 1") || !read_value(&rest, STR("exhibit "), &name) ||
        !list_name_good(name) || !read_value(&rest, STR("serial "), &serial) ||
        !head_number(serial, &bundle->serial)) {
        return error_set_at(
            err, ERROR_INPUT, bundle->path, 0, 0, "the list of its files does not begin as one should");
    }
    bundle->name = arena_copy(&bundle->arena, name).data;
    while (bundle->name != NULL && rest.length > 0) {
        struct bundle_entry entry = {.path = NULL};
        struct str line = str_split(&rest, '\n');
        if (!read_entry(bundle, line, &entry) || bundle->count >= BUNDLE_FILES_MAX) {
            return error_set_at(err, ERROR_INPUT, bundle->path, 0, 0,
                "line %zu of its list is none of a list", bundle->count + 4);
        }
        if (entry.path == NULL || !ARRAY_PUSH(bundle->entries, bundle->count, bundle->capacity, entry)) {
            return error_memory(err);
        }
    }
    return bundle->name != NULL || error_memory(err);
}

/* A list counts only as it would be written: there is no second way to say the same. */
static bool is_canonical(struct bundle *bundle, struct error *err)
{
    struct str again = compose(bundle);
    if (again.data == NULL) {
        return error_memory(err);
    }
    return str_equal(again, bundle->list) ||
           error_set_at(err, ERROR_INPUT, bundle->path, 0, 0, "its list is not written as a list is");
}

bool list_read(struct bundle *bundle, struct error *err)
{
    if (!read_lines(bundle, bundle->list, err) || !judge(bundle, err) || !is_canonical(bundle, err)) {
        return false;
    }
    uint64_t offset = 0;
    for (size_t i = 0; i < bundle->count; i++) {
        bundle->entries[i].offset = offset;
        offset += bundle->entries[i].size;
    }
    return true;
}

void list_hash(struct str list, uint8_t hash[BUNDLE_HASH])
{
    crypto_generichash(hash, BUNDLE_HASH, (const uint8_t *)list.data, list.length, NULL, 0);
}
