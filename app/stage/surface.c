/* The compositor: the window's surface, no card, no copy where the format is ours. */
#include "present.h"

#include "turn.h"

#include <stdlib.h>

struct surface_presenter {
    struct presenter presenter;
    struct window *window;
    SDL_Surface *surface; /* the window's, while one draws */
    const void *pixels;   /* where they were the last time */
    int width, height;
    uint32_t *shadow; /* what is drawn into where the surface has another format, or hangs turned; NULL: the
                         surface itself */
    uint32_t *line;   /* of the panel, on its way there; NULL: it does not hang turned */
    struct size view; /* as the visitor sees it */
};

static bool is_ours(const SDL_Surface *surface)
{
    return surface->format->format == SDL_PIXELFORMAT_XRGB8888 && surface->pitch % 4 == 0;
}

static bool failed(struct error *err)
{
    return error_set(err, ERROR_MACHINE, "the window cannot be drawn: %s", SDL_GetError());
}

/* SDL makes the surface anew when the window gets another size: its memory is empty then. */
static bool is_other(const struct surface_presenter *self)
{
    return self->surface->pixels != self->pixels || self->surface->w != self->width ||
           self->surface->h != self->height;
}

static bool take_surface(struct surface_presenter *self)
{
    const SDL_Surface *surface = self->surface;
    bool turned = self->window->quarter_turns != 0;
    free(self->shadow);
    free(self->line);
    self->shadow = self->line = NULL;
    self->pixels = surface->pixels;
    self->width = surface->w;
    self->height = surface->h;
    self->view = turn_size((struct size){surface->w, surface->h}, self->window->quarter_turns);
    if (!is_ours(surface) || turned) {
        self->shadow = calloc((size_t)surface->w * (size_t)surface->h, sizeof *self->shadow);
        self->line = turned ? calloc((size_t)surface->w, sizeof *self->line) : NULL;
        bool good = self->shadow != NULL && (self->line != NULL || !turned);
        self->pixels = good ? surface->pixels : NULL;
        return good;
    }
    return true;
}

static bool begin(struct surface_presenter *self, struct paint_target *target, bool *lost, struct error *err)
{
    self->surface = SDL_GetWindowSurface(self->window->handle);
    if (self->surface == NULL) {
        return failed(err);
    }
    *lost = is_other(self);
    if (*lost && !take_surface(self)) {
        return error_memory(err);
    }
    if (SDL_MUSTLOCK(self->surface) && SDL_LockSurface(self->surface) != 0) {
        return failed(err);
    }
    *target = (struct paint_target){
        self->surface->pixels, self->surface->w, self->surface->h, self->surface->pitch / 4};
    if (self->shadow != NULL) {
        *target = (struct paint_target){self->shadow, self->view.w, self->view.h, self->view.w};
    }
    return true;
}

static bool convert(const struct surface_presenter *self, SDL_Rect area)
{
    const SDL_Surface *to = self->surface;
    uint8_t *first =
        (uint8_t *)to->pixels + (ptrdiff_t)area.y * to->pitch + (ptrdiff_t)area.x * to->format->BytesPerPixel;
    for (int y = 0; self->line != NULL && y < area.h; y++) {
        turn_line(
            self->shadow, self->view, self->window->quarter_turns, area.x, area.y + y, area.w, self->line);
        if (SDL_ConvertPixels(area.w, 1, SDL_PIXELFORMAT_XRGB8888, self->line, area.w * 4, to->format->format,
                first + (ptrdiff_t)y * to->pitch, to->pitch) != 0) {
            return false;
        }
    }
    if (self->line != NULL) {
        return true;
    }
    const uint32_t *from = self->shadow + (ptrdiff_t)area.y * self->width + area.x;
    return SDL_ConvertPixels(area.w, area.h, SDL_PIXELFORMAT_XRGB8888, from, self->width * 4,
               to->format->format, first, to->pitch) == 0;
}

static bool end(struct surface_presenter *self, const struct rect *damage, int count, struct error *err)
{
    SDL_Rect areas[PAINT_DAMAGE_MAX];
    int kept = 0;
    bool good = true;
    for (int i = 0; i < count && kept < PAINT_DAMAGE_MAX; i++) {
        struct rect turned = turn_rect(damage[i], self->view, self->window->quarter_turns);
        struct rect seen = rect_intersect(turned, (struct rect){0, 0, self->width, self->height});
        if (!rect_empty(seen)) {
            areas[kept] = (SDL_Rect){seen.x, seen.y, seen.w, seen.h};
            good = good && (self->shadow == NULL || convert(self, areas[kept]));
            kept++;
        }
    }
    if (SDL_MUSTLOCK(self->surface)) {
        SDL_UnlockSurface(self->surface);
    }
    if (good && kept > 0 && SDL_UpdateWindowSurfaceRects(self->window->handle, areas, kept) != 0) {
        self->pixels = NULL; /* the window changed meanwhile: it is drawn anew, on what it has now */
        self->presenter.stale = true;
        good = SDL_GetWindowSurface(self->window->handle) != NULL;
    }
    return good || failed(err);
}

static struct size size(struct presenter *presenter)
{
    const struct surface_presenter *self = (const struct surface_presenter *)presenter;
    const SDL_Surface *surface = SDL_GetWindowSurface(self->window->handle);
    return surface != NULL ? turn_size((struct size){surface->w, surface->h}, self->window->quarter_turns)
                           : (struct size){0, 0};
}

static bool show(struct presenter *presenter, const struct picture *picture, struct occasion occasion,
    bool *drawn, struct error *err)
{
    struct surface_presenter *self = (struct surface_presenter *)presenter;
    struct rect damage[PAINT_DAMAGE_MAX];
    struct paint_target target;
    bool lost = false;
    if (!begin(self, &target, &lost, err)) {
        return false;
    }
    bool whole = occasion.whole || lost;
    *drawn = occasion.changed || whole;
    int count = *drawn ? picture->draw(picture->context, &target, whole, damage) : 0;
    if (whole || occasion.exposed) {
        damage[0] = (struct rect){0, 0, target.width, target.height};
        count = 1;
    }
    return end(self, damage, count, err);
}

static bool screenshot(struct presenter *presenter, const char *path, struct error *err)
{
    struct surface_presenter *self = (struct surface_presenter *)presenter;
    struct paint_target target;
    bool lost = false;
    if (!begin(self, &target, &lost, err)) {
        return false;
    }
    presenter->stale = presenter->stale || lost;
    bool written = paint_write_png(path, &target, 0, err);
    return end(self, NULL, 0, err) && written;
}

static void destroy(struct presenter *presenter)
{
    struct surface_presenter *self = (struct surface_presenter *)presenter;
    free(self->shadow);
    free(self->line);
    free(self);
}

struct presenter *presenter_of_surface(struct window *window, struct error *err)
{
    static const struct presenter_kind KIND = {size, show, screenshot, NULL, destroy};
    struct surface_presenter *self = calloc(1, sizeof *self);
    if (self == NULL) {
        error_memory(err);
        return NULL;
    }
    self->presenter = (struct presenter){.kind = &KIND, .name = "compositor"};
    self->window = window;
    return &self->presenter;
}
