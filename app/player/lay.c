/* What is on the screen: from the visit to the tree of boxes, and from its pages to the tiles that are
 * wanted. */
#include "internal.h"

#include <string.h>

#define SETTLE_MAX 4 /* a layout may show that another page is meant; that has an end */
#define UNDRAWN_MAX 32
#define AGAIN_MS 1000 /* memory that was out may be there again */

int player_units(const struct player *player, double units)
{
    int shorter = player->window.w < player->window.h ? player->window.w : player->window.h;
    return (int)(units * shorter / 135 + 0.5);
}

bool player_by_itself(const struct player *player)
{
    return player->visit.here.place.kind == PLACE_ATTRACT || player->visit.tour.by_itself;
}

static bool view_of(
    const struct player *player, const struct box_page *page, struct rect win, struct scan_view *view)
{
    *view = (struct scan_view){
        .page = pages_find(&player->pages, page->document, page->page),
        .camera = {page->x_page, page->y_page, page->scale, page->quarter_turns},
        .view_win = win,
    };
    return view->page >= 0;
}

size_t player_views(const struct player *player, struct scan_view *views, size_t capacity)
{
    size_t count = 0;
    for (size_t i = 0; i < player->tree.count && count < capacity; i++) {
        const struct box *box = &player->tree.boxes[i];
        bool seen = box->look.page != NULL && !rect_empty(rect_intersect(box->rect, box->clip));
        if (seen && view_of(player, box->look.page, box->rect, &views[count])) {
            count++;
        }
    }
    return count;
}

static struct view_input view_input(struct player *player)
{
    return (struct view_input){
        .exhibit = player->exhibit,
        .interface = player->interface,
        .text = player->text,
        .visit = &player->visit,
        .window = player->window,
        .now_ms = player->now_ms,
        .complete = player->complete,
        .pressed = player->input.pressed[0] != '\0' ? player->input.pressed : NULL,
        .coast = player->assets.coast.line_count > 0 ? &player->assets.coast : NULL,
        .pages = player->pages.sizes,
        .page_count = player->pages.count,
        .search = player->visit.here.place.kind == PLACE_SEARCH ? &player->find.view : NULL,
        .mistake = player->mistake,
        .display = player_display(player),
        .trouble = player->trouble_view.what != NULL ? &player->trouble_view : NULL,
        .closed = staff_dark(player),
        .staff = &player->staff_facts,
        .captions = speech_captions(player),
        .counts = player->observer.see != NULL,
        .caption = str_from(player->speech.captioned ? player->speech.caption : NULL),
        .caption_language = player->speech.caption_language,
    };
}

static void want_tiles(struct player *player)
{
    struct scan_view views[VIEWS_MAX], destination;
    struct view_input input = view_input(player);
    struct box_page page;
    size_t count = player_views(player, views, VIEWS_MAX), destinations = 0;
    if (view_destination(&input, &player->metrics, &page)) {
        int box = box_find(&player->tree, "page");
        struct rect win = box >= 0 ? player->tree.boxes[box].rect : (struct rect){0};
        destinations = box >= 0 && view_of(player, &page, win, &destination) ? 1 : 0;
    }
    scan_want(player->scan, views, count, &destination, destinations);
    /* What failed before it was seen is seen now. */
    player->dirty = pages_note_failures(&player->pages, views, count) || player->dirty;
}

void player_note_failures(struct player *player)
{
    struct scan_view views[VIEWS_MAX];
    size_t count = player_views(player, views, VIEWS_MAX);
    player->tiles_changed = true;
    player->dirty = pages_note_failures(&player->pages, views, count) || player->dirty;
}

static bool is_loaded(const struct player *player, const struct place *place)
{
    for (size_t i = 0; i < player->loaded_count; i++) {
        if (place_equal(place, &player->loaded[i])) {
            return true;
        }
    }
    return false;
}

/* Everything that the screen is about to show is read now: a screen never appears half. */
static bool load_needs(struct player *player)
{
    bool good = true;
    struct place needs[NEEDS_MAX];
    size_t count = visit_needs(&player->visit, needs);
    for (size_t i = 0; i < count; i++) {
        if (!is_loaded(player, &needs[i]) && !exhibit_load_for(player->exhibit, &needs[i])) {
            log_write(player->log, LOG_ERROR, "out of memory while reading the exhibit");
            good = false;
        }
        const struct document *document =
            needs[i].kind == PLACE_DOCUMENT ? exhibit_find_document(player->exhibit, needs[i].id) : NULL;
        if (document != NULL) {
            good =
                pages_need(&player->pages, player->exhibit, document, 0, player->log) &&
                pages_need(&player->pages, player->exhibit, document, player->visit.here.page, player->log) &&
                good;
        }
    }
    if (player->visit.here.place.kind == PLACE_PLACES &&
        !assets_open_coast(&player->assets, player->paths.assets, player->log)) {
        log_write(player->log, LOG_ERROR, "out of memory while reading the coast lines");
    }
    memcpy(player->loaded, needs, sizeof needs);
    player->loaded_count = count;
    const struct document *home = exhibit_find_document(player->exhibit, NULL);
    return (home == NULL || pages_need(&player->pages, player->exhibit, home, 0, player->log)) && good;
}

static bool build(struct player *player)
{
    struct view_input input = view_input(player);
    arena_reset(&player->arena);
    player->tree = (struct box_tree){.arena = &player->arena};
    /* Texts live through one advance without being asked for, so what was drawn last can be compared with
     * what is drawn next as long as there is one advance between two drawings. Who never draws cannot wait
     * for ever, though. */
    if (player->unbuilt) { /* what was drawn last may have been forgotten since */
        player->forget = true;
    }
    if (player->undrawn == 0 || player->undrawn > UNDRAWN_MAX) {
        player->forget = player->forget || player->undrawn > 0;
        text_advance(player->text);
    }
    bool whole = view_build(&input, &player->tree);
    whole = !text_refused(player->text) && whole;
    if (!whole) {
        log_write(player->log, LOG_ERROR, "out of memory while laying out a screen");
    }
    view_metrics(&player->tree, &input, &player->metrics);
    player->undrawn++;
    player->layouts++;
    return whole;
}

/* Is the tree of the visit as it is now? Equal visits are equal in memory; when a visitor was heard of last,
 * and what fades, is in no tree. */
static bool is_laid(struct player *player)
{
    struct visit *laid = &player->laid;
    laid->last_input_ms = player->visit.last_input_ms;
    laid->entered_ms = player->visit.entered_ms;
    laid->transition_ms = player->visit.transition_ms;
    laid->interrupted = player->visit.interrupted;
    return visit_same(laid, &player->visit) && strcmp(player->laid_pressed, player->input.pressed) == 0;
}

static void set_alarm(struct player *player)
{
    player->alarm_ms = staff_dark(player) ? INT64_MAX : visit_alarm(&player->visit, player->now_ms);
}

static void note_laid(struct player *player)
{
    visit_copy(&player->laid, &player->visit);
    memcpy(player->laid_pressed, player->input.pressed, sizeof player->laid_pressed);
    player->dirty = player->touched = false;
    set_alarm(player);
}

void player_lay_out(struct player *player)
{
    bool again = player->dirty;
    if (!again && player->touched) {
        again = !is_laid(player);
        player->touched = false;
        set_alarm(player);
    }
    if (!again) {
        return;
    }
    bool whole = true;
    for (int i = 0; again && i < SETTLE_MAX; i++) {
        player->unread = !load_needs(player) || player->unread;
        find_update(player);
        whole = build(player) && !player->unread;
        again = !player->complete && visit_settle(&player->visit, &player->metrics);
    }
    player->unbuilt = !whole;
    player->again_ms = player->now_ms + AGAIN_MS;
    note_laid(player);
    want_tiles(player);
}

void player_try_again(struct player *player)
{
    if (!player->unbuilt || player->now_ms < player->again_ms) {
        return;
    }
    player->dirty = true;
    if (player->unread) {
        reload(player);
    }
}

/* Decoding the first image takes longest of all that comes before the first frame: it is asked for before
 * anything else is read, and goes on beside the rest. */
void player_ask_early(struct player *player)
{
    player->unread = !load_needs(player);
    struct scan_view view = {.page = -1, .view_win = {0, 0, player->window.w, player->window.h}};
    if (player->pages.count > 0 && player->pages.entries[0]->handle >= 0) {
        view.page = player->pages.entries[0]->handle;
        struct size size = player->pages.sizes[0].size_img;
        view.camera =
            camera_clamp(camera_whole(), (struct camera_page){size.w, size.h}, player->window, 0, 0);
        scan_want(player->scan, &view, 1, NULL, 0);
    }
}
