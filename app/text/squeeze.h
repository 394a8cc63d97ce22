/* Full-width marks that lose the half that is empty, as clreq and JIS X 4051 have it: a comma before a
 * bracket, two brackets in a row, and an opening bracket that begins a line. The font's `halt` feature is
 * switched on for just those marks. A closing mark that ends a line may let its empty half hang (fit.c). */
#ifndef TEXT_SQUEEZE_H
#define TEXT_SQUEEZE_H

#include <hb.h>
#include <stdbool.h>
#include <stdint.h>

enum { SQUEEZE_MAX = 61 }; /* in one stretch; the rest stay wide */

/* How a language sets its marks: in Japanese commas and full stops stand on the left of their square, in
 * simplified Chinese colons and exclamation marks too, in traditional Chinese all of them in the middle, so
 * that only brackets give way. */
enum squeeze_way { SQUEEZE_NONE, SQUEEZE_JAPANESE, SQUEEZE_SIMPLIFIED, SQUEEZE_TRADITIONAL };
/* `east` as in struct language, or NULL. */
enum squeeze_way squeeze_way_of(const char *east);

/* Writes at most SQUEEZE_MAX features for units from..to of a text, returns how many. `line_start` is the
 * unit that begins a line, or -1. */
unsigned squeeze_marks(const uint16_t *units, int length, int from, int to, enum squeeze_way way,
    int line_start, hb_feature_t *out);
/* Is the left half of its square empty? */
bool squeeze_opens(uint16_t c);
/* May the right half of its square stand over the edge, because it is surely empty? */
bool squeeze_hangs(uint16_t c, enum squeeze_way way);
/* How much of its advance: two fifths, which no font's ink reaches. */
static inline int32_t squeeze_hang(int32_t advance)
{
    return advance * 2 / 5;
}

#endif
