#include "search/keyboard.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "exhibit/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME_MAX_BYTES 24
#define LANGUAGES_MAX 64

struct keyboards {
    struct arena arena;
    struct keyboard *items; /* LANGUAGES_MAX + 2 */
    size_t count;
    struct keyboard digits;
};

struct reading {
    struct keyboards *keyboards;
    const char *path;
    struct error *err;
};

static bool mistake(const struct reading *r, const struct settings_node *node, const char *what)
{
    return error_set_at(
        r->err, ERROR_MACHINE, r->path, settings_line(node), settings_column(node), "%s", what);
}

static bool is_taken(const struct keyboard_row *rows, size_t count, struct str key)
{
    for (size_t r = 0; r < count; r++) {
        for (size_t k = 0; k < rows[r].count; k++) {
            if (str_equal(rows[r].keys[k], key)) {
                return true;
            }
        }
    }
    return false;
}

static bool read_row(
    const struct reading *r, const struct settings_node *node, struct keyboard_row *rows, size_t row)
{
    struct str rest = settings_text(node);
    if (rest.length == 0) {
        return mistake(r, node, "a row is a line of keys with spaces between them");
    }
    while (rest.length > 0) {
        struct str key = str_split(&rest, ' ');
        if (key.length == 0) {
            continue;
        }
        if (key.length > KEYBOARD_KEY_MAX || rows[row].count == KEYBOARD_KEYS) {
            return mistake(r, node, "a row has at most 12 keys of at most 16 bytes each");
        }
        if (is_taken(rows, row + 1, key)) {
            return mistake(r, node, "a key stands twice on this keyboard");
        }
        struct str kept = arena_copy(&r->keyboards->arena, key);
        if (kept.data == NULL) {
            return error_memory(r->err);
        }
        rows[row].keys[rows[row].count++] = kept;
    }
    return true;
}

static bool read_rows(
    const struct reading *r, const struct settings_node *list, struct keyboard_row *rows, size_t *count)
{
    for (const struct settings_node *node = settings_first(list); node != NULL; node = settings_next(node)) {
        if (*count == KEYBOARD_ROWS) {
            return mistake(r, node, "a keyboard has at most 3 rows");
        }
        if (!read_row(r, node, rows, *count)) {
            return false;
        }
        (*count)++;
    }
    return true;
}

static bool read_keyboard(
    const struct reading *r, const struct settings_node *root, struct keyboard *keyboard)
{
    struct str name = settings_text(settings_get(root, "name"));
    const struct settings_node *rows = settings_get(root, "rows"), *shift = settings_get(root, "shift");
    if (name.length == 0 || name.length > NAME_MAX_BYTES) {
        return mistake(r, root, "a keyboard needs a name of at most 24 bytes: what its key says");
    }
    keyboard->name = arena_copy(&r->keyboards->arena, name);
    keyboard->words = str_equal_c(settings_text(settings_get(root, "words")), "true");
    if (keyboard->name.data == NULL) {
        return error_memory(r->err);
    }
    return read_rows(r, rows, keyboard->rows, &keyboard->row_count) &&
           read_rows(r, shift, keyboard->shifted, &keyboard->shifted_count) &&
           (keyboard->row_count > 0 || keyboard->words ||
               mistake(r, root, "a keyboard needs rows, or words: true")) &&
           (keyboard->shifted_count == 0 || keyboard->shifted_count == keyboard->row_count ||
               mistake(r, shift, "with the shift key there are as many rows as without"));
}

/* A file that is not there is no mistake: the language has no keyboard of its own. */
static bool read_file(struct keyboards *keyboards, const char *folder, const char *language,
    struct keyboard *out, struct error *err)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s.yaml", folder, language);
    *out = (struct keyboard){.language = NULL};
    if (access(path, R_OK) != 0) {
        return true;
    }
    struct reading r = {keyboards, path, err};
    struct settings *settings = settings_open(path, err);
    bool ok = settings != NULL && read_keyboard(&r, settings_root(settings), out);
    settings_destroy(settings);
    out->language = ok ? arena_copy(&keyboards->arena, str_from(language)).data : NULL;
    return ok;
}

static const struct keyboard *find_exactly(const struct keyboards *keyboards, const char *language)
{
    for (size_t i = 0; i < keyboards->count; i++) {
        if (strcmp(keyboards->items[i].language, language) == 0) {
            return &keyboards->items[i];
        }
    }
    return NULL;
}

static bool is_tag(const char *language)
{
    size_t plain = strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    return plain > 0 && language[plain] == '\0' && plain < 36;
}

/* "sr-Cyrl-RS" tries "sr-Cyrl" and "sr" too. */
static bool add(struct keyboards *keyboards, const char *folder, const char *language, struct error *err)
{
    char tag[40];
    struct keyboard found = {.language = NULL};
    bool ok = true;
    if (!is_tag(language) || keyboards->count >= LANGUAGES_MAX) {
        return true;
    }
    snprintf(tag, sizeof tag, "%s", language);
    for (;;) {
        if (find_exactly(keyboards, tag) != NULL) {
            return true;
        }
        ok = read_file(keyboards, folder, tag, &found, err);
        char *dash = strrchr(tag, '-');
        if (!ok || found.language != NULL || dash == NULL) {
            break;
        }
        *dash = '\0';
    }
    if (ok && found.language != NULL) {
        keyboards->items[keyboards->count++] = found;
    }
    return ok;
}

struct keyboards *keyboards_open(
    const char *folder, const char *const *languages, size_t count, struct error *err)
{
    struct keyboards *keyboards = calloc(1, sizeof *keyboards);
    bool ok = keyboards != NULL;
    if (ok) {
        keyboards->items = arena_take_array(&keyboards->arena, LANGUAGES_MAX + 2, sizeof *keyboards->items);
    }
    if (!ok || keyboards->items == NULL) {
        keyboards_destroy(keyboards);
        error_memory(err);
        return NULL;
    }
    for (size_t i = 0; ok && i < count; i++) {
        ok = add(keyboards, folder, languages[i], err);
    }
    ok = ok && add(keyboards, folder, "en", err) &&
         read_file(keyboards, folder, "digits", &keyboards->digits, err);
    if (ok && (keyboards->count == 0 || keyboards->digits.language == NULL)) {
        ok = error_set_at(err, ERROR_MACHINE, folder, 0, 0, "has no en.yaml or no digits.yaml");
    }
    if (!ok) {
        keyboards_destroy(keyboards);
        return NULL;
    }
    return keyboards;
}

void keyboards_destroy(struct keyboards *keyboards)
{
    if (keyboards != NULL) {
        arena_finish(&keyboards->arena);
        free(keyboards);
    }
}

size_t keyboards_count(const struct keyboards *keyboards)
{
    return keyboards != NULL ? keyboards->count : 0;
}

const struct keyboard *keyboards_get(const struct keyboards *keyboards, size_t index)
{
    return keyboards != NULL && index < keyboards->count ? &keyboards->items[index] : NULL;
}

const struct keyboard *keyboards_find(const struct keyboards *keyboards, const char *language)
{
    char tag[40];
    const struct keyboard *found = NULL;
    if (keyboards == NULL || language == NULL) {
        return keyboards != NULL ? keyboards_get(keyboards, 0) : NULL;
    }
    snprintf(tag, sizeof tag, "%s", language);
    for (char *dash = tag; found == NULL && dash != NULL;) {
        found = find_exactly(keyboards, tag);
        dash = strrchr(tag, '-');
        if (dash != NULL) {
            *dash = '\0';
        }
    }
    found = found != NULL ? found : find_exactly(keyboards, "en");
    return found != NULL ? found : keyboards_get(keyboards, 0);
}

const struct keyboard *keyboards_digits(const struct keyboards *keyboards)
{
    return keyboards != NULL ? &keyboards->digits : NULL;
}
