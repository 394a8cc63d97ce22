/* Contrast as it is on the screen: every text and icon is drawn and measured against what is really behind
 * it, in both themes, every language and on every screen; the focus ring, what a finger presses, and the lit
 * paragraph too. WCAG 2.2: 4.5:1 for text, 3:1 for controls. */
#include "base/colour.h"
#include "text/text.h"

#include "check.h"
#include "stand.h"

static const struct size WINDOW = {1280, 720};

static const char *const screens[] = {"attract", "home", "read", "scan", "text", "parallel", "meaning",
    "people", "places", "timeline", "words", "related", "questions", "about", "person:stalin",
    "document:telegram/text#p2"};

struct canvas {
    struct stand stand;
    uint32_t *pixels;
};

static bool canvas_open(struct canvas *canvas)
{
    memset(canvas, 0, sizeof *canvas);
    canvas->pixels = calloc((size_t)WINDOW.w * (size_t)WINDOW.h, sizeof *canvas->pixels);
    bool open = canvas->pixels != NULL && stand_open(&canvas->stand, NULL, WINDOW);
    CHECK_THAT(open, "the exhibit does not open");
    return open;
}

static void canvas_close(struct canvas *canvas)
{
    stand_close(&canvas->stand);
    free(canvas->pixels);
}

static void draw(struct canvas *canvas)
{
    struct rect damage[PAINT_DAMAGE_MAX];
    struct paint_target target = {canvas->pixels, WINDOW.w, WINDOW.h, WINDOW.w};
    player_draw(canvas->stand.player, &target, true, damage);
}

static colour pixel(const struct canvas *canvas, int x, int y)
{
    return COLOUR_RGB(canvas->pixels[(size_t)y * (size_t)WINDOW.w + (size_t)x] & 0xFFFFFF);
}

/* ---- what is behind, and what stands before it */

#define TONES 4096 /* colours with four bits each */

struct sample {
    double contrast; /* of the ink that stands out most from what is behind most of it */
    int pixels;      /* measured */
};

static struct sample measure(const struct canvas *canvas, struct rect area)
{
    static int counts[TONES];
    static colour seen[TONES];
    struct sample sample = {1, 0};
    int most = 0;
    memset(counts, 0, sizeof counts);
    for (int y = area.y; y < area.y + area.h; y++) {
        for (int x = area.x; x < area.x + area.w; x++) {
            colour c = pixel(canvas, x, y);
            int tone = (int)((c >> 20 & 15) << 8 | (c >> 12 & 15) << 4 | (c >> 4 & 15));
            seen[tone] = c;
            most = ++counts[tone] > counts[most] ? tone : most;
            sample.pixels++;
        }
    }
    for (int tone = 0; tone < TONES; tone++) {
        if (counts[tone] >= 3) { /* a stroke, not the edge of one */
            double contrast = colour_contrast(seen[tone], seen[most]);
            sample.contrast = contrast > sample.contrast ? contrast : sample.contrast;
        }
    }
    return sample;
}

/* What of a box is to be seen: not under a panel, a sheet or the bar that come later. */
static bool is_covered(const struct box_tree *tree, size_t index, struct rect area)
{
    for (size_t i = index + 1; i < tree->count; i++) {
        const struct box *over = &tree->boxes[i];
        bool inside = false;
        for (int p = over->parent; p >= 0; p = tree->boxes[p].parent) {
            inside = inside || p == (int)index;
        }
        if (!inside && over->look.fill != COLOUR_NONE &&
            !rect_empty(rect_intersect(rect_intersect(over->rect, over->clip), area))) {
            return true;
        }
    }
    return false;
}

/* Words over a page or the map lie on a picture: they are measured like all others, zones have no words. */
static void check_box(
    const struct canvas *canvas, const struct box_tree *tree, size_t index, const char *where)
{
    const struct box *box = &tree->boxes[index];
    struct rect area = box->rect;
    bool icon = box->look.text == NULL;
    if (icon) {
        area = (struct rect){area.x + box->look.icon_at.x, area.y + box->look.icon_at.y, box->look.icon_at.w,
            box->look.icon_at.h};
    } else {
        struct rect ink = text_measure(box->look.text).ink;
        area = (struct rect){
            area.x + box->look.text_at.x + ink.x, area.y + box->look.text_at.y + ink.y, ink.w, ink.h};
        bool hidden = box->look.text_cut && (area.y < box->rect.y + box->look.text_from_px ||
                                                area.y + area.h > box->rect.y + box->look.text_to_px);
        if (hidden) {
            return; /* at the edge of a region: whole lines are left out */
        }
    }
    struct rect seen =
        rect_intersect(area, rect_intersect(box->clip, (struct rect){0, 0, WINDOW.w, WINDOW.h}));
    if (rect_empty(area) || seen.h < area.h || seen.w < area.w || is_covered(tree, index, area)) {
        return; /* scrolled half out of view: it is measured where it is whole */
    }
    struct sample sample = measure(canvas, seen);
    CHECK_THAT(
        sample.contrast >= (icon ? 3.0 : 4.5), "%s: %s has contrast %.2f", where, box->id, sample.contrast);
}

static int check_screen(struct canvas *canvas, const char *where)
{
    const struct box_tree *tree = player_tree(canvas->stand.player);
    int measured = 0;
    draw(canvas);
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (box->look.text != NULL || box->look.icon != ICON_NONE) {
            check_box(canvas, tree, i, where);
            measured++;
        }
    }
    return measured;
}

static void on_all_screens(bool high_contrast)
{
    struct canvas canvas;
    if (canvas_open(&canvas)) {
        const struct exhibit_head *head = exhibit_head(player_exhibit(canvas.stand.player));
        for (size_t l = 0; l < head->language_count; l++) {
            stand_appear(&canvas.stand, head->languages[l], 100, high_contrast, false);
            for (size_t i = 0; i < sizeof screens / sizeof screens[0]; i++) {
                char where[120];
                snprintf(where, sizeof where, "%s in %s%s", screens[i], head->languages[l],
                    high_contrast ? ", high contrast" : "");
                CHECK(stand_at(&canvas.stand, screens[i]) != NULL);
                CHECK_THAT(check_screen(&canvas, where) > 2, "%s: nothing to measure", where);
            }
        }
    }
    canvas_close(&canvas);
}

static void in_the_paper_theme(void)
{
    on_all_screens(false);
}

static void in_high_contrast(void)
{
    on_all_screens(true);
}

/* ---- focus, press, highlight */

static int find_focused(const struct box_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        if ((tree->boxes[i].states & BOX_FOCUSED) != 0) {
            return (int)i;
        }
    }
    return -1;
}

/* The middle of each of the ring's four sides, against what lies just outside it and just inside it: whatever
 * it stands on, one of the two must differ. A link that runs over lines has a ring around each piece. */
static double ring_contrast(const struct canvas *canvas, const struct box_tree *tree, const struct box *box)
{
    int px = tree->focus_px;
    struct rect window = {0, 0, WINDOW.w, WINDOW.h};
    struct rect r = box->fragment_count > 0 ? box->fragments[0] : box->rect;
    r = rect_intersect(rect_inset(r, -2 * px, -2 * px), rect_intersect(box->clip, window));
    const struct point middle = {r.x + r.w / 2, r.y + r.h / 2};
    const struct point sides[] = {
        {middle.x, r.y}, {middle.x, r.y + r.h - 1}, {r.x, middle.y}, {r.x + r.w - 1, middle.y}};
    const struct point ways[] = {{0, 1}, {0, -1}, {1, 0}, {-1, 0}};
    double least = 21;
    for (size_t i = 0; i < 4; i++) {
        struct point out = {sides[i].x - 2 * ways[i].x, sides[i].y - 2 * ways[i].y},
                     in = {sides[i].x + (px + px / 2) * ways[i].x, sides[i].y + (px + px / 2) * ways[i].y};
        colour ring = pixel(canvas, sides[i].x, sides[i].y);
        double outside =
            rect_contains(window, out.x, out.y) ? colour_contrast(ring, pixel(canvas, out.x, out.y)) : 1;
        double inside = colour_contrast(ring, pixel(canvas, in.x, in.y));
        double best = outside > inside ? outside : inside;
        least = best < least ? best : least;
    }
    return least;
}

static void the_focus_ring_stands_out(void)
{
    for (int theme = 0; theme < 2; theme++) {
        struct canvas canvas;
        if (canvas_open(&canvas)) {
            stand_appear(&canvas.stand, "en", 100, theme == 1, false);
            for (size_t i = 1; i < sizeof screens / sizeof screens[0]; i++) { /* attract has no focus */
                stand_at(&canvas.stand, screens[i]);
                for (int step = 0; step < 12; step++) {
                    stand_key(&canvas.stand, KEY_RIGHT);
                    const struct box_tree *tree = player_tree(canvas.stand.player);
                    int focused = find_focused(tree);
                    CHECK_THAT(focused >= 0, "%s: no focus after %d keys", screens[i], step + 1);
                    if (focused >= 0) {
                        draw(&canvas);
                        double contrast = ring_contrast(&canvas, tree, &tree->boxes[focused]);
                        CHECK_THAT(contrast >= 3.0, "%s: the ring of %s has contrast %.2f", screens[i],
                            tree->boxes[focused].id, contrast);
                    }
                }
            }
        }
        canvas_close(&canvas);
    }
}

static void what_is_pressed_can_be_read(void)
{
    for (int theme = 0; theme < 2; theme++) {
        struct canvas canvas;
        if (canvas_open(&canvas)) {
            stand_appear(&canvas.stand, "en", 100, theme == 1, false);
            for (size_t i = 1; i < sizeof screens / sizeof screens[0]; i++) {
                const struct box_tree *tree = stand_at(&canvas.stand, screens[i]);
                for (size_t b = 0; b < tree->count && b < 400; b++) {
                    const struct box *box = &tree->boxes[b];
                    struct rect seen = rect_intersect(box->rect, box->clip);
                    bool button = box->role == BOX_BUTTON || box->role == BOX_TAB;
                    if (!button || rect_empty(seen) || seen.h < box->rect.h || is_covered(tree, b, seen)) {
                        continue;
                    }
                    struct player_event event = {.kind = PLAYER_FINGER_DOWN,
                        .finger = 1,
                        .x_win = seen.x + seen.w / 2.0,
                        .y_win = seen.y + seen.h / 2.0};
                    player_event(canvas.stand.player, &event, ++canvas.stand.now_ms);
                    player_update(canvas.stand.player, canvas.stand.now_ms);
                    draw(&canvas);
                    tree = player_tree(canvas.stand.player);
                    CHECK_THAT(
                        (tree->boxes[b].states & BOX_PRESSED) != 0, "%s is not pressed", tree->boxes[b].id);
                    check_box(&canvas, tree, b, "pressed");
                    event.kind = PLAYER_FINGERS_LOST;
                    player_event(canvas.stand.player, &event, ++canvas.stand.now_ms);
                    player_update(canvas.stand.player, canvas.stand.now_ms);
                    tree = player_tree(canvas.stand.player);
                }
            }
        }
        canvas_close(&canvas);
    }
}

/* Measures the lit paragraph with its links, wherever it stands on the screen; returns how many texts it has.
 */
static int check_lit(struct canvas *canvas, const char *where)
{
    const struct box_tree *tree = player_tree(canvas->stand.player);
    int texts = 0;
    draw(canvas);
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        bool lit = box->segment != NULL && (box->states & BOX_SELECTED) != 0;
        bool within = box->parent >= 0 && tree->boxes[box->parent].segment != NULL &&
                      (tree->boxes[box->parent].states & BOX_SELECTED) != 0;
        if ((lit || within) && box->look.text != NULL) {
            check_box(canvas, tree, i, where);
            texts++;
        }
    }
    return texts;
}

/* Every paragraph of the telegram, lit, in the text and beside the page. */
static void every_lit_paragraph_can_be_read(void)
{
    static const char *const ways[] = {"/text", "/parallel"};
    for (int theme = 0; theme < 2; theme++) {
        struct canvas canvas;
        if (!canvas_open(&canvas)) {
            break;
        }
        struct exhibit *exhibit = player_exhibit(canvas.stand.player);
        const struct exhibit_head *head = exhibit_head(exhibit);
        CHECK(exhibit_load_document(exhibit, head->home_document));
        const struct document *document = exhibit_find_document(exhibit, NULL);
        int paragraphs = 0;
        for (size_t l = 0; document != NULL && document->layer_count > 0 && l < head->language_count; l++) {
            const struct prose_text *text = &document->layers[0].text.texts[0];
            stand_appear(&canvas.stand, head->languages[l], 100, theme == 1, false);
            for (size_t b = 0; b < text->block_count; b++, paragraphs++) {
                char place[160], where[200];
                snprintf(place, sizeof place, "document:telegram%s#%s", ways[(b + l) % 2],
                    text->blocks[b].segment);
                snprintf(where, sizeof where, "%s in %s%s", place, head->languages[l],
                    theme == 1 ? ", high contrast" : "");
                CHECK(stand_at(&canvas.stand, place) != NULL);
                CHECK_THAT(check_lit(&canvas, where) > 0, "%s: nothing is lit", where);
            }
        }
        CHECK_THAT(paragraphs >= 40, "%d paragraphs", paragraphs);
        canvas_close(&canvas);
    }
}

/* A test that measures must be able to fail. */
static void too_little_contrast_is_seen(void)
{
    struct canvas canvas = {.pixels = calloc((size_t)WINDOW.w * (size_t)WINDOW.h, sizeof(uint32_t))};
    CHECK(canvas.pixels != NULL);
    for (int i = 0; canvas.pixels != NULL && i < WINDOW.w * WINDOW.h; i++) {
        canvas.pixels[i] = i % 7 == 0 ? 0x8A8578 : 0xF5F1E8; /* 3.3:1 */
    }
    struct sample sample = measure(&canvas, (struct rect){10, 10, 100, 100});
    CHECK_THAT(sample.contrast > 3.0 && sample.contrast < 3.6, "%.2f", sample.contrast);
    free(canvas.pixels);
}

int main(void)
{
    RUN(too_little_contrast_is_seen);
    RUN(in_the_paper_theme);
    RUN(in_high_contrast);
    RUN(the_focus_ring_stands_out);
    RUN(what_is_pressed_can_be_read);
    RUN(every_lit_paragraph_can_be_read);
    return check_report();
}
