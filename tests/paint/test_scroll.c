/* A page that moves is moved in memory; what comes of it is, to the last bit, what is drawn whole. Random
 * walks over pages with missing, late and broken tiles, under boxes that come, go and blend. */
#include "help.h"

#include "check.h"
#include "paint/paint.h"
#include "pixels.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { W = 330, H = 210, OVERLAYS = 5, STEPS = 220 };

#define MARK 0x55000000u /* the byte of a word that nothing looks at, and that only moving carries along */

struct overlay {
    bool shown;
    struct rect rect;
    colour fill;
    bool focused;
};

struct plan {
    struct box_page page;
    struct rect page_at;
    struct box_zone zone;
    bool lit;
    struct overlay overlays[OVERLAYS];
};

static int below(int limit)
{
    int value = (int)help_random(0, limit);
    return value < limit ? value : limit - 1;
}

static int handle(void *context, const char *document, int page)
{
    (void)document;
    (void)page;
    return *(const int *)context;
}

static void build(struct plan *plan, struct arena *arena, struct box_tree *tree)
{
    arena_reset(arena);
    *tree = (struct box_tree){.arena = arena,
        .window = {W, H},
        .ground = COLOUR_RGB(0xF5F1E8),
        .focus = COLOUR_RGB(0xA32A1C),
        .focus_px = 3};
    int root = box_add(tree, -1, BOX_SCREEN, (struct rect){0, 0, W, H}, "screen");
    int at = box_add(tree, root, BOX_IMAGE, plan->page_at, "page");
    plan->page.zones = &plan->zone;
    plan->page.zone_count = plan->lit ? 1 : 0;
    tree->boxes[at].look = (struct box_look){.fill = COLOUR_RGB(0x3A352C), .page = &plan->page};
    for (int i = 0; i < OVERLAYS; i++) {
        if (plan->overlays[i].shown) {
            at = box_add(tree, root, BOX_GROUP, plan->overlays[i].rect, "over-%d", i);
            tree->boxes[at].look.fill = plan->overlays[i].fill;
            tree->boxes[at].states = plan->overlays[i].focused ? BOX_FOCUSED : 0;
        }
    }
}

static void change_overlays(struct plan *plan)
{
    for (int i = 0; i < OVERLAYS; i++) {
        if (below(12) == 0) {
            struct rect r = {below(W) - 10, below(H) - 10, 4 + below(40), 4 + below(30)};
            colour fill = (colour)below(1 << 24) | (below(2) == 0 ? 0xFF000000u : 0x90000000u);
            plan->overlays[i] = (struct overlay){below(3) > 0, r, fill, below(4) == 0};
        }
    }
    plan->lit = below(15) == 0 ? !plan->lit : plan->lit;
}

/* By whole pixels mostly, as at 1:1 a finger and momentum do; sometimes to elsewhere. */
static void move(struct plan *plan, struct size image)
{
    static const double SCALES[] = {1, 1, 1, 0.5, 0.25, 2, 1.37, 0.6};
    if (below(20) == 0) {
        plan->page.scale = SCALES[below(8)];
        plan->page.x_page = help_random(-0.1, 1.1);
        plan->page.y_page = help_random(-0.1, 1.1);
        plan->page.quarter_turns = below(3) == 0 ? below(4) : plan->page.quarter_turns;
    } else if (below(6) > 0) {
        plan->page.x_page += (below(25) - 12) / plan->page.scale / image.w;
        plan->page.y_page += (below(25) - 12) / plan->page.scale / image.h;
    }
}

static long moved_words(const uint32_t *pixels)
{
    long count = 0;
    for (int i = 0; i < W * H; i++) {
        count += pixels[i] >> 24 == MARK >> 24;
    }
    return count;
}

static void mark(uint32_t *pixels, const struct rect r)
{
    for (int y = r.y; y < r.y + r.h; y++) {
        for (int x = r.x; x < r.x + r.w; x++) {
            pixels[y * W + x] = (pixels[y * W + x] & 0xFFFFFFu) | MARK;
        }
    }
}

/* Some of what is wanted comes, and some of that fades in. */
static bool tiles_come(struct scan *scan, const struct scan_view *view, int64_t *now_ms)
{
    *now_ms += 16;
    bool changed = scan_fade(scan, *now_ms, true);
    scan_want(scan, view, 1, NULL, 0);
    if (below(3) == 0) {
        return scan_take(scan, 1) || changed;
    }
    if (below(3) == 0) {
        scan_wait(scan, 20000); /* takes what comes by itself: something may have changed */
        return true;
    }
    return changed;
}

struct stage {
    struct scan *scan;
    struct paint_source source;
    int page;
    struct size image;
};

static void walk(struct stage *stage, unsigned seed)
{
    static uint32_t kept[W * H], fresh[W * H], before[W * H];
    struct pointf corners[] = {{80, 60}, {300, 70}, {280, 200}, {90, 190}};
    struct plan plan = {.page = {.document = "d",
                            .x_page = 0.5,
                            .y_page = 0.5,
                            .scale = 1,
                            .lit = COLOUR_RGB(0xFFF2B0),
                            .missing = COLOUR_RGB(0xA32A1C)},
        .page_at = {7, 5, W - 20, H - 30},
        .zone = {.points_img = corners, .count = 4}};
    struct paint *paint = paint_create(NULL);
    struct arena arena = {0};
    struct box_tree tree;
    struct paint_target target = {kept, W, H, W}, other_target = {fresh, W, H, W};
    struct rect damage[PAINT_DAMAGE_MAX];
    int64_t now_ms = 1000;
    long moved = 0, moves = 0;
    srand(seed);
    for (int step = 0; step < STEPS; step++) {
        struct box_page was = plan.page;
        move(&plan, stage->image);
        change_overlays(&plan);
        struct scan_view view = {stage->page,
            {plan.page.x_page, plan.page.y_page, plan.page.scale, plan.page.quarter_turns}, plan.page_at};
        bool changed = tiles_come(stage->scan, &view, &now_ms);
        build(&plan, &arena, &tree);
        mark(kept, plan.page_at);
        memcpy(before, kept, sizeof kept);
        int count = paint_tree(paint, &tree, &stage->source, &target, step == 0, changed, damage);
        CHECK_THAT(pixels_only_there(before, kept, ((struct size){W, H}), damage, count), "seed %u, step %d",
            seed, step);
        if (plan.page.x_page != was.x_page || plan.page.y_page != was.y_page) {
            long words = moved_words(kept);
            moved += words > 0;
            moves++;
        }
        struct paint *other = paint_create(NULL);
        struct rect all[PAINT_DAMAGE_MAX];
        paint_tree(other, &tree, &stage->source, &other_target, true, false, all);
        paint_destroy(other);
        long different = pixels_different(kept, fresh, ((struct size){W, H}));
        CHECK_THAT(different == 0, "seed %u, step %d: %ld pixels", seed, step, different);
        if (different != 0) {
            break;
        }
    }
    /* Drawing everything every time would be exact as well, but is not what was promised. */
    CHECK_THAT(moved > moves / 8, "seed %u: of %ld moves %ld were moved in memory", seed, moves, moved);
    paint_destroy(paint);
    arena_finish(&arena);
}

static void moved_is_drawn(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(620, 450, 11);
    help_write_dzi(folder, "whole", picture, 48, 1);
    help_write_dzi(folder, "torn", picture, 40, 0);
    static const char *const BROKEN[] = {
        "torn_files/10/5_4.png", "torn_files/10/6_4.png", "torn_files/9/1_2.png"};
    for (size_t i = 0; i < sizeof BROKEN / sizeof BROKEN[0]; i++) {
        CHECK_INT(unlink(help_path(folder, BROKEN[i])), 0);
    }
    static const char *const PAGES[] = {"whole.dzi", "torn.dzi"};
    for (size_t i = 0; i < 2; i++) {
        for (unsigned seed = 1; seed <= 4; seed++) {
            struct stage stage = {.scan = help_scan(&(struct scan_options){
                                      .decoders = 2, .cache_bytes = seed % 2 ? 0 : 900000}),
                .image = {620, 450}};
            stage.page = help_open_page(stage.scan, help_path(folder, PAGES[i]));
            stage.source =
                (struct paint_source){.scan = stage.scan, .page_handle = handle, .context = &stage.page};
            walk(&stage, seed + 10 * (unsigned)i);
            scan_destroy(stage.scan);
        }
    }
    picture_free(&picture);
    help_remove(folder);
}

int main(void)
{
    RUN(moved_is_drawn);
    return check_report();
}
