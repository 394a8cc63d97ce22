/* A visit is large because of what a long one may leave behind, its history and the pen's strokes, and most
 * leave little: only what was used is looked at.
 *
 *     frame, here │ history: used │ zero ... │ settings, ink's strokes │ points: used │ zero ... │ the rest
 */
#include "visit_internal.h"

#include <stddef.h>
#include <string.h>

#define HISTORY_FROM offsetof(struct visit, history)
#define MIDDLE_FROM offsetof(struct visit, history_count)
#define POINTS_FROM (offsetof(struct visit, ink) + offsetof(struct visit_ink, points_img))
#define REST_FROM (offsetof(struct visit, ink) + offsetof(struct visit_ink, drawing))

static size_t history_bytes(const struct visit *visit)
{
    return (size_t)visit->history_count * sizeof visit->history[0];
}

static size_t point_bytes(const struct visit *visit)
{
    int strokes = visit->ink.stroke_count;
    return strokes > 0 ? (size_t)visit->ink.ends[strokes - 1] * sizeof visit->ink.points_img[0] : 0;
}

static bool same(const struct visit *a, const struct visit *b, size_t from, size_t length)
{
    return memcmp((const char *)a + from, (const char *)b + from, length) == 0;
}

bool visit_same(const struct visit *a, const struct visit *b)
{
    return same(a, b, MIDDLE_FROM, POINTS_FROM - MIDDLE_FROM) && same(a, b, 0, HISTORY_FROM) &&
           same(a, b, REST_FROM, sizeof *a - REST_FROM) && same(a, b, HISTORY_FROM, history_bytes(a)) &&
           same(a, b, POINTS_FROM, point_bytes(a));
}

/* Copies `length` bytes and clears what was used beyond them. */
static void replace(struct visit *to, const struct visit *from, size_t at, size_t length, size_t before)
{
    memcpy((char *)to + at, (const char *)from + at, length);
    if (before > length) {
        memset((char *)to + at + length, 0, before - length);
    }
}

void visit_copy(struct visit *to, const struct visit *from)
{
    size_t history = history_bytes(to), points = point_bytes(to);
    replace(to, from, HISTORY_FROM, history_bytes(from), history);
    replace(to, from, POINTS_FROM, point_bytes(from), points);
    replace(to, from, 0, HISTORY_FROM, 0);
    replace(to, from, MIDDLE_FROM, POINTS_FROM - MIDDLE_FROM, 0);
    replace(to, from, REST_FROM, sizeof *to - REST_FROM, 0);
}
