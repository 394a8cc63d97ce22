#include "internal.h"

#include "base/array.h"
#include "exhibit/settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- fonts.yaml */

struct reading {
    struct assets *assets;
    const char *path;
    struct error *err;
};

static bool mistake(const struct reading *r, const struct settings_node *node, const char *what)
{
    return error_set_at(
        r->err, ERROR_MACHINE, r->path, settings_line(node), settings_column(node), "%s", what);
}

static const char *keep(const struct reading *r, struct str text)
{
    return text.length > 0 ? arena_copy(&r->assets->arena, text).data : NULL;
}

static bool read_face(const struct reading *r, const struct settings_node *font, enum text_face *face)
{
    static const char *const names[TEXT_FACES] = {"serif", "sans", "typewriter"};
    const struct settings_node *node = settings_get(font, "face");
    for (size_t i = 0; i < TEXT_FACES; i++) {
        if (str_equal_c(settings_text(node), names[i])) {
            *face = (enum text_face)i;
            return true;
        }
    }
    return mistake(r, node != NULL ? node : font, "a font's face is serif, sans or typewriter");
}

static bool read_number(
    const struct reading *r, const struct settings_node *font, const char *key, int *value)
{
    const struct settings_node *node = settings_get(font, key);
    long number = 0;
    if (node != NULL && (!str_to_long(settings_text(node), &number) || number < 0 || number > 1000)) {
        return mistake(r, node, "a whole number is expected here");
    }
    *value = (int)number;
    return true;
}

static bool read_font(const struct reading *r, const struct settings_node *node, struct text_font *font)
{
    font->bold = str_equal_c(settings_text(settings_get(node, "bold")), "true");
    font->italic = str_equal_c(settings_text(settings_get(node, "italic")), "true");
    font->file = keep(r, settings_text(settings_get(node, "file")));
    font->languages = keep(r, settings_text(settings_get(node, "languages")));
    font->package = keep(r, settings_text(settings_get(node, "package")));
    if (font->file == NULL) {
        return mistake(r, node, "a font needs a file");
    }
    return read_face(r, node, &font->face) && read_number(r, node, "index", &font->index) &&
           read_number(r, node, "thicken", &font->thicken);
}

static bool read_fonts(const struct reading *r, const struct settings_node *list)
{
    struct text_catalogue *catalogue = &r->assets->catalogue;
    struct text_font *fonts = arena_take_array(&r->assets->arena, settings_count(list) + 1, sizeof *fonts);
    if (fonts == NULL) {
        return error_memory(r->err);
    }
    catalogue->fonts = fonts;
    for (const struct settings_node *node = settings_first(list); node != NULL; node = settings_next(node)) {
        if (!read_font(r, node, &fonts[catalogue->count])) {
            return false;
        }
        catalogue->count++;
    }
    return catalogue->count > 0 || mistake(r, list, "the catalogue has no fonts");
}

static bool read_directories(const struct reading *r, const struct settings_node *list)
{
    struct text_catalogue *catalogue = &r->assets->catalogue;
    const char **names = arena_take_array(&r->assets->arena, settings_count(list) + 1, sizeof *names);
    if (names == NULL) {
        return error_memory(r->err);
    }
    catalogue->directories = names;
    for (const struct settings_node *node = settings_first(list); node != NULL; node = settings_next(node)) {
        names[catalogue->directory_count] = keep(r, settings_text(node));
        if (names[catalogue->directory_count] == NULL) {
            return mistake(r, node, "a folder of fonts is expected here");
        }
        catalogue->directory_count++;
    }
    return true;
}

static bool open_fonts(struct assets *assets, const char *folder, struct error *err)
{
    char path[PLAYER_PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/fonts.yaml", folder);
    struct reading r = {assets, path, err};
    struct settings *settings = settings_open(path, err);
    const struct settings_node *root = settings_root(settings);
    bool ok = settings != NULL && read_directories(&r, settings_get(root, "directories")) &&
              read_fonts(&r, settings_get(root, "fonts"));
    settings_destroy(settings);
    return ok;
}

bool assets_open(struct assets *assets, const char *folder, struct error *err)
{
    *assets = (struct assets){0};
    return open_fonts(assets, folder, err);
}

void assets_finish(struct assets *assets)
{
    arena_finish(&assets->arena);
    *assets = (struct assets){0};
}
