/* The renderer: pages as textures on a graphics card, and over them one layer with everything else, painted
 * in memory and uploaded where it changed. A page that moves costs the processor nothing.
 *
 *     add ── pages (each: ground, pieces) ── where a page shows: times keep, plus add ── what fades
 *
 * Each frame is drawn whole: what is behind the one that is shown means nothing on a card. */
#include "present.h"
#include "tiles.h"

#include "choose.h"

#include <stdio.h>
#include <stdlib.h>

#define UPLOAD_NS 3000000       /* of tiles, in a frame */
#define TEXTURE_BYTES_PER_PX 32 /* of the window: what it shows, and what it showed */
#define AREAS_MAX 256

struct renderer {
    struct presenter presenter;
    struct window *window;
    SDL_Renderer *sdl;
    bool software; /* SDL's own */
    struct size size;
    uint32_t *add, *keep;
    SDL_Texture *add_texture, *keep_texture;
    SDL_Texture *old[2]; /* what was on the screen when a fade began; made when first needed */
    int old_now;         /* the one that is shown */
    bool old_valid;
    struct tiles tiles;
    const struct scan *scan;
    struct player_frame frame; /* shown last */
};

static bool failed(struct error *err)
{
    return error_set(err, ERROR_MACHINE, "the graphics card cannot draw: %s", SDL_GetError());
}

/* ---- layers */

static void drop_old(struct renderer *self)
{
    for (int i = 0; i < 2; i++) {
        SDL_DestroyTexture(self->old[i]);
        self->old[i] = NULL;
    }
    self->old_valid = false;
}

static void drop_layers(struct renderer *self)
{
    drop_old(self);
    SDL_DestroyTexture(self->add_texture);
    SDL_DestroyTexture(self->keep_texture);
    self->add_texture = self->keep_texture = NULL;
    free(self->add);
    free(self->keep);
    self->add = self->keep = NULL;
    self->size = (struct size){0, 0};
    self->frame = (struct player_frame){.old_share = 0};
}

static SDL_Texture *make_texture(struct renderer *self, int access)
{
    SDL_Texture *texture =
        SDL_CreateTexture(self->sdl, SDL_PIXELFORMAT_ARGB8888, access, self->size.w, self->size.h);
    if (texture != NULL) {
        SDL_SetTextureScaleMode(texture, SDL_ScaleModeNearest); /* pixel on pixel */
    }
    return texture;
}

static bool make_layers(struct renderer *self, struct size size, struct error *err)
{
    size_t words = (size_t)size.w * (size_t)size.h;
    drop_layers(self);
    self->add = calloc(words, sizeof *self->add);
    self->keep = calloc(words, sizeof *self->keep);
    if (self->add == NULL || self->keep == NULL) {
        drop_layers(self);
        return error_memory(err);
    }
    self->size = size;
    self->add_texture = make_texture(self, SDL_TEXTUREACCESS_STATIC);
    self->keep_texture = make_texture(self, SDL_TEXTUREACCESS_STATIC);
    if (self->add_texture == NULL || self->keep_texture == NULL) {
        drop_layers(self);
        return failed(err);
    }
    self->tiles.limit = words * TEXTURE_BYTES_PER_PX;
    return true;
}

/* The high byte is nobody's in memory; a card takes it for how much of the pixel there is. */
static bool upload(const struct renderer *self, SDL_Texture *texture, uint32_t *words, struct rect area)
{
    uint32_t *first = words + (ptrdiff_t)area.y * self->size.w + area.x;
    for (int y = 0; y < area.h; y++) {
        uint32_t *row = first + (ptrdiff_t)y * self->size.w;
        for (int x = 0; x < area.w; x++) {
            row[x] |= 0xFF000000u;
        }
    }
    const SDL_Rect r = {area.x, area.y, area.w, area.h};
    return rect_empty(area) || SDL_UpdateTexture(texture, &r, first, self->size.w * 4) == 0;
}

static bool upload_damage(struct renderer *self)
{
    const struct player_frame *frame = &self->frame;
    bool good = true;
    for (int i = 0; i < frame->damage_count; i++) {
        good = upload(self, self->add_texture, self->add, frame->damage[i]) && good;
        for (int k = 0; k < frame->pages.count; k++) {
            struct rect over = rect_intersect(frame->damage[i], frame->pages.pages[k].seen);
            good = upload(self, self->keep_texture, self->keep, over) && good;
        }
    }
    return good;
}

/* ---- drawing */

struct areas {
    struct rect items[AREAS_MAX];
    int count;
};

/* Adds what of `r` no area from `from` on has yet. */
static void areas_add(struct areas *areas, struct rect r, int from)
{
    while (from < areas->count && rect_empty(rect_intersect(areas->items[from], r))) {
        from++;
    }
    if (rect_empty(r) || (from == areas->count && areas->count == AREAS_MAX)) {
        return;
    }
    if (from == areas->count) {
        areas->items[areas->count++] = r;
        return;
    }
    struct rect in = rect_intersect(areas->items[from], r);
    const struct rect rest[4] = {{r.x, r.y, r.w, in.y - r.y},
        {r.x, in.y + in.h, r.w, r.y + r.h - in.y - in.h}, {r.x, in.y, in.x - r.x, in.h},
        {in.x + in.w, in.y, r.x + r.w - in.x - in.w, in.h}};
    for (int i = 0; i < 4; i++) {
        areas_add(areas, rest[i], from + 1);
    }
}

static void copy(
    const struct renderer *self, SDL_Texture *texture, const struct rect *area, SDL_BlendMode mode)
{
    SDL_Rect r = {0, 0, self->size.w, self->size.h};
    if (area != NULL) {
        r = (SDL_Rect){area->x, area->y, area->w, area->h};
    }
    SDL_SetTextureBlendMode(texture, mode);
    SDL_RenderCopy(self->sdl, texture, &r, &r);
}

/* What lies over the pages, where any of them shows: once for each pixel, also where two pages overlap. */
static void lay_over(const struct renderer *self)
{
    struct areas areas = {.count = 0};
    for (int i = 0; i < self->frame.pages.count; i++) {
        areas_add(&areas, self->frame.pages.pages[i].seen, 0);
    }
    for (int i = 0; i < areas.count; i++) {
        copy(self, self->keep_texture, &areas.items[i], SDL_BLENDMODE_MOD);
        copy(self, self->add_texture, &areas.items[i], SDL_BLENDMODE_ADD);
    }
}

static void draw_scene(struct renderer *self, int64_t budget_ns)
{
    SDL_RenderSetViewport(self->sdl, NULL);
    SDL_RenderSetClipRect(self->sdl, NULL);
    /* All of it is drawn over, but without this a window that was made smaller after a fade is drawn aside.
     */
    SDL_SetRenderDrawColor(self->sdl, 0, 0, 0, 255);
    SDL_RenderClear(self->sdl);
    copy(self, self->add_texture, NULL, SDL_BLENDMODE_NONE);
    tiles_begin(&self->tiles, window_clock_ns(), budget_ns);
    for (int i = 0; i < self->frame.pages.count; i++) {
        tiles_draw(&self->tiles, self->scan, &self->frame.pages.pages[i]);
    }
    lay_over(self);
    if (self->old_valid && self->frame.old_share > 0) {
        int alpha = self->frame.old_share - (self->frame.old_share >> 7 & 1);
        SDL_SetTextureAlphaMod(self->old[self->old_now], (Uint8)(alpha < 255 ? alpha : 255));
        copy(self, self->old[self->old_now], NULL, SDL_BLENDMODE_BLEND);
    }
}

/* Draws once more what was shown last, into a texture: a screen that fades away. A card that cannot do that
 * changes screens at once. */
static void keep_old(struct renderer *self)
{
    int next = self->old_valid ? 1 - self->old_now : self->old_now;
    if (self->old[next] == NULL && SDL_RenderTargetSupported(self->sdl)) {
        self->old[next] = make_texture(self, SDL_TEXTUREACCESS_TARGET);
    }
    if (self->old[next] == NULL || SDL_SetRenderTarget(self->sdl, self->old[next]) != 0) {
        self->old_valid = false;
        return;
    }
    draw_scene(self, 0);
    SDL_SetRenderTarget(self->sdl, NULL);
    self->old_now = next;
    self->old_valid = true;
}

/* ---- the painter */

static struct size size(struct presenter *presenter)
{
    const struct renderer *self = (const struct renderer *)presenter;
    struct size size = {0, 0};
    SDL_GetRendererOutputSize(self->sdl, &size.w, &size.h);
    return size;
}

static bool take_picture(struct renderer *self, const struct picture *picture, bool whole, struct error *err)
{
    struct player_frame frame;
    const struct paint_apart target = {{self->add, self->size.w, self->size.h, self->size.w},
        {self->keep, self->size.w, self->size.h, self->size.w}};
    picture->draw_apart(picture->context, &target, whole, &frame);
    if (frame.fade_begins) {
        keep_old(self);
    }
    self->frame = frame;
    self->old_valid = self->old_valid && frame.old_share > 0;
    return upload_damage(self) || failed(err);
}

static bool show(struct presenter *presenter, const struct picture *picture, struct occasion occasion,
    bool *drawn, struct error *err)
{
    struct renderer *self = (struct renderer *)presenter;
    struct size now = size(presenter);
    bool whole = occasion.whole || now.w != self->size.w || now.h != self->size.h;
    if (now.w <= 0 || now.h <= 0) {
        drop_layers(self); /* nothing can be seen; when something can, it is drawn whole */
        return true;
    }
    if (whole && (now.w != self->size.w || now.h != self->size.h || self->add_texture == NULL) &&
        !make_layers(self, now, err)) {
        return false;
    }
    self->scan = picture->scan;
    if ((occasion.changed || whole) && !take_picture(self, picture, whole, err)) {
        return false;
    }
    draw_scene(self, UPLOAD_NS);
    presenter->pending = self->tiles.pending;
    tiles_end(&self->tiles);
    SDL_RenderPresent(self->sdl);
    *drawn = true;
    return true;
}

static bool screenshot(struct presenter *presenter, const char *path, struct error *err)
{
    struct renderer *self = (struct renderer *)presenter;
    size_t words = (size_t)self->size.w * (size_t)self->size.h;
    uint32_t *pixels = words > 0 ? malloc(words * sizeof *pixels) : NULL;
    if (pixels == NULL) {
        return error_memory(err);
    }
    draw_scene(self, UPLOAD_NS);
    const struct paint_target target = {pixels, self->size.w, self->size.h, self->size.w};
    bool good = SDL_RenderReadPixels(self->sdl, NULL, SDL_PIXELFORMAT_ARGB8888, pixels, self->size.w * 4) == 0
                    ? paint_write_png(path, &target, 0, err)
                    : failed(err);
    free(pixels);
    return good;
}

static void reset(struct presenter *presenter, bool textures_too)
{
    struct renderer *self = (struct renderer *)presenter;
    drop_old(self);
    if (textures_too) {
        tiles_forget(&self->tiles);
        drop_layers(self);
    }
}

static void destroy(struct presenter *presenter)
{
    struct renderer *self = (struct renderer *)presenter;
    tiles_finish(&self->tiles);
    drop_layers(self);
    if (self->sdl != NULL) {
        SDL_DestroyRenderer(self->sdl);
    }
    free(self);
}

/* ---- making one */

/* SDL stands in for a display that sets no pace with whole milliseconds, which beats against it: our own pace
 * is better. */
static void settle_pace(struct renderer *self, const SDL_RendererInfo *info)
{
    bool gl = SDL_strncmp(info->name, "opengl", 6) == 0;
    self->presenter.paced = !self->software && (!gl || SDL_GL_GetSwapInterval() > 0);
    if (!self->presenter.paced) {
        SDL_RenderSetVSync(self->sdl, 0);
    }
}

static bool make_renderer(struct renderer *self, bool any, struct error *err)
{
    SDL_RendererInfo info;
    /* Without this a driver that is named in the environment draws every triangle by itself. */
    SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
    uint32_t flags = SDL_RENDERER_PRESENTVSYNC | (any ? 0u : (uint32_t)SDL_RENDERER_ACCELERATED);
    self->sdl = SDL_CreateRenderer(self->window->handle, -1, flags);
    if (self->sdl == NULL || SDL_GetRendererInfo(self->sdl, &info) != 0) {
        return failed(err);
    }
    self->software = (info.flags & SDL_RENDERER_SOFTWARE) != 0;
    const char *card = choose_card_name(info.name);
    if (!any && (self->software || choose_is_software(card))) {
        return error_set(err, ERROR_MACHINE, "there is no graphics card, only %s", card);
    }
    snprintf(self->presenter.name, sizeof self->presenter.name, "renderer-%s", info.name);
    settle_pace(self, &info);
    return true;
}

struct presenter *presenter_of_renderer(struct window *window, bool any, struct error *err)
{
    static const struct presenter_kind KIND = {size, show, screenshot, reset, destroy};
    struct renderer *self = calloc(1, sizeof *self);
    if (self == NULL) {
        error_memory(err);
        return NULL;
    }
    self->presenter.kind = &KIND;
    self->presenter.fragile = true;
    self->window = window;
    if (!make_renderer(self, any, err)) {
        destroy(&self->presenter);
        return NULL;
    }
    tiles_init(&self->tiles, self->sdl, 0);
    return &self->presenter;
}
