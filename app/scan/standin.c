/* Where a tile is not there yet, a coarser level stands in: enlarged onto the finer level's grid, so that the
 * rest of the way is the same and nothing jumps when the tile arrives. */
#include "compose_state.h"

#include <string.h>

static const struct tile *ready_tile(const struct compose *c, int level, int x, int y)
{
    const struct tile *tile = cache_find(&c->scan->cache, scan_tile_key(c->scan, c->page, level, x, y));
    return tile != NULL && tile->pixels != NULL ? tile : NULL;
}

int standin_level(const struct compose *c, int x, int y)
{
    struct rect cell = pyramid_tile_rect(c->pyramid, c->lens.level, x, y);
    for (int k = c->lens.level - 1; k >= 0; k--) {
        const struct pyramid_level *other = &c->pyramid->levels[k];
        struct rect r = pyramid_under(c->level, other, cell);
        bool all = true;
        for (int ty = r.y / other->tile.h; all && ty <= (r.y + r.h - 1) / other->tile.h; ty++) {
            for (int tx = r.x / other->tile.w; all && tx <= (r.x + r.w - 1) / other->tile.w; tx++) {
                all = ready_tile(c, k, tx, ty) != NULL;
            }
        }
        if (all) {
            return k;
        }
    }
    return -1;
}

size_t standin_words(const struct compose *c)
{
    return (size_t)(c->level_to - c->level_from) + 64;
}

/* Words [from, from + count) of row y of a coarser level. `sure` is the part that standin_level() has vouched
 * for: what lies beside it may be missing, and is then the nearest pixel of it. False when y itself is not
 * there. */
static bool gather(
    const struct compose *c, int level, int y, int from, int count, struct rect sure, uint32_t *to)
{
    const struct pyramid_level *l = &c->pyramid->levels[level];
    int ty = y / l->tile.h;
    int have_from = sure.x + sure.w,
        have_to = sure.x; /* what has been copied; it is one stretch around `sure` */
    int start = from > 0 ? from : 0, end = from + count < l->size.w ? from + count : l->size.w;
    for (int x = start; x < end;) {
        int tx = x / l->tile.w;
        int stop = (tx + 1) * l->tile.w < end ? (tx + 1) * l->tile.w : end;
        const struct tile *tile = ready_tile(c, level, tx, ty);
        if (tile != NULL) {
            memcpy(to + (x - from),
                tile->pixels + (size_t)(y - ty * l->tile.h) * (size_t)tile->w + (x - tx * l->tile.w),
                (size_t)(stop - x) * sizeof *to);
            have_from = x < have_from ? x : have_from;
            have_to = stop > have_to ? stop : have_to;
        } else if (stop > sure.x && x < sure.x + sure.w) {
            return false;
        } else if (x >= sure.x + sure.w) {
            break;
        } else {
            have_from = stop > have_from ? have_from
                                         : sure.x + sure.w; /* a gap on the left: only what follows counts */
        }
        x = stop;
    }
    if (have_to <= have_from) {
        return false;
    }
    for (int x = from; x < have_from; x++) {
        to[x - from] = to[have_from - from];
    }
    for (int x = have_to; x < from + count; x++) {
        to[x - from] = to[have_to - 1 - from];
    }
    return true;
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* A row above or below what is sure may be missing: then the nearest sure one. */
static void gather_near(
    const struct compose *c, int level, int y, int from, int count, struct rect sure, uint32_t *to)
{
    y = clamp(y, 0, c->pyramid->levels[level].size.h - 1);
    if (!gather(c, level, y, from, count, sure, to) &&
        !gather(c, level, clamp(y, sure.y, sure.y + sure.h - 1), from, count, sure, to)) {
        for (int i = 0; i < count; i++) {
            to[i] = COMPOSE_BLANK;
        }
    }
}

void standin_row(const struct compose *c, struct band *band, const struct compose_cell *cell,
    struct rect cell_rect, int row, int x, int count, uint32_t *to)
{
    if (cell->standin < 0) {
        for (int i = 0; i < count; i++) {
            to[i] = COMPOSE_BLANK;
        }
        return;
    }
    const struct pyramid_level *other = &c->pyramid->levels[cell->standin];
    const struct filter_columns *columns = &c->standins[cell->standin];
    struct rect sure = pyramid_under(c->level, other, cell_rect);
    int64_t ratio = LENS_ONE * c->level->factor / other->factor;
    struct filter_tap tap = filter_tap_at(ratio / 2 + row * ratio, ratio);
    size_t at = (size_t)(x - c->level_from);
    int from = columns->first[at];
    int span = columns->first[at + (size_t)count - 1] + 3 - from;
    gather_near(c, cell->standin, tap.first, from, span, sure, band->standin[0]);
    gather_near(c, cell->standin, tap.first + 1, from, span, sure, band->standin[1]);
    tap.weight[1] = (uint16_t)(FILTER_ONE - tap.weight[0]);
    tap.weight[2] = 0;
    filter_rows(
        band->standin[2], band->standin[0], band->standin[1], band->standin[1], tap.weight, (size_t)span);
    filter_across(to, band->standin[2], from, columns, at, (size_t)count);
}
