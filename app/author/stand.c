#include "stand.h"

#include "places.h"
#include "text/text.h"
#include "view/view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TARGET_MM 20.0
#define STEP_MS 1000    /* of virtual time, from one screen to the next */
#define ROUNDING_MM 0.3 /* what a whole pixel may lack */

/* The worst that was met on one screen. */
struct worst {
    double value; /* in the finding's own measure */
    bool met;
    char box[128], language[40];
};

enum { TARGET, TEXT, REACH, ROOM, MEASURES };

struct measuring {
    struct player *player;
    const struct site *site;
    double mm; /* of a pixel */
    struct size size;
    int64_t now_ms;
    struct worst worst[MEASURES];
    const char *language;
};

/* `worse` says how much a value lacks: the larger, the worse. */
static void note(struct measuring *m, int what, const struct box *box, double value, bool worse)
{
    struct worst *worst = &m->worst[what];
    if (!worst->met || worse) {
        worst->met = true;
        worst->value = value;
        snprintf(worst->box, sizeof worst->box, "%s", box->id);
        snprintf(worst->language, sizeof worst->language, "%s", m->language);
    }
}

/* A control of its own. A link in a line of text, a line of the page and a paragraph have their size from the
 * text, and each of them leads where a larger control leads too. */
static bool is_control(const struct box *box)
{
    return box->action.verb != 0 &&
           (box->role == BOX_BUTTON || box->role == BOX_TAB || box->role == BOX_ITEM ||
               (box->role == BOX_LINK && box->fragment_count == 0));
}

static void measure_target(struct measuring *m, const struct box *box)
{
    double side = (box->rect.w < box->rect.h ? box->rect.w : box->rect.h) * m->mm;
    if (side < TARGET_MM - ROUNDING_MM) {
        note(m, TARGET, box, side, side < m->worst[TARGET].value);
    }
}

static double degrees_of(const struct measuring *m, double height_px)
{
    return 2 * atan(height_px * m->mm / 2 / m->site->display.distance_mm) * 180 / 3.14159265358979323846;
}

static void measure_text(struct measuring *m, const struct box *box)
{
    double degrees = degrees_of(m, text_measure(box->look.text).cap_px);
    if (degrees < 0.695) {
        note(m, TEXT, box, degrees, degrees < m->worst[TEXT].value);
    }
}

static bool within(const struct box *box, int top, int bottom)
{
    struct rect seen = rect_intersect(box->rect, box->clip);
    return !rect_empty(seen) && seen.y >= top - 1 && seen.y + seen.h <= bottom + 1;
}

/* A card that stands higher has its like below, perhaps a little way to scroll. */
static bool has_like(const struct box_tree *tree, const struct box *box, int top, int bottom)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *other = &tree->boxes[i];
        bool lists =
            other->role == BOX_REGION && strcmp(other->id, "reach") == 0 && within(other, top, bottom);
        bool same = other != box && other->action.verb == box->action.verb &&
                    str_equal(other->action.argument, box->action.argument);
        if ((same && within(other, top, bottom)) || lists) {
            return true;
        }
    }
    return false;
}

static void measure_reach(
    struct measuring *m, const struct box_tree *tree, const struct box *box, int top, int bottom)
{
    struct rect seen = rect_intersect(box->rect, box->clip);
    int over = top - seen.y, under = seen.y + seen.h - bottom;
    if (!rect_empty(seen) && (over > 1 || under > 1) && !has_like(tree, box, top, bottom)) {
        double edge = over > under ? seen.y : seen.y + seen.h;
        double height = m->site->display.floor_mm + (m->size.h - edge) * m->mm;
        note(m, REACH, box, height, fabs(height - 800) > fabs(m->worst[REACH].value - 800));
    }
}

/* What does not scroll must lie in the window. */
static void measure_room(struct measuring *m, const struct box *box)
{
    struct rect window = {0, 0, m->size.w, m->size.h};
    int over = box->rect.y + box->rect.h - m->size.h;
    over = over > -box->rect.y ? over : -box->rect.y;
    bool fixed = box->clip.w == window.w && box->clip.h == window.h;
    if (fixed && over > 1 && box->look.text != NULL) {
        note(m, ROOM, box, over * m->mm, over * m->mm > m->worst[ROOM].value);
    }
}

static void show(struct measuring *m, const struct place *place, bool low_reach)
{
    struct player_appearance appearance = {.language = m->language, .text_size = 100, .low_reach = low_reach};
    m->now_ms += STEP_MS;
    player_complete(m->player, !low_reach);
    player_reset(m->player, m->now_ms);
    player_appear(m->player, &appearance, m->now_ms);
    player_go(m->player, place, m->now_ms);
    player_update(m->player, m->now_ms);
    m->now_ms += STEP_MS;
    player_update(m->player, m->now_ms);
}

static void measure(struct measuring *m, const struct place *place)
{
    show(m, place, false);
    const struct box_tree *tree = player_tree(m->player);
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (is_control(box)) {
            measure_target(m, box);
        }
        if (box->look.text != NULL && m->site->display.distance_mm > 0) {
            measure_text(m, box);
        }
        measure_room(m, box);
    }
    if (!m->site->display.placed || place->kind == PLACE_ATTRACT) {
        return; /* attract is begun by touching it anywhere, or by any key */
    }
    struct view_display display = {
        .millimetres_per_px = m->mm, .placed = true, .floor_mm = m->site->display.floor_mm};
    int top, bottom;
    view_reach(&display, m->size.h, &top, &bottom);
    show(m, place, true);
    tree = player_tree(m->player);
    for (size_t i = 0; i < tree->count; i++) {
        if (is_control(&tree->boxes[i])) {
            measure_reach(m, tree, &tree->boxes[i], top, bottom);
        }
    }
}

static void report(
    const struct measuring *m, const struct place *place, const char *file, struct findings *findings)
{
    static const struct {
        enum finding_code code;
        const char *format; /* screen, language, box, value */
    } kinds[MEASURES] = {
        [TARGET] = {FINDING_STAND_TARGET, "%s, in %s: the control %s is %.1f mm wide or high, and 20 mm are "
                                          "wanted: use a larger display, or let "
                                          "it show fewer pixels"},
        [TEXT] = {FINDING_STAND_TEXT, "%s, in %s: a capital H of %s is seen under %.2f degrees, and 0.7 are "
                                      "wanted: use a larger display, or "
                                      "let visitors stand nearer"},
        [REACH] = {FINDING_STAND_REACH, "%s, in %s: in low reach the control %s stands %.0f mm above the "
                                        "floor, and from 380 to 1220 mm can be "
                                        "reached: hang the display so that they lie on it"},
        [ROOM] = {FINDING_STAND_ROOM, "%s, in %s: %s reaches %.0f mm over the edge, because its text must be "
                                      "so large: use a larger display, "
                                      "let visitors stand nearer, or shorten the text"},
    };
    char words[160];
    place_format(place, words, sizeof words);
    for (int i = 0; i < MEASURES; i++) {
        const struct worst *worst = &m->worst[i];
        if (worst->met) {
            findings_add(findings, kinds[i].code, file, m->site->display.line, m->site->display.column,
                kinds[i].format, words, worst->language, worst->box, worst->value);
        }
    }
}

bool stand_check(const char *path, struct exhibit *exhibit, const struct player_paths *paths,
    const struct site *site, struct size size, const char *file, struct findings *findings, struct error *err)
{
    struct measuring m = {.site = site, .size = size, .mm = site_millimetres_per_px(&site->display, size)};
    struct places list = {0};
    if (m.mm <= 0) {
        return true;
    }
    struct player_options options = {
        .exhibit = path, .paths = paths, .mode = MODE_KIOSK, .site = site, .window = size};
    m.player = player_create(&options, 0, err);
    bool ok = m.player != NULL && (places_list(exhibit, &list) || error_memory(err));
    const struct exhibit_head *head = ok ? exhibit_head(player_exhibit(m.player)) : NULL;
    for (size_t i = 0; ok && i < list.count; i++) {
        memset(m.worst, 0, sizeof m.worst);
        for (size_t l = 0; l < head->language_count; l++) {
            m.language = head->languages[l];
            measure(&m, &list.items[i]);
        }
        report(&m, &list.items[i], file, findings);
    }
    player_destroy(m.player);
    places_finish(&list);
    return ok;
}
