#include "tiles.h"

#include "window.h"

#include "base/array.h"

#include <stdlib.h>

#define HATCH_PERIOD 16
#define HATCH_WIDTH 3
/* Below this a view is as good as 1:1 or enlarged, and one look a pixel is all that there is to see. */
#define STEP_OF_ONE_LOOK 1.02
#define LOOKS 4
/* SDL draws no corner that looks outside of its texture. No pixel's middle looks past the border, but a
 * corner of `win` may, by up to half a step more. */
#define MARGIN (SCAN_PIECE_BORDER + 1)

struct tiles_entry {
    int page, level;
    uint32_t generation;
    struct point at;
    struct size size;
    unsigned around;     /* what of its border is true */
    unsigned long frame; /* when it was last drawn */
    SDL_Texture *texture;
    struct tiles_entry *next;
};

void tiles_init(struct tiles *tiles, SDL_Renderer *renderer, size_t limit)
{
    *tiles = (struct tiles){.renderer = renderer, .limit = limit};
}

void tiles_finish(struct tiles *tiles)
{
    tiles_forget(tiles);
    free(tiles->pieces);
    free(tiles->words);
    free(tiles->hatching);
    *tiles = (struct tiles){.renderer = NULL};
}

static size_t bytes_of(struct size size)
{
    return (size_t)(size.w + 2 * MARGIN) * (size_t)(size.h + 2 * MARGIN) * 4;
}

static void discard(struct tiles *tiles, struct tiles_entry **at)
{
    struct tiles_entry *entry = *at;
    *at = entry->next;
    tiles->bytes -= bytes_of(entry->size);
    SDL_DestroyTexture(entry->texture);
    free(entry);
}

void tiles_forget(struct tiles *tiles)
{
    for (int i = 0; i < TILES_BUCKETS; i++) {
        while (tiles->buckets[i] != NULL) {
            discard(tiles, &tiles->buckets[i]);
        }
    }
}

void tiles_begin(struct tiles *tiles, int64_t now_ns, int64_t budget_ns)
{
    tiles->frame++;
    tiles->until_ns = now_ns + budget_ns;
    tiles->pending = false;
}

/* The textures are few, and there is one look through them for each that goes. */
static struct tiles_entry **find_oldest(struct tiles *tiles)
{
    struct tiles_entry **oldest = NULL;
    for (int i = 0; i < TILES_BUCKETS; i++) {
        for (struct tiles_entry **at = &tiles->buckets[i]; *at != NULL; at = &(*at)->next) {
            oldest = oldest == NULL || (*at)->frame < (*oldest)->frame ? at : oldest;
        }
    }
    return oldest;
}

static bool give_up_one(struct tiles *tiles)
{
    struct tiles_entry **oldest = find_oldest(tiles);
    if (oldest == NULL || (*oldest)->frame == tiles->frame) {
        return false;
    }
    discard(tiles, oldest);
    return true;
}

void tiles_end(struct tiles *tiles)
{
    while (tiles->bytes > tiles->limit && give_up_one(tiles)) {
    }
}

/* ---- one piece */

static struct tiles_entry **bucket_of(struct tiles *tiles, const struct scan_piece *piece)
{
    uint64_t h =
        (uint64_t)(unsigned)piece->page << 32 ^ piece->generation ^ (uint64_t)(unsigned)piece->level << 48;
    h = (h ^ ((uint64_t)(unsigned)piece->at.x << 28 | (unsigned)piece->at.y)) * 0x9E3779B97F4A7C15u;
    return &tiles->buckets[h >> 32 & (TILES_BUCKETS - 1)];
}

static struct tiles_entry *find(struct tiles *tiles, const struct scan_piece *piece)
{
    struct tiles_entry *entry = *bucket_of(tiles, piece);
    while (entry != NULL && !(entry->page == piece->page && entry->level == piece->level &&
                                entry->generation == piece->generation && entry->at.x == piece->at.x &&
                                entry->at.y == piece->at.y)) {
        entry = entry->next;
    }
    return entry;
}

static bool upload(
    struct tiles *tiles, const struct scan *scan, const struct scan_piece *piece, struct tiles_entry *entry)
{
    const size_t most = bytes_of((struct size){SCAN_PIECE_SIDE, SCAN_PIECE_SIDE});
    const int aside = MARGIN - SCAN_PIECE_BORDER;
    const SDL_Rect part = {
        aside, aside, piece->size.w + 2 * SCAN_PIECE_BORDER, piece->size.h + 2 * SCAN_PIECE_BORDER};
    tiles->words = tiles->words != NULL ? tiles->words : malloc(most);
    if (tiles->words == NULL || !scan_piece_pixels(scan, piece, tiles->words)) {
        return false;
    }
    entry->around = piece->around;
    tiles->uploads++;
    return SDL_UpdateTexture(entry->texture, &part, tiles->words, part.w * 4) == 0;
}

/* A card that is full has room when something else has gone. */
static SDL_Texture *make_texture(struct tiles *tiles, struct size size)
{
    SDL_Texture *texture;
    do {
        texture = SDL_CreateTexture(tiles->renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC,
            size.w + 2 * MARGIN, size.h + 2 * MARGIN);
    } while (texture == NULL && give_up_one(tiles));
    if (texture != NULL) {
        SDL_SetTextureScaleMode(texture, SDL_ScaleModeLinear);
    }
    return texture;
}

static struct tiles_entry *add(struct tiles *tiles, const struct scan *scan, const struct scan_piece *piece)
{
    struct tiles_entry **bucket = bucket_of(tiles, piece);
    struct tiles_entry *entry = calloc(1, sizeof *entry);
    SDL_Texture *texture = entry != NULL ? make_texture(tiles, piece->size) : NULL;
    if (texture == NULL) {
        free(entry);
        return NULL;
    }
    *entry = (struct tiles_entry){.page = piece->page,
        .level = piece->level,
        .generation = piece->generation,
        .at = piece->at,
        .size = piece->size,
        .texture = texture,
        .next = *bucket};
    *bucket = entry;
    tiles->bytes += bytes_of(entry->size);
    if (!upload(tiles, scan, piece, entry)) {
        discard(tiles, bucket);
        return NULL;
    }
    return entry;
}

/* The piece's texture, uploaded if it need be and may be; NULL: not now. The coarsest level is there whatever
 * it takes, so that nothing is ever blank. */
static struct tiles_entry *get(struct tiles *tiles, const struct scan *scan, const struct scan_piece *piece)
{
    struct tiles_entry *entry = find(tiles, piece);
    bool late = window_clock_ns() >= tiles->until_ns && piece->level > 0;
    bool better = entry != NULL && piece->there && (piece->around & ~entry->around) != 0;
    if ((entry == NULL && piece->there) || better) {
        tiles->pending = tiles->pending || late;
        if (!late && entry == NULL) {
            entry = add(tiles, scan, piece);
        } else if (!late) {
            upload(tiles, scan, piece, entry);
        }
    }
    if (entry != NULL) {
        entry->frame = tiles->frame;
    }
    return entry;
}

/* One look: two triangles, shifted by a part of a level pixel. */
static void draw_piece(struct tiles *tiles, const struct scan_piece *piece, SDL_Texture *texture, double dx,
    double dy, Uint8 alpha)
{
    static const int order[6] = {0, 1, 2, 2, 3, 0};
    const float x[2] = {(float)piece->win.x, (float)(piece->win.x + piece->win.w)};
    const float y[2] = {(float)piece->win.y, (float)(piece->win.y + piece->win.h)};
    const SDL_FPoint corners[4] = {{x[0], y[0]}, {x[1], y[0]}, {x[1], y[1]}, {x[0], y[1]}};
    SDL_Vertex vertices[4];
    for (int i = 0; i < 4; i++) {
        double u = (piece->eye[i].x + dx + MARGIN) / (piece->size.w + 2 * MARGIN);
        double v = (piece->eye[i].y + dy + MARGIN) / (piece->size.h + 2 * MARGIN);
        vertices[i] = (SDL_Vertex){corners[i], {255, 255, 255, alpha}, {(float)u, (float)v}};
    }
    SDL_SetTextureBlendMode(texture, alpha == 255 ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_RenderGeometry(tiles->renderer, texture, vertices, 4, order, 6);
}

/* ---- what is missing for good: lines along the diagonal, upright, anchored to the page */

static SDL_FPoint turned(const struct scan_view *view, double x, double y)
{
    double w = view->view_win.w, h = view->view_win.h, tx = x, ty = y;
    switch ((view->camera.quarter_turns % 4 + 4) % 4) {
    case 1:
        tx = w - y;
        ty = x;
        break;
    case 2:
        tx = w - x;
        ty = h - y;
        break;
    case 3:
        tx = y;
        ty = h - x;
        break;
    default:
        break;
    }
    return (SDL_FPoint){(float)(tx + view->view_win.x), (float)(ty + view->view_win.y)};
}

static SDL_Color colour_of(colour c)
{
    return (SDL_Color){(Uint8)(c >> 16 & 255), (Uint8)(c >> 8 & 255), (Uint8)(c & 255), 255};
}

/* The pixels whose x + y, counted from the page, is less than HATCH_WIDTH above a multiple of the period:
 * each line is a parallelogram as high as the piece, which the clip cuts to its width. */
static void hatch(struct tiles *tiles, const struct paint_page *page, const struct scan_piece *piece)
{
    const struct rect up = piece->up;
    int lines = (up.w + up.h) / HATCH_PERIOD + 2;
    if (!array_reserve((void **)&tiles->hatching, &tiles->hatching_capacity, (size_t)lines * 6,
            sizeof *tiles->hatching)) {
        return;
    }
    int first = up.x + up.y - piece->phase % HATCH_PERIOD, count = 0;
    for (int k = 0; k < lines; k++) {
        double sum = first + k * HATCH_PERIOD + 0.5, wide = HATCH_WIDTH; /* x + y of pixels' centres is odd */
        double y0 = up.y, y1 = up.y + up.h;
        const SDL_FPoint corners[4] = {turned(&page->view, sum - y0, y0),
            turned(&page->view, sum + wide - y0, y0), turned(&page->view, sum + wide - y1, y1),
            turned(&page->view, sum - y1, y1)};
        static const int order[6] = {0, 1, 2, 2, 3, 0};
        for (int i = 0; i < 6; i++) {
            tiles->hatching[count++] = (SDL_Vertex){corners[order[i]], colour_of(page->missing), {0, 0}};
        }
    }
    struct rect seen = rect_intersect(piece->win, page->seen);
    const SDL_Rect clip = {seen.x, seen.y, seen.w, seen.h},
                   back = {page->seen.x, page->seen.y, page->seen.w, page->seen.h};
    SDL_RenderSetClipRect(tiles->renderer, &clip);
    SDL_RenderGeometry(tiles->renderer, NULL, tiles->hatching, count, NULL, 0);
    SDL_RenderSetClipRect(tiles->renderer, &back);
}

/* ---- a page */

/* The level's pieces into tiles->pieces; 0 when there is no memory. */
static size_t list(struct tiles *tiles, const struct scan *scan, const struct paint_page *page, int level)
{
    size_t count = scan_pieces(scan, &page->view, page->seen, level, tiles->pieces, tiles->capacity);
    if (count > tiles->capacity) {
        if (!array_reserve((void **)&tiles->pieces, &tiles->capacity, count, sizeof *tiles->pieces)) {
            return 0;
        }
        count = scan_pieces(scan, &page->view, page->seen, level, tiles->pieces, tiles->capacity);
    }
    return count;
}

/* Has every piece of the level its texture, and hides what lies below? */
static bool prepare(struct tiles *tiles, const struct scan *scan, const struct paint_page *page, int level)
{
    size_t count = list(tiles, scan, page, level);
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        all = get(tiles, scan, &tiles->pieces[i]) != NULL && tiles->pieces[i].seen >= 1 && all;
    }
    return all;
}

/* How much of look number `look` of so many is laid over those before, so that in the end each has the same
 * share of `seen`, and what was there has the rest. */
static Uint8 share_of(double seen, int look, int looks)
{
    double each = seen / looks;
    return (Uint8)(255 * each / (1 - each * (looks - 1 - look)) + 0.5);
}

/* Made smaller, a pixel is the mean of four looks, so that what lies between two of them is not lost: at half
 * the size that is the very mean of four level pixels. Each look takes its share of what is there. */
static void draw_level(
    struct tiles *tiles, const struct scan *scan, const struct paint_page *page, int level, int coarsest)
{
    size_t count = list(tiles, scan, page, level);
    double step = count > 0 ? tiles->pieces[0].step : 1;
    int looks = step > STEP_OF_ONE_LOOK ? LOOKS : 1;
    double aside = looks > 1 ? (step - 1) / 2 : 0;
    for (int look = 0; look < looks; look++) {
        double dx = look % 2 ? aside : -aside, dy = look / 2 ? aside : -aside;
        for (size_t i = 0; i < count; i++) {
            const struct scan_piece *piece = &tiles->pieces[i];
            const struct tiles_entry *entry = find(tiles, piece);
            double seen = level == coarsest || !piece->there ? 1 : piece->seen;
            if (entry != NULL) {
                draw_piece(tiles, piece, entry->texture, dx, dy, share_of(seen, look, looks));
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (tiles->pieces[i].failed) {
            hatch(tiles, page, &tiles->pieces[i]);
        }
    }
}

static void fill(struct tiles *tiles, struct rect area, colour c)
{
    SDL_Color ink = colour_of(c);
    SDL_Rect r = {area.x, area.y, area.w, area.h};
    SDL_SetRenderDrawBlendMode(tiles->renderer, SDL_BLENDMODE_NONE);
    SDL_SetRenderDrawColor(tiles->renderer, ink.r, ink.g, ink.b, 255);
    SDL_RenderFillRect(tiles->renderer, &r);
}

void tiles_draw(struct tiles *tiles, const struct scan *scan, const struct paint_page *page)
{
    const SDL_Rect clip = {page->seen.x, page->seen.y, page->seen.w, page->seen.h};
    int finest = scan_piece_level(scan, &page->view), coarsest = finest;
    SDL_RenderSetClipRect(tiles->renderer, &clip);
    fill(tiles, page->seen, page->ground);
    while (coarsest >= 0 && !prepare(tiles, scan, page, coarsest)) {
        coarsest--;
    }
    if (coarsest < 0) {
        coarsest = 0;
        fill(tiles, scan_page_rect(scan, &page->view), SCAN_PAPER);
    }
    for (int level = coarsest; level <= finest; level++) {
        draw_level(tiles, scan, page, level, coarsest);
    }
    SDL_RenderSetClipRect(tiles->renderer, NULL);
}
