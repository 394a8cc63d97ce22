/* What is needed, and in which order. */
#include "scan_state.h"

#include "base/array.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

/* More missing tiles than this at once are not worth queueing: tiles are tiny, and the next frame asks again.
 */
#define WANTED_LIMIT 4096
/* Of the cache, what the tiles of all views may take; the rest is for the way back and the way on. */
#define SHARE_NUMERATOR 3
#define SHARE_DENOMINATOR 4

/* Groups, most needed first. In a flight the destination comes before what is only passed; what lies just
 * outside a view that stands is fetched when nothing else is to do, so that a pan begins sharp. */
enum { GROUP_COARSEST, GROUP_VISIBLE, GROUP_DESTINATION, GROUP_PASSED, GROUP_NEAR };

static size_t level_bytes(const struct scan_pyramid *pyramid, const struct lens *lens)
{
    const struct pyramid_level *l = &pyramid->levels[lens->level];
    size_t tile = (size_t)l->tile.w * (size_t)l->tile.h * sizeof(uint32_t) + sizeof(struct tile);
    return tile * (size_t)lens->tiles_needed.w * (size_t)lens->tiles_needed.h;
}

/* So many levels coarser must the views of a page be drawn to fit in what is left of the cache. */
static int coarser_to_fit(const struct scan *scan, int page, const struct scan_view *views, size_t count,
    size_t budget, size_t *taken)
{
    const struct scan_pyramid *pyramid = scan->pages[page].pyramid;
    for (int coarser = 0;; coarser++) {
        size_t bytes = 0;
        int64_t tiles = 0;
        bool coarsest = true;
        for (size_t i = 0; i < count; i++) {
            if (views[i].page != page) {
                continue;
            }
            int level = lens_level(pyramid, lens_scale(pyramid, &views[i])) - coarser;
            level = level > 0 ? level : 0;
            coarsest = coarsest && level == 0;
            struct lens lens = lens_make(pyramid, &views[i], level);
            bytes += level_bytes(pyramid, &lens);
            tiles += (int64_t)lens.tiles_needed.w * lens.tiles_needed.h;
        }
        if ((bytes <= budget && tiles <= WANTED_LIMIT) || coarsest) {
            *taken = bytes;
            return coarser;
        }
    }
}

static uint32_t distance_of(const struct lens *lens, struct rect tile)
{
    /* From the tile's middle to the view's, in upright pixels; squares of 32 bits would overflow, so halves
     * of the sum. */
    double step = (double)lens->step / (double)LENS_ONE * (double)(1 << lens->shift);
    double cx = (double)lens->u / (double)LENS_ONE * (double)(1 << lens->shift) + lens->up.w / 2.0 * step;
    double cy = (double)lens->v / (double)LENS_ONE * (double)(1 << lens->shift) + lens->up.h / 2.0 * step;
    double dx = tile.x + tile.w / 2.0 - cx, dy = tile.y + tile.h / 2.0 - cy;
    return (uint32_t)fmin(
        (fabs(dx) > fabs(dy) ? fabs(dx) + fabs(dy) / 2 : fabs(dy) + fabs(dx) / 2) / step, 4e9);
}

static void want_missing(struct scan *scan, uint64_t group, struct tile_key key, uint32_t distance)
{
    struct wanted wanted = {group << 32 | distance, key};
    if (scan->wanted_count < WANTED_LIMIT) {
        /* Without memory it is not queued now; the next frame asks again. */
        (void)ARRAY_PUSH(scan->wanted, scan->wanted_count, scan->wanted_capacity, wanted);
    }
}

/* Wants a tile, or keeps it if it is there. Where it has failed, what the next coarser level has of the same
 * place is the best that can be shown, and so on down to the coarsest. */
static void want_tile(struct scan *scan, uint64_t group, struct tile_key key, uint32_t distance)
{
    struct tile *tile = cache_find(&scan->cache, key);
    if (tile == NULL) {
        want_missing(scan, group, key, distance);
        return;
    }
    cache_touch(&scan->cache, tile);
    if (tile->pixels != NULL || key.level == 0) {
        return;
    }
    const struct scan_pyramid *pyramid = scan->pages[key.page].pyramid;
    const struct pyramid_level *other = &pyramid->levels[key.level - 1];
    struct rect failed = pyramid_tile_rect(pyramid, key.level, key.x, key.y);
    struct rect r = pyramid_under(&pyramid->levels[key.level], other, failed);
    for (int y = r.y / other->tile.h; y <= (r.y + r.h - 1) / other->tile.h; y++) {
        for (int x = r.x / other->tile.w; x <= (r.x + r.w - 1) / other->tile.w; x++) {
            want_tile(scan, group, scan_tile_key(scan, key.page, key.level - 1, x, y), distance);
        }
    }
}

static void want_level(struct scan *scan, uint64_t group, const struct scan_view *view, int level)
{
    const struct scan_pyramid *pyramid = scan->pages[view->page].pyramid;
    struct lens lens = lens_make(pyramid, view, level);
    struct rect n = lens.tiles_needed;
    for (int y = n.y; y < n.y + n.h; y++) {
        for (int x = n.x; x < n.x + n.w; x++) {
            struct rect r = pyramid_tile_rect(pyramid, level, x, y);
            want_tile(scan, group, scan_tile_key(scan, view->page, level, x, y), distance_of(&lens, r));
        }
    }
}

/* The tiles around what is seen, as far as the level goes. */
static struct rect ring_of(const struct pyramid_level *level, struct rect n)
{
    struct rect all = {0, 0, level->columns, level->rows};
    return rect_empty(n) ? n : rect_intersect(rect_inset(n, -1, -1), all);
}

/* Wants the ring where it still fits into the cache beside all that is needed more. */
static void want_near(struct scan *scan, const struct scan_view *view, int level, size_t *left)
{
    const struct scan_pyramid *pyramid = scan->pages[view->page].pyramid;
    struct lens lens = lens_make(pyramid, view, level);
    struct rect inner = lens.tiles_needed;
    size_t inner_bytes = level_bytes(pyramid, &lens);
    struct rect ring = ring_of(&pyramid->levels[level], inner);
    lens.tiles_needed = ring;
    size_t bytes = level_bytes(pyramid, &lens) - inner_bytes;
    if (bytes > *left) {
        return;
    }
    *left -= bytes;
    for (int y = ring.y; y < ring.y + ring.h; y++) {
        for (int x = ring.x; x < ring.x + ring.w; x++) {
            if (!rect_contains(inner, x, y)) {
                struct rect r = pyramid_tile_rect(pyramid, level, x, y);
                want_tile(
                    scan, GROUP_NEAR, scan_tile_key(scan, view->page, level, x, y), distance_of(&lens, r));
            }
        }
    }
}

/* A small coarsest level is wanted whole, so that no pan ever uncovers nothing. */
static void want_coarsest(struct scan *scan, const struct scan_view *view)
{
    const struct pyramid_level *l = &scan->pages[view->page].pyramid->levels[0];
    if (l->columns > 2 || l->rows > 2) {
        want_level(scan, GROUP_COARSEST, view, 0);
        return;
    }
    for (int y = 0; y < l->rows; y++) {
        for (int x = 0; x < l->columns; x++) {
            want_tile(scan, GROUP_COARSEST, scan_tile_key(scan, view->page, 0, x, y), 0);
        }
    }
}

static int by_tile(const void *a, const void *b)
{
    const struct wanted *p = a, *q = b;
    int difference = p->key.page - q->key.page;
    difference = difference != 0 ? difference : p->key.level - q->key.level;
    difference = difference != 0 ? difference : p->key.y - q->key.y;
    difference = difference != 0 ? difference : p->key.x - q->key.x;
    return difference != 0 ? difference : (p->order > q->order) - (p->order < q->order);
}

static int by_order(const void *a, const void *b)
{
    const struct wanted *p = a, *q = b;
    return p->order != q->order ? (p->order > q->order) - (p->order < q->order) : by_tile(a, b);
}

/* Each tile once, where it is needed most; then in order. */
static void sort_wanted(struct scan *scan)
{
    size_t kept = 0;
    if (scan->wanted_count < 2) {
        return;
    }
    qsort(scan->wanted, scan->wanted_count, sizeof *scan->wanted, by_tile);
    for (size_t i = 0; i < scan->wanted_count; i++) {
        if (kept == 0 || !tile_key_equal(scan->wanted[kept - 1].key, scan->wanted[i].key)) {
            scan->wanted[kept++] = scan->wanted[i];
        }
    }
    scan->wanted_count = kept;
    qsort(scan->wanted, kept, sizeof *scan->wanted, by_order);
}

/* Which pages are flown over, and where to. */
static void note_flights(struct scan *scan, const struct scan_view *destinations, size_t count)
{
    for (size_t i = 0; i < scan->page_count; i++) {
        scan->pages[i].flies = false;
    }
    for (size_t i = 0; i < count; i++) {
        if (scan_page(scan, destinations[i].page) != NULL) {
            struct scan_page *page = &scan->pages[destinations[i].page];
            page->flies = true;
            page->flight_win = destinations[i].view_win;
            page->flight_level = lens_level(page->pyramid, lens_scale(page->pyramid, &destinations[i]));
        }
    }
}

/* Chooses how fine each page can be drawn; returns what is left of the views' share of the cache. */
static size_t fit_views(struct scan *scan, const struct scan_view *views, size_t count)
{
    size_t left = scan->options.cache_bytes / SHARE_DENOMINATOR * SHARE_NUMERATOR;
    for (size_t i = 0; i < count; i++) {
        size_t taken = 0;
        bool first = true;
        for (size_t k = 0; k < i; k++) {
            first = first && views[k].page != views[i].page;
        }
        if (first && scan_page(scan, views[i].page) != NULL) {
            scan->pages[views[i].page].coarser =
                coarser_to_fit(scan, views[i].page, views, count, left, &taken);
            left -= taken < left ? taken : left;
        }
    }
    return left;
}

/* What is about to come takes the place of what would be given up for it, before it comes and not after: so
 * much as can be waiting to be taken (watch_is_full()) would be memory on top of the cache's. */
static void make_room(struct scan *scan)
{
    size_t bytes = 0, most = scan->options.cache_bytes / WATCH_WAITING_PART;
    for (size_t i = 0; i < scan->wanted_count && bytes < most; i++) {
        const struct tile_key *key = &scan->wanted[i].key;
        const struct pyramid_level *l = &scan->pages[key->page].pyramid->levels[key->level];
        bytes += (size_t)l->tile.w * (size_t)l->tile.h * sizeof(uint32_t);
    }
    cache_make_room(&scan->cache, bytes < most ? bytes : most);
}

static void send_wanted(struct scan *scan)
{
    size_t count = scan->wanted_count;
    if (!array_reserve((void **)&scan->queue, &scan->queue_capacity, count, sizeof *scan->queue)) {
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        scan->queue[i] = scan->wanted[i].key;
    }
    (void)watch_want(scan->watch, scan->queue, count); /* without memory the next frame asks again */
}

/* Of each page on the screen: since when something that is seen of it has been missing. */
static void note_blur(struct scan *scan, const struct scan_view *views, size_t count)
{
    for (size_t i = 0; i < scan->page_count; i++) {
        bool blurred = false, shown = false;
        for (size_t k = 0; k < count; k++) {
            shown = shown || views[k].page == (int)i;
        }
        for (size_t k = 0; shown && !blurred && k < scan->wanted_count; k++) {
            uint64_t group = scan->wanted[k].order >> 32;
            blurred = scan->wanted[k].key.page == (int)i && group != GROUP_DESTINATION && group != GROUP_NEAR;
        }
        struct scan_page *page = &scan->pages[i];
        page->blurred_ms = !blurred ? 0 : page->blurred_ms != 0 ? page->blurred_ms : scan->now_ms;
    }
}

void scan_want(struct scan *scan, const struct scan_view *views, size_t count,
    const struct scan_view *destinations, size_t destination_count)
{
    scan->wanted_count = 0;
    cache_next_stamp(&scan->cache);
    size_t left = fit_views(scan, views, count);
    note_flights(scan, destinations, destination_count);
    for (size_t i = 0; i < count; i++) {
        const struct scan_page *page = scan_page(scan, views[i].page);
        if (page != NULL) {
            want_coarsest(scan, &views[i]);
            want_level(scan, page->flies ? GROUP_PASSED : GROUP_VISIBLE, &views[i],
                scan_view_level(page, &views[i]));
        }
    }
    for (size_t i = 0; i < destination_count; i++) {
        const struct scan_page *page = scan_page(scan, destinations[i].page);
        if (page == NULL) {
            continue;
        }
        int level = scan_view_level(page, &destinations[i]);
        struct lens lens = lens_make(page->pyramid, &destinations[i], level);
        size_t bytes = level_bytes(page->pyramid, &lens);
        want_coarsest(scan, &destinations[i]);
        if (bytes <= left) {
            left -= bytes;
            want_level(scan, GROUP_DESTINATION, &destinations[i], level);
        }
    }
    for (size_t i = 0; i < count && destination_count == 0; i++) {
        const struct scan_page *page = scan_page(scan, views[i].page);
        if (page != NULL) {
            want_near(scan, &views[i], scan_view_level(page, &views[i]), &left);
        }
    }
    sort_wanted(scan);
    note_blur(scan, views, count);
    make_room(scan);
    send_wanted(scan);
}

/* Did the last scan_want() ask for this tile because it is seen? */
static bool is_visible(const struct scan *scan, struct tile_key key)
{
    for (size_t i = 0; i < scan->wanted_count; i++) {
        if (tile_key_equal(scan->wanted[i].key, key)) {
            uint64_t group = scan->wanted[i].order >> 32;
            return group != GROUP_DESTINATION && group != GROUP_NEAR;
        }
    }
    return false;
}

/* What the last scan_want() asked for because it is seen has all come: nothing is blurred any more, and
 * nobody need ask again before that is known. */
static void note_sharp(struct scan *scan)
{
    for (size_t i = 0; i < scan->page_count; i++) {
        bool sharp = scan->pages[i].blurred_ms != 0;
        for (size_t k = 0; sharp && k < scan->wanted_count; k++) {
            const struct wanted *wanted = &scan->wanted[k];
            uint64_t group = wanted->order >> 32;
            bool seen = wanted->key.page == (int)i && group != GROUP_DESTINATION && group != GROUP_NEAR;
            sharp = !seen || cache_find(&scan->cache, wanted->key) != NULL;
        }
        scan->pages[i].blurred_ms = sharp ? 0 : scan->pages[i].blurred_ms;
    }
}

/* A late tile appears gradually. */
static void mark_late(struct scan *scan, const struct scan_page *page, struct tile_key key)
{
    bool late = scan->fades && page->blurred_ms != 0 && scan->now_ms - page->blurred_ms >= SCAN_LATE_MS;
    struct tile *tile = late ? cache_find(&scan->cache, key) : NULL;
    if (tile != NULL && tile->pixels != NULL && scan->now_ms > 0) {
        tile->born_ms = scan->now_ms;
        scan->fade_until_ms = scan->now_ms + SCAN_FADE_MS;
        scan->fading = true;
    }
}

/* Puts one result into the cache; true when it is seen. */
static bool take_one(struct scan *scan, struct watch_result result)
{
    const struct scan_page *page = scan_page(scan, result.key.page);
    if (page == NULL || page->generation != result.key.generation) {
        free(result.pixels);
        return false;
    }
    bool put = cache_put(&scan->cache, result.key, result.pixels, result.w, result.h);
    struct tile *tile = cache_find(&scan->cache, result.key);
    if (tile != NULL) {
        tile->file = result.file;
    }
    if (!put || !is_visible(scan, result.key)) {
        return false;
    }
    mark_late(scan, page, result.key);
    return true;
}

static int64_t clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

bool scan_take(struct scan *scan, int64_t budget_us)
{
    struct watch_result result;
    bool changed = false;
    bool alone = scan->options.source != NULL; /* then the source says how many there are */
    int64_t until = budget_us > 0 && !alone ? clock_us() + budget_us : INT64_MAX;
    do {
        if (!watch_take(scan->watch, &result)) {
            break;
        }
        changed = take_one(scan, result) || changed;
        cache_trim(&scan->cache);
    } while (until == INT64_MAX || clock_us() < until);
    if (changed) {
        note_sharp(scan);
    }
    return changed;
}

/* Has everything that the last scan_want() asked for come or failed, but for what is only near? */
static bool is_all_there(const struct scan *scan)
{
    for (size_t i = 0; i < scan->wanted_count && scan->wanted[i].order >> 32 != GROUP_NEAR; i++) {
        if (cache_find(&scan->cache, scan->wanted[i].key) == NULL) {
            return false;
        }
    }
    return true;
}

bool scan_wait(struct scan *scan, int64_t timeout_ms)
{
    int64_t until = watch_clock_ms() + timeout_ms;
    do {
        scan_take(scan, 0);
        if (is_all_there(scan)) {
            return true;
        }
    } while (watch_wait(scan->watch, until));
    scan_take(scan, 0);
    return is_all_there(scan);
}
