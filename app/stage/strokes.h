/* Letters of strokes, for a machine on which no font can be opened: capitals, figures and marks of ASCII. */
#ifndef STAGE_STROKES_H
#define STAGE_STROKES_H

#include "base/colour.h"
#include "paint/paint.h"

/* Draws the words from (x, y) on, broken between words where they reach `width`; "\n" begins a line. `unit`
 * px is a sixth of a capital's height. Small letters are capitals; what has no strokes is a frame. Returns
 * the height in px. With a target of NULL nothing is drawn. */
int strokes_write(
    const struct paint_target *target, const char *text, int x, int y, int width, int unit, colour ink);
/* The sign that something is amiss: a triangle with a mark in it, `unit` px thick, 20 units high. */
void strokes_sign(const struct paint_target *target, int x, int y, int unit, colour ink);

#endif
