/* What `check` finds in page images. Headers are read here; pixels only by a decoder process. */
#include "tools.h"

#include "scan/facts.h"
#include "scan/scan.h"

#include <stdlib.h>
#include <string.h>

/* Of a pyramid: more take too long, and their headers are looked at all the same. */
#define TILES_DECODED 4096
#define PYRAMID_WISHED 40000000 /* pixels: what is larger pans better when it is cut into tiles */

struct looking {
    struct exhibit *exhibit;
    struct findings *findings;
    struct scan *scan; /* NULL: pixels are not looked at */
};

#define REPORT(looking, code, mark, ...)                                                                     \
    findings_add((looking)->findings, code, (mark).file, (mark).line, (mark).column, __VA_ARGS__)

/* A single image: what its header says. False when it cannot be shown. */
static bool look_at_header(const struct looking *looking, const struct page *page)
{
    struct scan_facts facts;
    struct error err = {0};
    bool whole = scan_facts_read(page->image, &facts, &err);
    long pixels = (long)facts.stored.w * facts.stored.h;
    if (pixels > SCAN_IMAGE_LIMIT_PIXELS) {
        REPORT(looking, FINDING_IMAGE_TOO_LARGE, page->mark,
            "%.*s has %d x %d pixels; one image may have %d million: cut it into tiles with  vitrine tile",
            STR_ARGS(page->image_name), facts.stored.w, facts.stored.h, SCAN_IMAGE_LIMIT_PIXELS / 1000000);
        return false;
    }
    if (!whole) {
        REPORT(looking, FINDING_IMAGE_UNREADABLE, page->mark, "%.*s cannot be shown: %s",
            STR_ARGS(page->image_name), err.message);
        return false;
    }
    if (pixels > PYRAMID_WISHED) {
        REPORT(looking, FINDING_IMAGE_WANTS_TILES, page->mark,
            "%.*s has %d x %d pixels and will open slowly: cut it into tiles with  vitrine tile",
            STR_ARGS(page->image_name), facts.stored.w, facts.stored.h);
    }
    if (facts.bits > 8) {
        REPORT(looking, FINDING_IMAGE_FEATURE, page->mark,
            "%.*s has %d bits a sample and is shown with 8: save a copy with 8 bits, it is half as large and "
            "looks the same",
            STR_ARGS(page->image_name), facts.bits);
    }
    if (facts.jpeg && facts.channels == 4) {
        REPORT(looking, FINDING_IMAGE_FEATURE, page->mark,
            "%.*s is made for print (CMYK) and its colours will be off on a screen: save a copy in RGB",
            STR_ARGS(page->image_name));
    }
    return true;
}

/* False when the machine is at fault. */
static bool look_at_tiles(const struct looking *looking, const struct page *page,
    const struct scan_pyramid *pyramid, struct error *err)
{
    static const struct {
        enum finding_code code;
        const char *what;
    } kinds[SCAN_TILE_FAULTS] = {
        [SCAN_TILE_MISSING] = {FINDING_TILE_MISSING, "lacks"},
        [SCAN_TILE_UNREADABLE] = {FINDING_TILE_UNREADABLE, "cannot show"},
        [SCAN_TILE_SIZE] = {FINDING_TILE_SIZE, "has the wrong size in"},
        [SCAN_TILE_EXCHANGED] = {FINDING_TILE_EXCHANGED, "seems to have exchanged"},
    };
    struct scan_tile_faults faults;
    if (!scan_tiles_inspect(looking->scan, pyramid, TILES_DECODED, &faults, err)) {
        return false;
    }
    for (int i = 0; i < SCAN_TILE_FAULTS; i++) {
        const struct error *first = &faults.first[i];
        if (faults.counts[i] > 0) {
            REPORT(looking, kinds[i].code, page->mark,
                "%.*s %s %ld of its %ld tiles; the first is %s (%s): make the tiles anew",
                STR_ARGS(page->image_name), kinds[i].what, faults.counts[i], faults.tiles, first->file,
                first->message);
        }
    }
    return true;
}

static void look_at_size(
    const struct looking *looking, const struct page *page, const struct scan_pyramid *pyramid)
{
    struct size size = scan_pyramid_size(pyramid), zones = page->zone_size;
    if (page->zones_mark.file != NULL && zones.w > 0 && (zones.w != size.w || zones.h != size.h)) {
        REPORT(looking, FINDING_IMAGE_SIZE, page->zones_mark,
            "the zones are for a page of %d x %d pixels, but %.*s has %d x %d: measure the zones on this "
            "picture",
            zones.w, zones.h, STR_ARGS(page->image_name), size.w, size.h);
    }
}

static bool look_at_pixels(const struct looking *looking, const struct page *page, struct error *err)
{
    struct error why = {0};
    uint32_t *pixels = NULL;
    struct size size;
    bool decoded = scan_decode_whole(looking->scan, page->image, 0, &pixels, &size, &why);
    free(pixels);
    if (!decoded && why.category == ERROR_MACHINE) {
        *err = why;
        return false;
    }
    if (!decoded) {
        REPORT(looking, FINDING_IMAGE_UNREADABLE, page->mark, "%.*s cannot be shown: %s",
            STR_ARGS(page->image_name), why.message);
    }
    return true;
}

static bool look_at_page(const struct looking *looking, const struct page *page, struct error *err)
{
    const char *name = page->image;
    size_t length = name != NULL ? strlen(name) : 0;
    bool single = length > 0 && (length < 4 || strcmp(name + length - 4, ".dzi") != 0) &&
                  (length < 5 || strcmp(name + length - 5, ".json") != 0);
    if (length == 0 || (single && !look_at_header(looking, page))) {
        return true;
    }
    struct error why = {0};
    struct scan_pyramid *pyramid = scan_pyramid_open(name, exhibit_folder(looking->exhibit), &why);
    if (pyramid == NULL) {
        if (why.category == ERROR_MACHINE) {
            *err = why;
            return false;
        }
        REPORT(looking, single ? FINDING_IMAGE_UNREADABLE : FINDING_PYRAMID_MALFORMED, page->mark,
            "%.*s cannot be shown: %s", STR_ARGS(page->image_name), why.message);
        return true;
    }
    look_at_size(looking, page, pyramid);
    bool looked = look_at_tiles(looking, page, pyramid, err);
    scan_pyramid_destroy(pyramid);
    return looked && (!single || looking->scan == NULL || look_at_pixels(looking, page, err));
}

bool images_check(struct exhibit *exhibit, const struct player_paths *paths, bool thorough,
    struct findings *findings, struct error *err)
{
    struct looking looking = {exhibit, findings, NULL};
    const char *const *ids = NULL;
    size_t count = 0;
    if (thorough) {
        struct scan_options options = {.decoder_path = paths->decoder, .decoders = 1};
        looking.scan = scan_create(&options, err);
        if (looking.scan == NULL) {
            return false;
        }
    }
    bool ok = exhibit_list_documents(exhibit, &ids, &count) || error_memory(err);
    for (size_t i = 0; ok && i < count; i++) {
        const struct document *document = exhibit_find_document(exhibit, ids[i]);
        for (size_t page = 0; ok && document != NULL && page < document->page_count; page++) {
            ok = look_at_page(&looking, &document->pages[page], err);
        }
    }
    scan_destroy(looking.scan);
    return ok;
}
