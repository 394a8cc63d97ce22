#include "internal.h"

#include <stdlib.h>
#include <string.h>

static void copy_area(uint32_t *to, int to_stride, const uint32_t *from, int from_stride, struct rect area)
{
    for (int y = area.y; y < area.y + area.h; y++) {
        memcpy(to + (ptrdiff_t)y * to_stride + area.x, from + (ptrdiff_t)y * from_stride + area.x,
            (size_t)area.w * sizeof *to);
    }
}

void fade_end(struct fade *fade)
{
    free(fade->old);
    free(fade->now);
    *fade = (struct fade){0};
}

/* A fade that begins during another one starts from the mixture that is on the screen; what will be is known
 * already. */
bool fade_begin(struct fade *fade, const struct paint_target *target, int64_t now_ms)
{
    struct rect all = {0, 0, target->width, target->height};
    size_t words = (size_t)target->width * (size_t)target->height;
    bool running = fade->now != NULL;
    if (!running) {
        fade->old = malloc(words * sizeof *fade->old);
        fade->now = malloc(words * sizeof *fade->now);
        fade->width = target->width;
        fade->height = target->height;
        fade->area = (struct rect){0};
    }
    if (fade->old == NULL || fade->now == NULL) {
        fade_end(fade);
        return false;
    }
    copy_area(fade->old, fade->width, target->pixels, target->stride, all);
    if (!running) {
        memcpy(fade->now, fade->old, words * sizeof *fade->now);
    }
    fade->start_ms = now_ms;
    return true;
}

struct paint_target fade_target(const struct fade *fade)
{
    return (struct paint_target){fade->now, fade->width, fade->height, fade->width};
}

bool fade_runs(const struct fade *fade)
{
    return fade->now != NULL || fade->apart;
}

void fade_begin_apart(struct fade *fade, int64_t now_ms)
{
    fade_end(fade);
    fade->apart = true;
    fade->start_ms = now_ms;
}

/* Of the new picture, of 256; eases out. */
static int new_share(const struct fade *fade, int64_t now_ms)
{
    double left = 1 - (double)(now_ms - fade->start_ms) / VISIT_TRANSITION_MS;
    left = left < 1 ? left : 1;
    return left > 0 ? (int)(256 * (1 - left * left)) : 256;
}

int fade_share(struct fade *fade, int64_t now_ms)
{
    int share = fade->apart ? new_share(fade, now_ms) : 256;
    if (share == 256 && fade->apart) {
        fade_end(fade);
    }
    return 256 - share;
}

struct rect fade_mix(struct fade *fade, const struct paint_target *target, int64_t now_ms)
{
    struct rect area = fade->area;
    bool over = now_ms - fade->start_ms >= VISIT_TRANSITION_MS;
    copy_area(target->pixels, target->stride, fade->now, fade->width, area);
    if (!over) {
        paint_blend(target, fade->old, fade->width, area, new_share(fade, now_ms));
    } else {
        fade_end(fade);
    }
    return area;
}
