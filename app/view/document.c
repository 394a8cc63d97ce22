/* The document itself: its page, its text, or both side by side, and the tabs that lead from one to another.
 */
#include "internal.h"

#include <string.h>

struct pane { /* one layer in one language */
    const struct layer *layer;
    const struct prose_text *text;
    const char *id; /* "text.left" or "text.right" */
    bool left;
    const struct page *beside; /* a page beside the text whose provenance does not stand whole under it */
};

/* ---- a layer as a region that scrolls, paragraph by paragraph */

static const char *pane_language(const struct view *v, const struct pane *pane)
{
    return pane->text->language != NULL ? pane->text->language : v->language;
}

static const char *segment_key(const struct view *v, int item, void *context)
{
    const struct pane *pane = context;
    (void)v;
    return item > 0 && (size_t)item <= pane->text->block_count ? pane->text->blocks[item - 1].segment : NULL;
}

static int put_pane_intro(struct view *v, int region, struct rect where, const struct pane *pane)
{
    struct rect inner = {where.x + px(v, 1.5), where.y, where.w - px(v, 3), 0};
    struct str note = exhibit_string_exact(&pane->layer->note, pane_language(v, pane));
    if (note.length > 0) {
        struct place_text text = {
            BOX_LABEL, STYLE_LABEL, note, v->theme.quiet, pane_language(v, pane), 0, TEXT_START, 0};
        inner.y +=
            box_height(v, put_text(v, region, inner, text, c_string(v, format(v, "%s.note", pane->id))));
    }
    inner.y += put_fallback(
        v, region, pane_language(v, pane), inner, c_string(v, format(v, "%s.fallback", pane->id)));
    return inner.y > where.y ? inner.y - where.y + px(v, 2) : 0;
}

/* The end of the text: where it comes from, in full; and where the page beside it does. */
static int put_sources(struct view *v, int region, struct rect where, const struct pane *pane)
{
    struct rect last = {where.x + px(v, 1.5), where.y + px(v, 2), where.w - px(v, 3), 0};
    last.y += put_provenance(v, region, &pane->layer->provenance, pane_language(v, pane), last,
        c_string(v, format(v, "%s.source", pane->id)));
    if (pane->beside != NULL) {
        struct place_text title = {
            BOX_LABEL, STYLE_LABEL, words(v, "pane.page"), COLOUR_NONE, NULL, TEXT_BOLD, TEXT_START, 0};
        last.y += px(v, 2);
        last.y +=
            box_height(v, put_text(v, region, last, title, c_string(v, format(v, "%s.page", pane->id))));
        last.y += put_provenance(v, region, &pane->beside->provenance, NULL, last,
            c_string(v, format(v, "%s.page.source", pane->id)));
    }
    return last.y - where.y;
}

static int put_segment(struct view *v, int region, int item, struct rect where, void *context)
{
    const struct pane *pane = context;
    if (item == 0) {
        return put_pane_intro(v, region, where, pane);
    }
    if ((size_t)item > pane->text->block_count) { /* where the text comes from, in full */
        return put_sources(v, region, where, pane);
    }
    bool typed = pane->layer->kind == LAYER_TRANSCRIPTION;
    struct place_prose how = {.style = typed ? STYLE_SOURCE : STYLE_BODY,
        .prefix = pane->id,
        .language = pane_language(v, pane),
        .segments = true};
    const struct block *block = &pane->text->blocks[item - 1];
    const struct block *next = (size_t)item < pane->text->block_count ? block + 1 : NULL;
    return put_block(v, region, block, where, &how) + block_gap(v, block, next, &how);
}

static bool find_pane(
    const struct view *v, const struct document *document, const char *shows, struct pane *pane)
{
    for (size_t i = 0; i < document->layer_count; i++) {
        const struct layer *layer = &document->layers[i];
        size_t length = strlen(layer->id);
        if (strncmp(shows, layer->id, length) != 0 || shows[length] != '.') {
            continue;
        }
        for (size_t t = 0; t < layer->text.count; t++) {
            const char *tag = layer->text.texts[t].language;
            if (tag == NULL || strcmp(tag, shows + length + 1) == 0) {
                pane->layer = layer;
                pane->text = &layer->text.texts[t];
                return true;
            }
        }
    }
    (void)v;
    return false;
}

static bool resolve_pane(
    const struct view *v, const struct document *document, const struct visit_pane *chosen, struct pane *pane)
{
    struct visit_pane standard = {0};
    if (chosen->shows[0] != '\0' && find_pane(v, document, chosen->shows, pane)) {
        return true;
    }
    return visit_default_pane(document, v->language, &standard) &&
           find_pane(v, document, standard.shows, pane);
}

static int put_pane_choice(struct view *v, int parent, struct rect where, struct str label, bool left)
{
    bool open = v->visit->menu == (left ? MENU_LEFT : MENU_RIGHT);
    struct place_button button = {.kind = BUTTON_PLAIN,
        .icon_after = ICON_CHEVRON_DOWN,
        .label = label,
        .style = STYLE_LABEL,
        .verb = ACTION_MENU,
        .argument = left ? STR("left") : STR("right"),
        .states = open ? BOX_EXPANDED : 0};
    button.name = words_with(v, "pane.choose", label, STR(""));
    int width = button_width(v, &button);
    width = width < where.w ? width : where.w;
    const char *id = left ? "pane.left.choose" : "pane.right.choose";
    return put_control(v, parent, (struct rect){where.x, where.y, width, v->target}, &button, id) ? v->target
                                                                                                  : 0;
}

static void put_text_pane(struct view *v, int parent, struct rect where, struct pane *pane)
{
    struct str language = interface_words(v->in->interface, pane_language(v, pane), "language.name");
    struct str label = words_with(v, "pane.layer", say(v, &pane->layer->title, NULL), language);
    int side = px(v, 3), measure = style_measure_in(v, STYLE_BODY, pane_language(v, pane), 66) + px(v, 3);
    int width = where.w - 2 * side < measure ? where.w - 2 * side : measure;
    int head = put_pane_choice(
        v, parent, (struct rect){where.x + side - px(v, 1), where.y, where.w - side, 0}, label, pane->left);
    struct rect line = {where.x + side + px(v, 1.5), where.y, width - px(v, 3), 0};
    int lines =
        v->scale < 1.3 ? 2 : 1; /* pinned: the text must have room; all of it stands at the text's end */
    size_t before = v->tree->count;
    int note = put_provenance_pinned(
        v, parent, &pane->layer->provenance, pane_language(v, pane), line, lines, "measure");
    box_truncate(v->tree, before);
    int foot = note > 0 ? note + px(v, 2) : 0;
    line.y = where.y + where.h - foot + px(v, 1);
    struct flow flow = {.scroller = pane->left ? SCROLLER_SIDE : SCROLLER_MAIN,
        .id = pane->id,
        .name = label,
        .count = (int)pane->text->block_count + 2,
        .put = put_segment,
        .key = segment_key,
        .context = pane,
        .pad_top = px(v, 1),
        .pad_bottom = px(v, 3),
        .pad_side = side,
        .max_width = width};
    put_flow(v, parent, (struct rect){where.x, where.y + head, where.w, where.h - head - foot}, &flow);
    put_provenance_pinned(v, parent, &pane->layer->provenance, pane_language(v, pane), line, lines,
        c_string(v, format(v, "%s.provenance", pane->id)));
}

/* ---- tabs */

static int put_view_tabs(struct view *v, const struct document *document, enum place_view view)
{
    static const struct {
        enum place_view view;
        const char *word, *key;
    } tabs[] = {{PLACE_SCAN, "scan", "view.scan"}, {PLACE_TEXT, "text", "view.text"},
        {PLACE_PARALLEL, "parallel", "view.parallel"}};
    struct rect area = v->area;
    int x = area.x + px(v, 1), placed = 0;
    int list = put_group(v, v->root, BOX_LIST, (struct rect){area.x, area.y, area.w, v->target + px(v, 1)},
        words(v, "view.tabs"), "views");
    for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++) {
        bool now = tabs[i].view == view;
        struct place_button button = {.kind = BUTTON_TAB,
            .label = words(v, tabs[i].key),
            .style = STYLE_LABEL,
            .verb = ACTION_GO,
            .argument = format(v, "document:%s/%s", document->id, tabs[i].word),
            .states = now ? BOX_SELECTED : 0};
        int width = button_width(v, &button);
        if (put_control(v, list, (struct rect){x, area.y, width, v->target}, &button,
                c_string(v, format(v, "view.%s", tabs[i].word)))) {
            if (now) {
                int rule = put_group(v, list, BOX_GROUP,
                    (struct rect){
                        x + px(v, 2), area.y + v->target - px(v, 0.5), width - px(v, 4), px(v, 0.5)},
                    STR(""), "view.rule");
                box_at(v, rule)->look.fill = v->theme.accent;
            }
            x += width;
            placed = v->target + px(v, 1);
        }
    }
    /* Beside the tabs whole or not at all; where they stand below, in low reach, it has lines of its own. */
    struct place_text title = {
        BOX_HEADING, STYLE_LABEL, say(v, &document->title, NULL), v->theme.quiet, NULL, 0, TEXT_END, 0};
    int left = x + v->gutter, right = area.x + area.w - v->margin / 2;
    const struct text_layout *line = lay(v, title.style, title.text, NULL, 0, 0, title.ink, TEXT_START, 1);
    struct text_metrics m = line != NULL ? text_measure(line) : (struct text_metrics){0};
    if (placed > 0 && m.width_px < right - left) {
        put_text(v, list, (struct rect){left, area.y + (v->target - m.height_px) / 2, right - left, 0}, title,
            "document.title");
    } else if (placed == 0) {
        title.align = TEXT_START;
        left = area.x + px(v, 3);
        placed = box_height(v, put_text(v, list, (struct rect){left, area.y + px(v, 1), right - left, 0},
                                   title, "document.title")) +
                 px(v, 2);
        box_at(v, list)->rect.h = placed;
    }
    return placed;
}

#define EXCERPT_BYTES 4000

/* A button shows the beginning of a paragraph; of one as long as a book nobody wants to hear all before
 * choosing it. */
static struct str beginning(struct str words)
{
    size_t end = words.length < EXCERPT_BYTES ? words.length : EXCERPT_BYTES;
    while (end < words.length && end > 0 && ((unsigned char)words.data[end] & 0xC0) == 0x80) {
        end--;
    }
    return str_slice(words, 0, end);
}

static void reach_segment(struct view *v, const struct pane *pane, size_t i)
{
    const struct block *block = &pane->text->blocks[i];
    struct place_button button = {.kind = BUTTON_OUTLINED,
        .label = beginning(prose_words(v, pane->text, i, 1)),
        .style = STYLE_LABEL,
        .verb = ACTION_SELECT,
        .argument = str_from(block->segment),
        .language = pane_language(v, pane),
        .excerpt_lines = 1,
        .states = strcmp(block->segment, v->visit->here.segment) == 0 ? BOX_SELECTED : 0};
    reach_add(v, &button, c_string(v, format(v, "reach.%s", block->segment)));
}

/* In low reach every paragraph that stands above, or near, can be chosen below. */
static void reach_segments(struct view *v, const struct pane *pane)
{
    int region = v->visit->low_reach ? box_find(v->tree, pane->id) : -1;
    const struct box_scroll *scroll = region >= 0 ? v->tree->boxes[region].scroll : NULL;
    for (int item = 0; scroll != NULL && item < scroll->count; item++) {
        int block = scroll->first + item - 1; /* the first item is what stands before the text */
        if (block >= 0 && (size_t)block < pane->text->block_count) {
            reach_segment(v, pane, (size_t)block);
        }
    }
}

/* Beside the page alone: every paragraph that has a place on it. */
static void reach_zones(struct view *v, const struct pane *pane, const struct page *page)
{
    for (size_t i = 0; v->visit->low_reach && page != NULL && i < pane->text->block_count; i++) {
        struct rectf zone;
        if (exhibit_segment_bounds(page, pane->text->blocks[i].segment, &zone)) {
            reach_segment(v, pane, i);
        }
    }
}

/* Beside a text a page keeps its room: what its provenance needs beyond so many lines stands at the text's
 * end. */
#define PAGE_LINES 3

/* `other`: the page in the other half, or NULL. */
static void put_side(struct view *v, const struct document *document, struct rect where, bool left,
    const struct pane *pane, const struct page *other)
{
    if (pane->text != NULL) {
        struct pane own = *pane;
        own.id = left ? "text.left" : "text";
        own.left = left;
        if (other != NULL &&
            !provenance_fits(v, &other->provenance, NULL, page_provenance_width(v, where.w), PAGE_LINES)) {
            own.beside = other;
        }
        put_text_pane(v, v->root, where, &own);
        return;
    }
    int head = left && document->layer_count > 0
                   ? put_pane_choice(v, v->root, (struct rect){where.x + px(v, 1), where.y, where.w, 0},
                         words(v, "pane.page"), left)
                   : 0;
    if (!left && document->layer_count > 0) {
        head = put_pane_choice(
            v, v->root, (struct rect){where.x + px(v, 1), where.y, where.w, 0}, words(v, "pane.page"), left);
    }
    put_page(v, v->root, document, (struct rect){where.x, where.y + head, where.w, where.h - head}, true,
        v->beside_panel ? 0 : PAGE_LINES);
}

static void put_parallel(struct view *v, const struct document *document, struct rect where)
{
    struct pane left = {.left = true}, right = {.left = false};
    const struct visit_stop *here = &v->visit->here;
    bool left_page =
        document->page_count > 0 && (here->left.shows[0] == '\0' || strcmp(here->left.shows, "page") == 0);
    bool right_page = document->page_count > 0 && strcmp(here->right.shows, "page") == 0 && !left_page;
    if (!left_page) {
        resolve_pane(v, document, &here->left, &left);
    }
    if (!right_page) {
        resolve_pane(v, document, &here->right, &right);
    }
    struct rect first = where, second = where;
    if (v->beside_panel) { /* the panel lies where the other half was */
        put_side(v, document, where, true, &left, NULL);
        return;
    }
    if (v->portrait) {
        first.h = where.h / 2;
        second.y += first.h;
        second.h -= first.h;
    } else {
        first.w = where.w / 2;
        second.x += first.w;
        second.w -= first.w;
    }
    put_side(v, document, first, true, &left, right_page ? page_now(v, document) : NULL);
    put_side(v, document, second, false, &right, left_page ? page_now(v, document) : NULL);
    if (right.text != NULL || left.text != NULL) {
        struct pane *chosen = right.text != NULL ? &right : &left;
        chosen->id = chosen == &left ? "text.left" : "text";
        reach_segments(v, chosen);
    }
    int rule = put_group(v, v->root, BOX_GROUP,
        v->portrait ? (struct rect){where.x, second.y, where.w, 1}
                    : (struct rect){second.x, where.y, 1, where.h},
        STR(""), "parallel.rule");
    box_at(v, rule)->look.fill = v->theme.outline;
}

void put_document(struct view *v, const struct document *document, enum place_view view)
{
    int head = put_view_tabs(v, document, view);
    struct rect where = {v->area.x, v->area.y + head, v->area.w, v->area.h - head};
    struct pane pane = {0};
    bool has_text = resolve_pane(v, document, &v->visit->here.right, &pane);
    if (view == PLACE_PARALLEL && v->visit->low_reach && v->scale > 1.3) {
        view = PLACE_TEXT; /* half of the upper part of the screen is too little for large type */
    }
    if (view == PLACE_PARALLEL && has_text) {
        put_parallel(v, document, where);
    } else if (view == PLACE_TEXT && has_text) {
        pane.id = "text";
        put_text_pane(v, v->root, where, &pane);
        reach_segments(v, &pane);
    } else {
        put_page(v, v->root, document, where, true, 0);
        if (has_text) {
            reach_zones(v, &pane, page_now(v, document));
        }
    }
}
