#include "scan_state.h"

#include "base/array.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CACHE_BYTES ((size_t)64 << 20)
#define TIMEOUT_MS 10000
#define DECODERS_AT_MOST 4
#define NEAREST 0.70710678 /* what is nearest on a logarithmic scale: half a level less is asked for */

static int cores(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > DECODERS_AT_MOST ? DECODERS_AT_MOST : (int)count;
}

struct scan *scan_create(const struct scan_options *options, struct error *err)
{
    struct scan *scan = calloc(1, sizeof *scan);
    if (scan == NULL) {
        error_memory(err);
        return NULL;
    }
    scan->options = *options;
    bool alone = options->source != NULL && options->decoder_path != NULL;
    if (!alone && (options->decoder_path == NULL || access(options->decoder_path, X_OK) != 0)) {
        error_set_at(
            err, ERROR_MACHINE, options->decoder_path, 0, 0, "the image decoder vitrine-decode is not there");
        free(scan);
        return NULL;
    }
    scan->options.decoders = options->decoders > 0 ? options->decoders : cores();
    scan->options.cache_bytes = options->cache_bytes > 0 ? options->cache_bytes : CACHE_BYTES;
    scan->options.timeout_ms = options->timeout_ms > 0 ? options->timeout_ms : TIMEOUT_MS;
    scan->decoder_path = strdup(scan->options.decoder_path);
    scan->options.decoder_path = scan->decoder_path;
    if (scan->decoder_path == NULL || !cache_init(&scan->cache, scan->options.cache_bytes)) {
        error_memory(err);
    } else {
        scan->watch = watch_create(&scan->options, err);
    }
    if (scan->watch == NULL) {
        cache_finish(&scan->cache);
        free(scan->decoder_path);
        free(scan);
        return NULL;
    }
    return scan;
}

void scan_destroy(struct scan *scan)
{
    if (scan == NULL) {
        return;
    }
    watch_destroy(scan->watch);
    for (size_t i = 0; i < scan->page_count; i++) {
        scan_pyramid_destroy(scan->pages[i].pyramid);
    }
    cache_finish(&scan->cache);
    compose_memory_destroy(scan->compose);
    whole_destroy(scan->whole);
    free(scan->pages);
    free(scan->wanted);
    free(scan->queue);
    free(scan->decoder_path);
    free(scan);
}

const struct scan_page *scan_page(const struct scan *scan, int page)
{
    if (page < 0 || (size_t)page >= scan->page_count || scan->pages[page].pyramid == NULL) {
        return NULL;
    }
    return &scan->pages[page];
}

struct tile_key scan_tile_key(const struct scan *scan, int page, int level, int x, int y)
{
    return (struct tile_key){page, scan->pages[page].generation, level, x, y};
}

int scan_view_level(const struct scan_page *page, const struct scan_view *view)
{
    double scale = lens_scale(page->pyramid, view);
    int level = lens_level(page->pyramid, scale);
    bool passes = page->flies && level != page->flight_level && rect_equal(view->view_win, page->flight_win);
    level = passes ? lens_level(page->pyramid, scale * NEAREST) : level;
    level -= page->coarser;
    return level > 0 ? level : 0;
}

static int free_number(struct scan *scan)
{
    for (size_t i = 0; i < scan->page_count; i++) {
        if (scan->pages[i].pyramid == NULL) {
            return (int)i;
        }
    }
    if (scan->page_count >= INT_MAX ||
        !ARRAY_PUSH(scan->pages, scan->page_count, scan->page_capacity, (struct scan_page){0})) {
        return -1;
    }
    return (int)scan->page_count - 1;
}

int scan_add_page(struct scan *scan, struct scan_pyramid *pyramid, struct error *err)
{
    int page = pyramid == NULL ? -1 : free_number(scan);
    if (page < 0 || !watch_set_page(scan->watch, page, scan->generations + 1, pyramid)) {
        scan_pyramid_destroy(pyramid);
        error_memory(err);
        return -1;
    }
    scan->pages[page] = (struct scan_page){.pyramid = pyramid, .generation = ++scan->generations};
    scan->pages[page].face = scan->generations;
    return page;
}

void scan_remove_page(struct scan *scan, int page)
{
    if (scan_page(scan, page) == NULL) {
        return;
    }
    watch_clear_page(scan->watch, page);
    cache_forget_page(&scan->cache, page);
    scan_pyramid_destroy(scan->pages[page].pyramid);
    scan->pages[page].pyramid = NULL;
}

bool scan_fade(struct scan *scan, int64_t now_ms, bool fades)
{
    bool was = scan->fading;
    scan->now_ms = now_ms;
    scan->fades = fades;
    scan->fade_until_ms = fades ? scan->fade_until_ms : now_ms;
    scan->fading = now_ms < scan->fade_until_ms;
    return was || scan->fading;
}

bool scan_fading(const struct scan *scan)
{
    return scan->fading;
}

uint32_t scan_tile_seen(const struct scan *scan, const struct tile *tile)
{
    int64_t age = scan->now_ms - tile->born_ms;
    if (tile->born_ms == 0 || !scan->fading || age >= SCAN_FADE_MS) {
        return SCAN_SEEN;
    }
    return age <= 0 ? 0 : (uint32_t)(age * SCAN_SEEN / SCAN_FADE_MS);
}

struct camera_page scan_page_size(const struct scan *scan, int page)
{
    const struct scan_page *p = scan_page(scan, page);
    if (p == NULL) {
        return (struct camera_page){1, 1};
    }
    return (struct camera_page){p->pyramid->size.w, p->pyramid->size.h};
}

struct rect scan_page_rect(const struct scan *scan, const struct scan_view *view)
{
    const struct scan_page *page = scan_page(scan, view->page);
    if (page == NULL) {
        return (struct rect){0, 0, 0, 0};
    }
    struct lens lens = lens_make(page->pyramid, view, scan_view_level(page, view));
    struct rect r = lens_turn(&lens, lens.page_up);
    return (struct rect){view->view_win.x + r.x, view->view_win.y + r.y, r.w, r.h};
}

struct counts {
    int there, failed, missing;
};

static struct counts count_tiles(const struct scan *scan, const struct scan_view *view, int level)
{
    struct lens lens = lens_make(scan->pages[view->page].pyramid, view, level);
    struct rect n = lens.tiles_needed;
    struct counts counts = {0, 0, 0};
    for (int y = n.y; y < n.y + n.h; y++) {
        for (int x = n.x; x < n.x + n.w; x++) {
            const struct tile *tile = cache_find(&scan->cache, scan_tile_key(scan, view->page, level, x, y));
            counts.there += tile != NULL && tile->pixels != NULL;
            counts.failed += tile != NULL && tile->pixels == NULL;
            counts.missing += tile == NULL;
        }
    }
    return counts;
}

enum scan_state scan_view_state(const struct scan *scan, const struct scan_view *view)
{
    const struct scan_page *page = scan_page(scan, view->page);
    if (page == NULL) {
        return SCAN_FAILED;
    }
    int level = scan_view_level(page, view);
    struct counts counts = count_tiles(scan, view, level);
    if (counts.missing == 0) {
        return counts.failed > 0 ? SCAN_FAILED : SCAN_SHARP;
    }
    while (--level >= 0) {
        counts = count_tiles(scan, view, level);
        if (counts.missing == 0 && counts.failed == 0) {
            return SCAN_COARSE;
        }
    }
    return SCAN_LOADING;
}

struct scan_statistics scan_statistics(const struct scan *scan)
{
    struct scan_statistics statistics = watch_statistics(scan->watch);
    statistics.evicted = scan->cache.evicted;
    statistics.cache_bytes = scan->cache.bytes;
    statistics.cache_bytes_peak = scan->cache.bytes_peak;
    return statistics;
}

size_t scan_decoder_pids(const struct scan *scan, int *pids, size_t capacity)
{
    return watch_pids(scan->watch, pids, capacity);
}

bool scan_problem(const struct scan *scan, int page, struct error *err)
{
    return watch_problem(scan->watch, page, err);
}
