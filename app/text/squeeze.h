/* Full-width marks that stand together: a comma before a bracket and two brackets in a row lose the half that
 * is empty, as clreq and JIS X 4051 have it. The font's `halt` feature is switched on for just those marks.
 */
#ifndef TEXT_SQUEEZE_H
#define TEXT_SQUEEZE_H

#include <hb.h>
#include <stdbool.h>
#include <stdint.h>

enum { SQUEEZE_MAX = 61 }; /* in one stretch; the rest stay wide */

/* Writes at most SQUEEZE_MAX features for units from..to of a text, returns how many. In simplified Chinese
 * colons and exclamation marks stand on the left of their square too. */
unsigned squeeze_marks(
    const uint16_t *units, int length, int from, int to, bool simplified, hb_feature_t *out);

#endif
