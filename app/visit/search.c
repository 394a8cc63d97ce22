/* Searching: what is typed, on which keyboard, and where a hit leads. */
#include "visit_internal.h"

#include "base/utf8.h"

#include <string.h>

/* What was found is another list now. */
static void query_changed(struct visit *visit)
{
    memset(&visit->here.scroll[SCROLLER_MAIN], 0, sizeof visit->here.scroll[SCROLLER_MAIN]);
    memset(&visit->here.scroll[SCROLLER_SIDE], 0, sizeof visit->here.scroll[SCROLLER_SIDE]);
}

static bool is_here(const struct visit *visit)
{
    return visit->here.place.kind == PLACE_SEARCH && visit->here.panel.kind == PLACE_NONE;
}

static bool is_text(struct str text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7F) {
            return false;
        }
    }
    return utf8_check(text) == text.length;
}

void search_type(struct visit *visit, struct str key)
{
    struct visit_search *search = &visit->search;
    bool leading_space = str_equal_c(key, " ") && search->query[0] == '\0';
    if (is_here(visit) && is_text(key) && !leading_space &&
        compose_type(search->query, sizeof search->query, key)) {
        query_changed(visit);
    }
    search->shift = false;
}

void search_pick(struct visit *visit, struct str word)
{
    if (is_here(visit) && is_text(word) && word.length <= VISIT_QUERY_MAX) {
        visit_copy_text(visit->search.query, sizeof visit->search.query, word);
        query_changed(visit);
    }
}

void search_key(struct visit *visit, struct str what)
{
    struct visit_search *search = &visit->search;
    struct str tag = what, word = str_split(&tag, ' ');
    if (!is_here(visit)) {
        return;
    }
    if (str_equal_c(word, "erase")) {
        compose_erase(search->query, sizeof search->query);
        query_changed(visit);
    } else if (str_equal_c(word, "clear")) {
        memset(search->query, 0, sizeof search->query);
        query_changed(visit);
    } else if (str_equal_c(word, "space")) {
        search_type(visit, STR(" "));
    } else if (str_equal_c(word, "shift")) {
        search->shift = !search->shift;
    } else if (str_equal_c(word, "digits")) {
        search->digits = !search->digits;
        search->shift = false;
    } else if (str_equal_c(word, "hide")) {
        search->hidden = !search->hidden;
    } else if (str_equal_c(word, "layout") && tag.length > 0 && tag.length <= VISIT_LANGUAGE_MAX) {
        visit_copy_text(search->layout, sizeof search->layout, tag);
        search->shift = search->digits = false;
        memset(&visit->here.scroll[SCROLLER_SIDE], 0, sizeof visit->here.scroll[SCROLLER_SIDE]);
    }
}

/* The question that was found is open. */
static void open_question(struct visit *visit, struct str id)
{
    size_t count = 0;
    const struct question *questions = exhibit_questions(visit->frame.exhibit, &count);
    for (size_t i = 0; i < count && i < VISIT_QUESTIONS; i++) {
        if (str_equal_c(id, questions[i].id)) {
            visit->revealed |= UINT64_C(1) << i;
            visit_copy_text(visit->bring, sizeof visit->bring, id);
        }
    }
}

/* The text that it was found in is shown, unless it would be anyway. */
static void show_layer(struct visit *visit, struct str shows, int64_t now_ms)
{
    const struct document *document = visit_document(visit);
    struct visit_pane pane;
    if (document != NULL &&
        !(visit_default_pane(document, visit->language, &pane) && str_equal_c(shows, pane.shows))) {
        pane_choose(visit, STR("right"), shows, now_ms);
    }
}

void search_go(struct visit *visit, struct str target, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct str detail = target, words = str_split(&detail, ' ');
    struct place place;
    if (!place_parse(words, &place) || !go_to(visit, &place, false, metrics, now_ms) || detail.length == 0) {
        return;
    }
    if (visit->here.place.kind == PLACE_QUESTIONS) {
        open_question(visit, detail);
    } else if (visit->here.place.kind == PLACE_DOCUMENT) {
        show_layer(visit, detail, now_ms);
    }
}
