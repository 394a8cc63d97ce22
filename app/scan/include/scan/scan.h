/* Deep zoom: page images as pyramids of tiles, decoded by processes that can do nothing else, kept in a
 * bounded cache, and composed into pixels.
 *
 *     file ──scan opens, sends bytes──▶ vitrine-decode (seccomp)
 *          ──shared memory──▶ tile cache ──compose──▶ pixels
 *
 * A single JPEG or PNG is a pyramid too: its decoder keeps the decoded image, makes the coarser levels by box
 * filter, and cuts tiles on request, so that the player holds tiles only. It keeps 4/3 bytes a pixel of a
 * grey page and 4 of a coloured one, and takes up to 16 while it decodes; the system allows a decoder 1 GiB
 * at most.
 *
 * How images are read: EXIF orientation of a single image is honoured (of tiles it is not: they lie as they
 * are stored); CMYK and YCCK JPEG with Adobe's marker, 16 bits, grey and palette become 8-bit colours; what
 * is transparent is laid on white paper; colour profiles and gamma are not looked at. What is cut off, has a
 * wrong checksum or is of a kind not named here is refused. */
#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include "base/error.h"
#include "base/log.h"
#include "base/rect.h"
#include "camera/camera.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Pixels of one JPEG or PNG at most; what is larger needs a pyramid. */
#define SCAN_IMAGE_LIMIT_PIXELS 50000000

/* ---- what a page is made of: scan_pyramid_open() reads the descriptor only, never pixels */
enum scan_format { SCAN_IMAGE, SCAN_DZI, SCAN_IIIF };

struct scan_pyramid; /* immutable description: format, size, levels, tile size, overlap, paths */

/* Opens a .png, .jpg/.jpeg (size read from its header by our own bounded parser, EXIF orientation honoured),
 * .dzi or info.json. ERROR_INPUT with file and line where the descriptor is wrong: zero, negative or huge
 * sizes, overlap not under the tile size, unknown version. `root` is the folder that tiles must not leave
 * (symlinks resolved); NULL: the descriptor's folder. */
struct scan_pyramid *scan_pyramid_open(const char *path, const char *root, struct error *err);
void scan_pyramid_destroy(struct scan_pyramid *pyramid);
enum scan_format scan_pyramid_format(const struct scan_pyramid *pyramid);
struct size scan_pyramid_size(const struct scan_pyramid *pyramid); /* image pixels, orientation applied */
int scan_pyramid_level_count(const struct scan_pyramid *pyramid);  /* level 0 is the coarsest */
struct size scan_pyramid_level_size(const struct scan_pyramid *pyramid, int level);

/* Dots per inch as a JPEG or PNG says itself; 0 where it does not, or not the same on both axes. */
double scan_pyramid_dpi(const struct scan_pyramid *pyramid);

/* ---- the engine. All its functions are to be called from one thread; `wake` is called from another. */
struct scan; /* decoders, cache, opened pages */

/* Where tiles come from when not from decoder processes: for a simulated run, in which everything comes at
 * the same moment each time. Called from scan_take() and scan_wait(), for the tiles that are wanted in their
 * order; fills w x h words 0xFFRRGGBB. After LATER nothing more is asked until the next call. */
enum scan_source_answer { SCAN_SOURCE_DONE, SCAN_SOURCE_FAILED, SCAN_SOURCE_LATER };
struct scan_source {
    void *context;
    enum scan_source_answer (*decode)(
        void *context, int page, int level, int x, int y, struct size size, uint32_t *pixels);
};

struct scan_options {
    const char *decoder_path;         /* the vitrine-decode executable */
    const struct scan_source *source; /* lent; instead of processes and threads; NULL: there is none */
    int decoders;                     /* processes, 0: one per core, at most 4 */
    size_t cache_bytes; /* 0: 64 MB, which is enough at 1920x1080; 32 bytes per window pixel keep larger
                           windows sharp */
    int64_t timeout_ms; /* a tile that takes longer costs its decoder; 0: 10 s */
    void (*wake)(void *context); /* called from a thread when something arrived; may be NULL */
    void *wake_context;
    int compose_threads; /* 1: scan_compose() uses the calling thread only; 0: a second one where that pays */
    const struct log *log;
};

/* Starts the decoder processes lazily, with the first request. NULL with ERROR_MACHINE. */
struct scan *scan_create(const struct scan_options *options, struct error *err);
void scan_destroy(struct scan *scan);

/* A page by number. The pyramid becomes the engine's (also on failure). Returns a page handle >= 0, or -1
 * with *err. */
int scan_add_page(struct scan *scan, struct scan_pyramid *pyramid, struct error *err);
void scan_remove_page(struct scan *scan, int page);
/* The page's files may be others: forgets those tiles of a pyramid that were read from a file which is not
 * there any more, or not as it was; all else stays as sharp as it is. Of a single image nothing is forgotten:
 * remove the page and add it anew. */
void scan_sift_page(struct scan *scan, int page);
struct camera_page scan_page_size(const struct scan *scan, int page);

/* The first thing that went wrong with a page (a tile missing, a decoder that broke down); false when nothing
 * has. */
bool scan_problem(const struct scan *scan, int page, struct error *err);

struct scan_view {
    int page;
    struct camera camera; /* resolved */
    struct rect view_win; /* where the view lies in the target, window pixels */
};

/* Says what is seen now and where a flight will end (may be NULL), and orders the missing tiles by need: the
 * coarsest level; what is seen, nearest to the centre first; in a flight first the destination, then what is
 * only passed, and of that, on the way to another level, the level that is nearest to the view rather than
 * the next finer one; and when nothing flies, what lies just around the view. Call once per frame with every
 * view on screen; what is not asked again is dropped from the queue. A view for which the cache is too small
 * is drawn a level coarser. */
void scan_want(struct scan *scan, const struct scan_view *views, size_t count,
    const struct scan_view *destinations, size_t destination_count);

/* Takes what the decoders have finished into the cache, for at most budget_us microseconds (0: everything
 * that is there). True when something visible changed. */
bool scan_take(struct scan *scan, int64_t budget_us);

/* Tells the time, and whether tiles may fade in. One that comes while the view has been blurred for
 * SCAN_LATE_MS, so that the eye has taken it for what it is, appears over SCAN_FADE_MS; what comes sooner is
 * there at once. True while the picture changes by that, and once more when it has come to its end. Never
 * told the time, the engine fades nothing. */
#define SCAN_LATE_MS 200
#define SCAN_FADE_MS 120
bool scan_fade(struct scan *scan, int64_t now_ms, bool fades);
/* Has something begun to appear that has not come to its end at the time told last? */
bool scan_fading(const struct scan *scan);

/* Blocks until everything that is seen, and the destination, is there or failed; or timeout_ms passed
 * (false). */
bool scan_wait(struct scan *scan, int64_t timeout_ms);

enum scan_state {
    SCAN_LOADING, /* nothing yet */
    SCAN_COARSE,  /* something everywhere */
    SCAN_SHARP,   /* all at the right level */
    SCAN_FAILED   /* parts are missing for good */
};
enum scan_state scan_view_state(const struct scan *scan, const struct scan_view *view);

/* The window pixels that scan_compose() fills with the page: for whoever draws a frame around it. */
struct rect scan_page_rect(const struct scan *scan, const struct scan_view *view);

/* 0xAARRGGBB words. */
struct scan_target {
    uint32_t *pixels;
    int width, height, stride;
};

/* Composes the view into the target inside `clip_win`: finest tiles that are there, coarser ones standing in,
 * parts that failed hatched in the colour `missing`, bare paper where nothing has come yet, the table around
 * the page left untouched. Every pixel is a mean by area of what it covers (bilinear when enlarged), so there
 * is no seam at any camera and no moire; at 1:1 rows are copied. */
void scan_compose(struct scan *scan, const struct scan_view *view, const struct scan_target *target,
    struct rect clip_win, uint32_t missing);

struct scan_statistics {
    long decoded, evicted, failed, restarts;
    size_t cache_bytes, cache_bytes_peak;
};
struct scan_statistics scan_statistics(const struct scan *scan);
/* The process ids of living decoders, for memory reports and tests; returns how many, writes at most
 * capacity. */
size_t scan_decoder_pids(const struct scan *scan, int *pids, size_t capacity);

/* Decodes one whole image through a decoder process: for `check` (is this tile or page readable?) and
 * thumbnails. Pixels are malloc'd 0xFFRRGGBB words. At most `limit_pixels` after orientation. */
bool scan_decode_whole(struct scan *scan, const char *path, long limit_pixels, uint32_t **pixels,
    struct size *size, struct error *err);

#endif
