#include "pixel.h"

void paint_fill(const struct paint_target *target, struct rect area, struct rect clip, colour c)
{
    struct rect r = pixel_clip(target, area, clip);
    uint32_t share = pixel_share(c >> 24), ink = c & PIXEL_RGB;
    if (rect_empty(r) || share == 0) {
        return;
    }
    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *row = pixel_row(target, y) + r.x;
        if (share == 256) {
            for (int x = 0; x < r.w; x++) {
                row[x] = ink;
            }
        } else {
            for (int x = 0; x < r.w; x++) {
                row[x] = pixel_mix(row[x], ink, share);
            }
        }
    }
}

/* Four strips that do not overlap, so that a translucent outline is even in its corners. */
void paint_outline(
    const struct paint_target *target, struct rect area, int width_px, struct rect clip, colour c)
{
    if (width_px <= 0 || rect_empty(area)) {
        return;
    }
    if (2 * width_px >= area.w || 2 * width_px >= area.h) {
        paint_fill(target, area, clip, c);
        return;
    }
    int inner_y = area.y + width_px, inner_h = area.h - 2 * width_px;
    paint_fill(target, (struct rect){area.x, area.y, area.w, width_px}, clip, c);
    paint_fill(target, (struct rect){area.x, area.y + area.h - width_px, area.w, width_px}, clip, c);
    paint_fill(target, (struct rect){area.x, inner_y, width_px, inner_h}, clip, c);
    paint_fill(target, (struct rect){area.x + area.w - width_px, inner_y, width_px, inner_h}, clip, c);
}

void paint_blend(
    const struct paint_target *target, const uint32_t *from, int from_stride, struct rect area, int alpha)
{
    struct rect r = pixel_clip(target, area, area);
    uint32_t share = alpha < 0 ? 0 : alpha > 256 ? 256 : (uint32_t)alpha;
    if (rect_empty(r) || share == 256) {
        return;
    }
    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *row = pixel_row(target, y) + r.x;
        const uint32_t *old = from + (ptrdiff_t)y * from_stride + r.x;
        for (int x = 0; x < r.w; x++) {
            row[x] = pixel_mix(old[x], row[x], share);
        }
    }
}
