/* What the panes of a document show. */
#include "visit_internal.h"

#include <stdio.h>
#include <string.h>

/* The text of a layer in a language; one that is for every language fits any. */
static const struct prose_text *text_in(const struct layer *layer, const char *language)
{
    for (size_t i = 0; i < layer->text.count; i++) {
        const char *tag = layer->text.texts[i].language;
        if (tag == NULL || strcmp(tag, language) == 0) {
            return &layer->text.texts[i];
        }
    }
    return NULL;
}

static bool show(struct visit_pane *pane, const char *layer, const char *language)
{
    memset(pane, 0, sizeof *pane);
    snprintf(pane->shows, sizeof pane->shows, "%s.%s", layer, language);
    return true;
}

/* The first layer with a text in the language: what was written, then what was translated, then comments. */
static bool show_best(const struct document *document, const char *language, struct visit_pane *pane)
{
    for (int kind = LAYER_TRANSCRIPTION; kind <= LAYER_COMMENTARY; kind++) {
        for (size_t i = 0; i < document->layer_count; i++) {
            const struct layer *layer = &document->layers[i];
            if ((int)layer->kind == kind && text_in(layer, language) != NULL) {
                return show(pane, layer->id, language);
            }
        }
    }
    return false;
}

bool visit_default_pane(const struct document *document, const char *language, struct visit_pane *pane)
{
    if (show_best(document, language, pane) || show_best(document, "en", pane)) {
        return true;
    }
    for (size_t i = 0; i < document->layer_count; i++) {
        const struct layer *layer = &document->layers[i];
        if (layer->text.count != 0) {
            const char *tag = layer->text.texts[0].language;
            return show(pane, layer->id, tag != NULL ? tag : language);
        }
    }
    return false;
}

void visit_pane_shows(
    const struct visit *visit, const struct document *document, bool left, struct visit_pane *pane)
{
    const struct visit_pane *chosen = left ? &visit->here.left : &visit->here.right;
    memset(pane, 0, sizeof *pane);
    if (chosen->shows[0] != '\0') {
        memcpy(pane, chosen, sizeof *pane);
    } else if (left && document->page_count != 0) {
        visit_copy_text(pane->shows, sizeof pane->shows, STR("page"));
    } else {
        visit_default_pane(document, visit->language, pane);
    }
}

static bool can_show(const struct document *document, const char *shows)
{
    if (strcmp(shows, "page") == 0) {
        return document->page_count != 0;
    }
    const char *dot = strchr(shows, '.');
    for (size_t i = 0; dot != NULL && i < document->layer_count; i++) {
        const struct layer *layer = &document->layers[i];
        struct str id = {shows, (size_t)(dot - shows)};
        if (str_equal_c(id, layer->id)) {
            return text_in(layer, dot + 1) != NULL;
        }
    }
    return false;
}

/* The sides change places, and each keeps where it stood. */
static void swap_scrolls(struct visit *visit)
{
    struct visit_scroll *main = &visit->here.scroll[SCROLLER_MAIN],
                        *side = &visit->here.scroll[SCROLLER_SIDE];
    int item = main->item;
    double fraction = main->fraction;
    main->item = side->item;
    main->fraction = side->fraction;
    side->item = item;
    side->fraction = fraction;
}

void pane_choose(struct visit *visit, struct str side, struct str shows, int64_t now_ms)
{
    const struct document *document = visit_document(visit);
    bool left = str_equal_c(side, "left");
    struct visit_pane wanted = {{0}}, this_side, other_side;
    if (document == NULL || (!left && !str_equal_c(side, "right")) || shows.length >= sizeof wanted.shows) {
        return;
    }
    visit_copy_text(wanted.shows, sizeof wanted.shows, shows);
    if (!can_show(document, wanted.shows)) {
        return;
    }
    visit_pane_shows(visit, document, left, &this_side);
    visit_pane_shows(visit, document, !left, &other_side);
    if (strcmp(wanted.shows, other_side.shows) == 0) {
        /* Nobody wants the same thing twice: the sides change places. */
        memcpy(left ? &visit->here.right : &visit->here.left, &this_side, sizeof this_side);
        swap_scrolls(visit);
    }
    memcpy(left ? &visit->here.left : &visit->here.right, &wanted, sizeof wanted);
    visit_copy_text(visit->bring, sizeof visit->bring, str_from(visit->here.segment));
    visit_fade(visit, now_ms);
}
