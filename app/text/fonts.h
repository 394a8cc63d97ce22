/* The catalogue at work: which file holds a character, opened when it is first asked for.
 *
 * HarfBuzz reads the fonts itself, straight from memory-mapped files, so that a 19 MB collection costs what
 * is touched of it; FreeType only fills the outlines (glyphs.h). Everything here is in font units: one
 * hb_font_t serves all sizes.
 *
 *     catalogue ──▶ families: a regular font and the styles that follow it
 *               ──▶ plans: for a face, style and language, the order in which fonts are asked
 *               ──▶ the first that has the whole cluster */
#ifndef TEXT_FONTS_H
#define TEXT_FONTS_H

#include "text/text.h"

#include <hb.h>
#include <unicode/uscript.h>

#define FONT_NONE (-1)

/* How a font that lacks a style stands in for it. */
enum { FONT_EMBOLDEN = 1, FONT_SLANT = 2 };

struct fonts;

/* Copies the catalogue; opens the first font of each face. */
struct fonts *fonts_create(const struct text_catalogue *catalogue, struct error *err);
void fonts_destroy(struct fonts *fonts);

struct font_wish {
    enum text_face face;
    unsigned flags;   /* TEXT_BOLD, TEXT_ITALIC */
    const char *east; /* "zh-Hans", "ja" ...: an East Asian cluster, fonts of this language first; or NULL */
    const char *language; /* or NULL; only for scripts that several languages write differently */
    bool neutral_script;  /* Latin, Greek, Cyrillic, Common: the order of the catalogue decides, not the
                             language */
};

/* The font for a cluster of UTF-16 (a base and its marks), or FONT_NONE when none has even the base. Opens
 * fonts. */
int fonts_choose(struct fonts *fonts, const struct font_wish *wish, const uint16_t *units, int length);
/* Has this font all of the cluster? */
bool fonts_has(struct fonts *fonts, int font, const uint16_t *units, int length);
/* The first font of a face that could be opened. */
int fonts_first(const struct fonts *fonts, enum text_face face);

/* Asks the system to read the next megabytes of the face's fonts of an East Asian language, in the
 * background: true while there are more. With `opens` it opens them instead. */
bool fonts_expect(struct fonts *fonts, enum text_face face, const char *east, bool opens);

/* The font at upem scale, lent; only for numbers that fonts_choose or fonts_first gave. */
hb_font_t *fonts_hb(const struct fonts *fonts, int font);
int fonts_upem(const struct fonts *fonts, int font);
/* FONT_EMBOLDEN, FONT_SLANT: what must be drawn for `flags` in this script because the font has it not. */
unsigned fonts_synthesis(const struct fonts *fonts, int number, unsigned flags, UScriptCode script);

/* Is it one of the catalogue's Chinese, Japanese and Korean fonts? */
bool fonts_is_east(const struct fonts *fonts, int font);
/* By how much strokes are thickened at `size` (26.6), in 26.6: the catalogue's correction and FONT_EMBOLDEN.
 */
int fonts_thickening(const struct fonts *fonts, int font, unsigned synthesis, int size);

/* The box around a glyph's ink in font units, y upwards; all zero when it has none. Remembered. */
struct font_extents {
    int16_t x0, y0, x1, y1;
};
struct font_extents fonts_extents(struct fonts *fonts, int number, uint32_t glyph);

#endif
