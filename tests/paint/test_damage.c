/* The promise of the painter: what is drawn with damage is, pixel for pixel, what is drawn whole. Random
 * trees change at random. */
#include "check.h"
#include "paint/paint.h"
#include "pixels.h"

#include <stdlib.h>

enum { W = 320, H = 200, BOXES = 24, ROUNDS = 400 };

static uint32_t random_state = 20250513;

static int random_below(int limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (int)((random_state >> 8) % (uint32_t)limit);
}

static colour random_colour(void)
{
    static const unsigned alphas[] = {255, 255, 255, 128, 0};
    colour c = (colour)random_below(1 << 24);
    return c | (colour)alphas[random_below(5)] << 24;
}

/* What changes from one tree to the next; the tree itself is built from it afresh, as a view would. */
struct plan {
    struct {
        int id;
        struct rect rect, clip;
        colour fill, outline, icon_ink, path_ink;
        int outline_px, hairline_px, icon, stroke;
        bool focused, path, closed;
        struct pointf points[5];
        double width;
    } boxes[BOXES];
    size_t count;
    colour ground;
    int focus_px;
    bool rtl;
};

static struct rect random_rect(void)
{
    return (struct rect){
        random_below(W + 40) - 20, random_below(H + 40) - 20, random_below(120), random_below(90)};
}

static void plan_box(struct plan *plan, size_t i)
{
    plan->boxes[i].id = random_below(40);
    plan->boxes[i].rect = random_rect();
    plan->boxes[i].clip = random_below(3) == 0 ? random_rect() : (struct rect){0, 0, W, H};
    plan->boxes[i].fill = random_colour();
    plan->boxes[i].outline = random_colour();
    plan->boxes[i].icon_ink = random_colour();
    plan->boxes[i].path_ink = random_colour();
    plan->boxes[i].outline_px = random_below(4);
    plan->boxes[i].hairline_px = random_below(2);
    plan->boxes[i].icon = random_below(3) == 0 ? random_below(ICON_COUNT) : ICON_NONE;
    plan->boxes[i].path = random_below(3) == 0;
    plan->boxes[i].stroke = random_below(4);
    plan->boxes[i].closed = random_below(2) == 0;
    plan->boxes[i].width = 0.5 + random_below(60) / 10.0;
    plan->boxes[i].focused = random_below(12) == 0;
    for (size_t p = 0; p < 5; p++) {
        plan->boxes[i].points[p] =
            (struct pointf){random_below(1400) / 10.0 - 10, random_below(1000) / 10.0 - 10};
    }
}

static void plan_change(struct plan *plan)
{
    for (int n = random_below(4); n > 0; n--) {
        size_t i = (size_t)random_below(BOXES);
        switch (random_below(5)) {
        case 0: /* one more, or one less */
            plan->count = (size_t)random_below(BOXES + 1);
            break;
        case 1: /* two change places */
            if (plan->count > 1) {
                size_t a = i % plan->count, b = (size_t)random_below((int)plan->count);
                struct plan copy = *plan;
                plan->boxes[a] = copy.boxes[b];
                plan->boxes[b] = copy.boxes[a];
            }
            break;
        case 2:
            plan->boxes[i].rect.x += random_below(9) - 4;
            plan->boxes[i].focused = !plan->boxes[i].focused;
            break;
        case 3:
            plan->ground = random_below(8) == 0 ? random_colour() : plan->ground;
            plan->focus_px = random_below(4) == 0 ? random_below(5) : plan->focus_px;
            plan->rtl = random_below(8) == 0 ? !plan->rtl : plan->rtl;
            break;
        default:
            plan_box(plan, i);
            break;
        }
    }
}

static void build(const struct plan *plan, struct arena *arena, struct box_tree *tree)
{
    arena_reset(arena);
    *tree = (struct box_tree){.arena = arena,
        .window = {W, H},
        .ground = plan->ground,
        .focus = COLOUR_RGB(0xA32A1C),
        .focus_px = plan->focus_px,
        .rtl = plan->rtl};
    int root = box_add(tree, -1, BOX_SCREEN, (struct rect){0, 0, W, H}, "screen");
    for (size_t i = 0; i < plan->count; i++) {
        int index = box_add(tree, root, BOX_GROUP, plan->boxes[i].rect, "box-%d", plan->boxes[i].id);
        struct box *box = &tree->boxes[index];
        box->clip = plan->boxes[i].clip;
        box->states = plan->boxes[i].focused ? BOX_FOCUSED : 0;
        box->look = (struct box_look){.fill = plan->boxes[i].fill,
            .outline = plan->boxes[i].outline,
            .outline_px = plan->boxes[i].outline_px,
            .hairline_top_px = plan->boxes[i].hairline_px,
            .icon = (enum box_icon)plan->boxes[i].icon,
            .icon_ink = plan->boxes[i].icon_ink,
            .icon_at = {3, 2, 24, 30}};
        if (plan->boxes[i].path) {
            struct box_path *path = arena_take(arena, sizeof *path);
            *path = (struct box_path){plan->boxes[i].points, 5, plan->boxes[i].closed,
                (enum box_stroke)plan->boxes[i].stroke, plan->boxes[i].width, plan->boxes[i].path_ink};
            box->look.paths = path;
            box->look.path_count = 1;
        }
    }
}

static struct paint_target target_of(uint32_t *pixels)
{
    return (struct paint_target){pixels, W, H, W};
}

static void damaged_equals_whole(void)
{
    static uint32_t kept[W * H], fresh[W * H], before[W * H];
    struct paint *paint = paint_create(NULL);
    struct arena arena = {0};
    struct box_tree tree;
    struct plan plan = {.ground = COLOUR_RGB(0xF5F1E8), .focus_px = 4, .count = BOXES};
    struct paint_source source = {0};
    struct paint_target kept_target = target_of(kept), fresh_target = target_of(fresh);
    struct rect damage[PAINT_DAMAGE_MAX];
    long drawn = 0, partial = 0;
    CHECK(paint != NULL);
    for (size_t i = 0; i < BOXES; i++) {
        plan_box(&plan, i);
    }
    build(&plan, &arena, &tree);
    CHECK_INT(paint_tree(paint, &tree, &source, &kept_target, true, false, damage), 1);
    for (int round = 0; round < ROUNDS; round++) {
        plan_change(&plan);
        build(&plan, &arena, &tree);
        memcpy(before, kept, sizeof kept);
        int count = paint_tree(paint, &tree, &source, &kept_target, false, false, damage);
        CHECK(count >= 0 && count <= PAINT_DAMAGE_MAX);
        CHECK_THAT(pixels_only_there(before, kept, ((struct size){W, H}), damage, count), "round %d", round);
        struct paint *other = paint_create(NULL);
        struct rect all[PAINT_DAMAGE_MAX];
        paint_tree(other, &tree, &source, &fresh_target, true, false, all);
        paint_destroy(other);
        CHECK_THAT(pixels_different(kept, fresh, ((struct size){W, H})) == 0, "round %d with %zu boxes",
            round, plan.count);
        for (int d = 0; d < count; d++) {
            drawn += (long)damage[d].w * damage[d].h;
        }
        partial += count > 0 && !(count == 1 && damage[0].w == W && damage[0].h == H);
    }
    /* Drawing everything every time would also be exact, but is not what was promised. */
    CHECK_THAT(partial > ROUNDS / 4, "only %ld rounds were partial", partial);
    CHECK_THAT(drawn < (long)ROUNDS * W * H * 3 / 4, "%ld pixels drawn", drawn);
    paint_destroy(paint);
    arena_finish(&arena);
}

static void nothing_changed_draws_nothing(void)
{
    static uint32_t pixels[W * H];
    struct paint *paint = paint_create(NULL);
    struct arena arena = {0};
    struct box_tree tree;
    struct plan plan = {.ground = COLOUR_RGB(0xF5F1E8), .count = BOXES};
    struct paint_source source = {0};
    struct paint_target target = target_of(pixels);
    struct rect damage[PAINT_DAMAGE_MAX];
    for (size_t i = 0; i < BOXES; i++) {
        plan_box(&plan, i);
    }
    build(&plan, &arena, &tree);
    paint_tree(paint, &tree, &source, &target, true, false, damage);
    for (int i = 0; i < 3; i++) {
        build(&plan, &arena, &tree);
        CHECK_INT(paint_tree(paint, &tree, &source, &target, false, true, damage), 0);
    }
    paint_destroy(paint);
    arena_finish(&arena);
}

static void one_box_draws_its_two_places(void)
{
    static uint32_t pixels[W * H];
    struct paint *paint = paint_create(NULL);
    struct arena arena = {0};
    struct box_tree tree;
    struct plan plan = {.ground = COLOUR_RGB(0xF5F1E8), .count = 1};
    struct paint_source source = {0};
    struct paint_target target = target_of(pixels);
    struct rect damage[PAINT_DAMAGE_MAX];
    plan.boxes[0].rect = (struct rect){10, 10, 20, 20};
    plan.boxes[0].clip = (struct rect){0, 0, W, H};
    plan.boxes[0].fill = COLOUR_RGB(0x1E1B16);
    build(&plan, &arena, &tree);
    paint_tree(paint, &tree, &source, &target, true, false, damage);
    plan.boxes[0].rect = (struct rect){200, 150, 20, 20};
    build(&plan, &arena, &tree);
    CHECK_INT(paint_tree(paint, &tree, &source, &target, false, false, damage), 2);
    CHECK(rect_equal(damage[0], (struct rect){200, 150, 20, 20}) ||
          rect_equal(damage[1], (struct rect){200, 150, 20, 20}));
    CHECK(rect_equal(damage[0], (struct rect){10, 10, 20, 20}) ||
          rect_equal(damage[1], (struct rect){10, 10, 20, 20}));
    CHECK_INT(pixels[15 * W + 15], 0xF5F1E8);
    CHECK_INT(pixels[155 * W + 205], 0x1E1B16);
    paint_destroy(paint);
    arena_finish(&arena);
}

int main(void)
{
    RUN(damaged_equals_whole);
    RUN(nothing_changed_draws_nothing);
    RUN(one_box_draws_its_two_places);
    return check_report();
}
