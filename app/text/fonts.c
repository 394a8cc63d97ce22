#include "fonts.h"

#include "base/array.h"
#include "utf16.h"

#include <fcntl.h>
#include <hb-ot.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unistd.h>

enum { EXTENTS_PAGE = 256, CLUSTER_UNITS = 32, AHEAD_PIECE = 128 * 1024, AHEAD_STEP = 4 * 1024 * 1024 };

enum font_state { FONT_UNTRIED, FONT_OPEN, FONT_FAILED };

struct font {
    struct text_font entry; /* its strings are owned */
    hb_blob_t *blob;        /* the file's bytes, shared by all fonts of a collection; NULL until opened */
    int family;
    bool east; /* its languages are Chinese, Japanese or Korean */
    enum font_state state;
    int64_t ahead; /* bytes of its file that are being read ahead */
    hb_font_t *hb;
    int upem;
    struct font_extents *extents[65536 / EXTENTS_PAGE];
};

/* The order in which fonts are asked for one kind of wish. */
struct plan {
    enum text_face face;
    unsigned flags;
    bool east, by_language;
    char language[16];
    int *order;
    size_t count;
};

struct fonts {
    struct font *fonts;
    size_t count;
    char **directories; /* owned */
    size_t directory_count;
    struct plan *plans;
    size_t plan_count, plan_capacity, plan_last;
    int first[TEXT_FACES];
    const UNormalizer2 *nfc; /* ICU's own, never closed */
};

static char *copy_string(const char *s)
{
    return s != NULL ? strdup(s) : NULL;
}

/* Does the list of tags name Chinese, Japanese or Korean? */
static bool list_is_east(const char *list)
{
    static const char *const tags[] = {"zh", "ja", "ko"};
    for (size_t i = 0; list != NULL && i < ARRAY_LENGTH(tags); i++) {
        for (const char *at = strstr(list, tags[i]); at != NULL; at = strstr(at + 1, tags[i])) {
            if ((at == list || at[-1] == ' ') && (at[2] == '\0' || at[2] == ' ' || at[2] == '-')) {
                return true;
            }
        }
    }
    return false;
}

/* Where `file` is, as a new string: itself when absolute, else in the first directory that has it, else NULL.
 */
static char *find_file(const struct fonts *fonts, const char *file)
{
    if (file[0] == '/') {
        return strdup(file);
    }
    for (size_t i = 0; i < fonts->directory_count; i++) {
        size_t size = strlen(fonts->directories[i]) + strlen(file) + 2;
        char *path = malloc(size);
        if (path == NULL) {
            return NULL;
        }
        snprintf(path, size, "%s/%s", fonts->directories[i], file);
        if (access(path, R_OK) == 0) {
            return path;
        }
        free(path);
    }
    return NULL;
}

static bool copy_directories(struct fonts *fonts, const struct text_catalogue *catalogue)
{
    fonts->directories = calloc(catalogue->directory_count + 1, sizeof *fonts->directories);
    if (fonts->directories == NULL) {
        return false;
    }
    for (size_t i = 0; i < catalogue->directory_count; i++) {
        fonts->directories[i] = strdup(catalogue->directories[i]);
        if (fonts->directories[i] == NULL) {
            return false;
        }
        fonts->directory_count++;
    }
    return true;
}

/* A catalogue entry becomes a font. Its file is looked for when it is opened: that is many, and most never
 * are. */
static bool add_font(struct fonts *fonts, const struct text_catalogue *catalogue, size_t i)
{
    const struct text_font *entry = &catalogue->fonts[i];
    struct font *font = &fonts->fonts[i];
    font->entry = *entry;
    font->entry.thicken = entry->thicken < 0 ? 0 : entry->thicken > 100 ? 100 : entry->thicken;
    font->east = list_is_east(entry->languages);
    font->entry.file = copy_string(entry->file);
    font->entry.languages = copy_string(entry->languages);
    font->entry.package = copy_string(entry->package);
    if (font->entry.file == NULL || (entry->languages != NULL && font->entry.languages == NULL) ||
        (entry->package != NULL && font->entry.package == NULL)) {
        return false;
    }
    const struct font *before = i > 0 ? &fonts->fonts[i - 1] : NULL;
    bool starts = before == NULL || before->entry.face != entry->face || (!entry->bold && !entry->italic);
    font->family = before == NULL ? 0 : before->family + (starts ? 1 : 0);
    return true;
}

/* The bytes of a font's file: those of a font that has them already, or mapped anew. NULL when it cannot be
 * read. */
static hb_blob_t *map_file(const struct fonts *fonts, const struct font *font)
{
    for (size_t i = 0; i < fonts->count; i++) {
        const struct font *other = &fonts->fonts[i];
        if (other->blob != NULL && strcmp(other->entry.file, font->entry.file) == 0) {
            return hb_blob_reference(other->blob);
        }
    }
    char *path = find_file(fonts, font->entry.file);
    hb_blob_t *blob = path != NULL ? hb_blob_create_from_file_or_fail(path) : NULL;
    free(path);
    return blob;
}

static bool open_font(struct fonts *fonts, int number)
{
    struct font *font = &fonts->fonts[number];
    if (font->state != FONT_UNTRIED) {
        return font->state == FONT_OPEN;
    }
    font->state = FONT_FAILED;
    font->blob = map_file(fonts, font);
    if (font->blob == NULL) {
        return false;
    }
    hb_face_t *face = hb_face_create(font->blob, (unsigned)font->entry.index);
    unsigned glyphs = hb_face_get_glyph_count(face), upem = hb_face_get_upem(face);
    if (glyphs > 0 && glyphs <= 65536 && upem >= 16 && upem <= 16384) {
        font->hb = hb_font_create(face);
        font->upem = (int)upem;
        font->state = font->hb != hb_font_get_empty() ? FONT_OPEN : FONT_FAILED;
    }
    hb_face_destroy(face);
    return font->state == FONT_OPEN;
}

/* What HarfBuzz sets up once for the process it cannot say was refused; then no font has letters. */
static bool has_letters(hb_font_t *font)
{
    hb_codepoint_t glyph, letter = HB_SET_VALUE_INVALID;
    if (hb_font_get_nominal_glyph(font, ' ', &glyph)) {
        return true;
    }
    hb_set_t *letters = hb_set_create();
    hb_face_collect_unicodes(hb_font_get_face(font), letters);
    bool has = hb_set_next(letters, &letter) && hb_font_get_nominal_glyph(font, letter, &glyph);
    hb_set_destroy(letters);
    return has;
}

static bool open_faces(struct fonts *fonts, struct error *err)
{
    static const char *const names[TEXT_FACES] = {"serif", "sans", "typewriter"};
    for (int face = 0; face < TEXT_FACES; face++) {
        const char *package = NULL;
        fonts->first[face] = FONT_NONE;
        for (size_t i = 0; i < fonts->count && fonts->first[face] == FONT_NONE; i++) {
            if ((int)fonts->fonts[i].entry.face != face) {
                continue;
            }
            package = package != NULL ? package : fonts->fonts[i].entry.package;
            fonts->first[face] = open_font(fonts, (int)i) ? (int)i : FONT_NONE;
        }
        if (fonts->first[face] == FONT_NONE) {
            return error_set(err, ERROR_MACHINE, "no %s font can be opened; install the package %s",
                names[face], package != NULL ? package : "that the font catalogue names");
        }
        if (!has_letters(fonts->fonts[fonts->first[face]].hb)) {
            return error_memory(err);
        }
    }
    return true;
}

struct fonts *fonts_create(const struct text_catalogue *catalogue, struct error *err)
{
    struct fonts *fonts = calloc(1, sizeof *fonts);
    UErrorCode status = U_ZERO_ERROR;
    if (fonts == NULL) {
        error_memory(err);
        return NULL;
    }
    fonts->nfc = unorm2_getNFCInstance(&status);
    fonts->fonts = calloc(catalogue->count + 1, sizeof *fonts->fonts);
    if (fonts->fonts == NULL || !copy_directories(fonts, catalogue) || U_FAILURE(status)) {
        error_memory(err);
        goto out;
    }
    for (; fonts->count < catalogue->count; fonts->count++) {
        if (!add_font(fonts, catalogue, fonts->count)) {
            fonts->count++;
            error_memory(err);
            goto out;
        }
    }
    if (open_faces(fonts, err)) {
        return fonts;
    }
out:
    fonts_destroy(fonts);
    return NULL;
}

void fonts_destroy(struct fonts *fonts)
{
    if (fonts == NULL) {
        return;
    }
    for (size_t i = 0; fonts->fonts != NULL && i < fonts->count; i++) {
        struct font *font = &fonts->fonts[i];
        free((char *)font->entry.file);
        free((char *)font->entry.languages);
        free((char *)font->entry.package);
        hb_font_destroy(font->hb);
        hb_blob_destroy(font->blob);
        for (size_t page = 0; page < ARRAY_LENGTH(font->extents); page++) {
            free(font->extents[page]);
        }
    }
    for (size_t i = 0; i < fonts->directory_count; i++) {
        free(fonts->directories[i]);
    }
    for (size_t i = 0; i < fonts->plan_count; i++) {
        free(fonts->plans[i].order);
    }
    free(fonts->fonts);
    free(fonts->directories);
    free(fonts->plans);
    free(fonts);
}

/* Is one of the space-separated tags in `list` a prefix, by subtags, of `language`? */
static bool list_matches(const char *list, const char *language)
{
    size_t length = strlen(language);
    for (const char *tag = list; tag != NULL && *tag != '\0';) {
        size_t size = strcspn(tag, " ");
        if (size > 0 && size <= length && strncmp(tag, language, size) == 0 &&
            (language[size] == '\0' || language[size] == '-')) {
            return true;
        }
        tag += size;
        tag += strspn(tag, " ");
    }
    return false;
}

/* Lower is asked earlier: whether the language fits, then the order of families, then the style. */
static long rank(const struct font *font, const struct plan *plan)
{
    bool bold = (plan->flags & TEXT_BOLD) != 0, italic = (plan->flags & TEXT_ITALIC) != 0;
    const char *languages = font->entry.languages;
    bool fits = plan->language[0] != '\0' && languages != NULL && list_matches(languages, plan->language);
    long tier = languages == NULL ? 1 : 2;
    if (plan->east) {
        tier = fits ? 0 : font->east || plan->language[0] == '\0' ? 1 : 2;
    } else if (fits && plan->by_language) {
        tier = 0;
    }
    long style = (font->entry.bold != bold ? 2 : 0) + (font->entry.italic != italic ? 1 : 0);
    return (tier * 100000 + font->family) * 4 + style;
}

static bool fill_plan(const struct fonts *fonts, struct plan *plan)
{
    plan->order = calloc(fonts->count + 1, sizeof *plan->order);
    if (plan->order == NULL) {
        return false;
    }
    for (size_t i = 0; i < fonts->count; i++) {
        if (fonts->fonts[i].entry.face != plan->face) {
            continue;
        }
        size_t at = plan->count++;
        while (at > 0 && rank(&fonts->fonts[plan->order[at - 1]], plan) > rank(&fonts->fonts[i], plan)) {
            plan->order[at] = plan->order[at - 1];
            at--;
        }
        plan->order[at] = (int)i;
    }
    return true;
}

static bool plan_fits(const struct plan *plan, const struct plan *wanted)
{
    return plan->face == wanted->face && plan->flags == wanted->flags && plan->east == wanted->east &&
           plan->by_language == wanted->by_language && strcmp(plan->language, wanted->language) == 0;
}

/* Lent until the next call; NULL when memory is out. */
static const struct plan *find_plan(struct fonts *fonts, const struct font_wish *wish)
{
    struct plan wanted = {.face = wish->face,
        .flags = wish->flags & (TEXT_BOLD | TEXT_ITALIC),
        .east = wish->east != NULL,
        .by_language = wish->east == NULL && !wish->neutral_script && wish->language != NULL};
    const char *language = wanted.east ? wish->east : wanted.by_language ? wish->language : "";
    size_t length = strnlen(language, sizeof wanted.language - 1);
    memcpy(wanted.language, language, length);
    if (fonts->plan_last < fonts->plan_count && plan_fits(&fonts->plans[fonts->plan_last], &wanted)) {
        return &fonts->plans[fonts->plan_last];
    }
    for (size_t i = 0; i < fonts->plan_count; i++) {
        if (plan_fits(&fonts->plans[i], &wanted)) {
            fonts->plan_last = i;
            return &fonts->plans[i];
        }
    }
    if (!fill_plan(fonts, &wanted) ||
        !ARRAY_PUSH(fonts->plans, fonts->plan_count, fonts->plan_capacity, wanted)) {
        free(wanted.order);
        return NULL;
    }
    fonts->plan_last = fonts->plan_count - 1;
    return &fonts->plans[fonts->plan_last];
}

/* HarfBuzz makes the spaces that a font lacks from its space, and the hyphen that does not break from its
 * hyphen. */
static bool has_glyph(const struct font *font, UChar32 c)
{
    hb_codepoint_t glyph;
    if (hb_font_get_nominal_glyph(font->hb, (hb_codepoint_t)c, &glyph) != 0) {
        return true;
    }
    UChar32 other = c == 0x2011 ? 0x2010 : c > 0x7F && u_charType(c) == U_SPACE_SEPARATOR ? ' ' : 0;
    return other != 0 && hb_font_get_nominal_glyph(font->hb, (hb_codepoint_t)other, &glyph) != 0;
}

/* Characters that are not drawn need no glyph. */
static bool is_invisible(UChar32 c)
{
    return c > 0x7F && (c == 0x2028 || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT));
}

/* How many characters of the cluster the font lacks; SIZE_MAX when it lacks the base. */
static size_t count_lacking(const struct font *font, const uint16_t *units, int length)
{
    size_t lacking = 0;
    for (int i = 0; i < length;) {
        UChar32 c;
        bool base = i == 0;
        c = utf16_next(units, &i, length);
        if (!is_invisible(c) && !has_glyph(font, c)) {
            if (base) {
                return SIZE_MAX;
            }
            lacking++;
        }
    }
    return lacking;
}

/* Does the font have the cluster in another normal form? (HarfBuzz composes and decomposes as the font wants
 * it.) */
static bool has_equivalent(
    const struct fonts *fonts, const struct font *font, const uint16_t *units, int length)
{
    UChar32 base;
    int at = 0;
    base = utf16_next(units, &at, length);
    UErrorCode status = U_ZERO_ERROR;
    UChar other[CLUSTER_UNITS];
    int32_t count = at < length ? unorm2_normalize(fonts->nfc, units, length, other, CLUSTER_UNITS, &status)
                                : unorm2_getDecomposition(fonts->nfc, base, other, CLUSTER_UNITS, &status);
    return U_SUCCESS(status) && count > 0 && count <= CLUSTER_UNITS && count_lacking(font, other, count) == 0;
}

bool fonts_has(struct fonts *fonts, int number, const uint16_t *units, int length)
{
    if (number < 0 || length <= 0 || !open_font(fonts, number)) {
        return false;
    }
    const struct font *font = &fonts->fonts[number];
    if (count_lacking(font, units, length) == 0) {
        return true;
    }
    return units[length > 1 ? 1 : 0] > 0xBF && length <= CLUSTER_UNITS &&
           has_equivalent(fonts, font, units, length);
}

int fonts_choose(struct fonts *fonts, const struct font_wish *wish, const uint16_t *units, int length)
{
    const struct plan *plan = find_plan(fonts, wish);
    int partial = FONT_NONE;
    for (size_t i = 0; plan != NULL && i < plan->count; i++) {
        int number = plan->order[i];
        if (fonts_has(fonts, number, units, length)) {
            return number;
        }
        if (partial == FONT_NONE && fonts->fonts[number].state == FONT_OPEN &&
            count_lacking(&fonts->fonts[number], units, length) != SIZE_MAX) {
            partial = number;
        }
    }
    return partial;
}

/* Asks for the next bytes of a file, for all fonts in it; false when there are no more. The system takes no
 * more than some hundred kilobytes at a time. */
static bool read_ahead(struct fonts *fonts, struct font *font)
{
    char *path = find_file(fonts, font->entry.file);
    int file = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    struct stat status;
    int64_t size = file >= 0 && fstat(file, &status) == 0 ? status.st_size : 0, from = font->ahead;
    free(path);
    for (int64_t at = from; at < size && at < from + AHEAD_STEP; at += AHEAD_PIECE) {
        posix_fadvise(file, at, AHEAD_PIECE, POSIX_FADV_WILLNEED);
    }
    if (file >= 0) {
        close(file);
    }
    for (size_t i = 0; i < fonts->count; i++) {
        if (strcmp(fonts->fonts[i].entry.file, font->entry.file) == 0) {
            fonts->fonts[i].ahead = from + AHEAD_STEP;
        }
    }
    return from < size;
}

/* Opens a font and shapes a letter, so that its tables are at hand. */
static void warm_up(struct fonts *fonts, int number, UChar32 letter)
{
    hb_buffer_t *buffer = open_font(fonts, number) ? hb_buffer_create() : NULL;
    if (buffer == NULL) {
        return;
    }
    uint32_t glyph = 0;
    hb_buffer_add_utf32(buffer, (const uint32_t *)&letter, 1, 0, 1);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(fonts->fonts[number].hb, buffer, NULL, 0);
    if (hb_font_get_nominal_glyph(fonts->fonts[number].hb, (hb_codepoint_t)letter, &glyph)) {
        fonts_extents(fonts, number, glyph);
    }
    hb_buffer_destroy(buffer);
}

bool fonts_expect(struct fonts *fonts, enum text_face face, const char *east, bool opens)
{
    for (size_t i = 0; i < fonts->count; i++) {
        struct font *font = &fonts->fonts[i];
        const char *languages = font->entry.languages;
        if (font->entry.face != face || font->state != FONT_UNTRIED || languages == NULL ||
            !list_matches(languages, east)) {
            continue;
        }
        if (opens) {
            warm_up(fonts, (int)i, east[0] == 'k' ? 0xAC00 : 0x4E00);
            return true;
        }
        if (read_ahead(fonts, font)) {
            return true;
        }
    }
    return false;
}

int fonts_first(const struct fonts *fonts, enum text_face face)
{
    return fonts->first[face];
}

hb_font_t *fonts_hb(const struct fonts *fonts, int font)
{
    return fonts->fonts[font].hb;
}

int fonts_upem(const struct fonts *fonts, int font)
{
    return fonts->fonts[font].upem;
}

/* Only scripts with an italic or oblique tradition are slanted; a leaning ideograph or Arabic word is a
 * mistake. */
static bool script_slants(UScriptCode script)
{
    switch (script) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_LATIN:
    case USCRIPT_CYRILLIC:
    case USCRIPT_GREEK:
    case USCRIPT_ARMENIAN:
    case USCRIPT_GEORGIAN:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_DEVANAGARI:
        return true;
    default:
        return false;
    }
}

unsigned fonts_synthesis(const struct fonts *fonts, int number, unsigned flags, UScriptCode script)
{
    const struct text_font *entry = &fonts->fonts[number].entry;
    unsigned synthesis = 0;
    if ((flags & TEXT_BOLD) != 0 && !entry->bold) {
        synthesis |= FONT_EMBOLDEN;
    }
    if ((flags & TEXT_ITALIC) != 0 && !entry->italic && !fonts->fonts[number].east && script_slants(script)) {
        synthesis |= FONT_SLANT;
    }
    return synthesis;
}

bool fonts_is_east(const struct fonts *fonts, int font)
{
    return fonts->fonts[font].east;
}

int fonts_thickening(const struct fonts *fonts, int font, unsigned synthesis, int size)
{
    int64_t thicken = fonts->fonts[font].entry.thicken + ((synthesis & FONT_EMBOLDEN) != 0 ? 36 : 0);
    return (int)(thicken * size / 1000);
}

static int16_t clamp_short(int value)
{
    return (int16_t)(value < INT16_MIN + 1 ? INT16_MIN + 1 : value > INT16_MAX ? INT16_MAX : value);
}

static struct font_extents read_extents(const struct font *font, uint32_t glyph)
{
    hb_glyph_extents_t e;
    if (!hb_font_get_glyph_extents(font->hb, glyph, &e) || e.width == 0 || e.height == 0) {
        return (struct font_extents){0};
    }
    /* HarfBuzz gives the top left corner and a height that points down. */
    return (struct font_extents){clamp_short(e.x_bearing), clamp_short(e.y_bearing + e.height),
        clamp_short(e.x_bearing + e.width), clamp_short(e.y_bearing)};
}

struct font_extents fonts_extents(struct fonts *fonts, int number, uint32_t glyph)
{
    struct font *font = &fonts->fonts[number];
    if (glyph > 0xFFFF) {
        return (struct font_extents){0};
    }
    struct font_extents **page = &font->extents[glyph / EXTENTS_PAGE];
    if (*page == NULL) {
        *page = malloc(EXTENTS_PAGE * sizeof **page);
        if (*page == NULL) {
            return read_extents(font, glyph);
        }
        for (int i = 0; i < EXTENTS_PAGE; i++) {
            (*page)[i].x0 = INT16_MIN; /* not read yet: clamp_short never gives it */
        }
    }
    struct font_extents *slot = &(*page)[glyph % EXTENTS_PAGE];
    if (slot->x0 == INT16_MIN) {
        *slot = read_extents(font, glyph);
    }
    return *slot;
}
