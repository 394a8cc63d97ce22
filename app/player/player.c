#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define VIEWS_MAX 16
#define TAKE_US 3000  /* for arrived tiles per frame while something moves */
#define EXPECT_MS 100 /* between two fonts that are read ahead */
#define SETTLE_MAX 4  /* a layout may show that another page is meant; that has an end */
#define UNDRAWN_MAX 32
#define GATHER_MS 50 /* tiles that come to a view that stands are drawn together: it takes from decoding */

int player_units(const struct player *player, double units)
{
    int shorter = player->window.w < player->window.h ? player->window.w : player->window.h;
    return (int)(units * shorter / 135 + 0.5);
}

bool player_by_itself(const struct player *player)
{
    return player->visit.here.place.kind == PLACE_ATTRACT || player->visit.tour.by_itself;
}

/* ---- pages on the screen */

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

static void note_failures(struct player *player)
{
    struct scan_view views[VIEWS_MAX];
    size_t count = player_views(player, views, VIEWS_MAX);
    player->tiles_changed = true;
    player->dirty = pages_note_failures(&player->pages, views, count) || player->dirty;
}

/* ---- layout */

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
static void load_needs(struct player *player)
{
    struct place needs[NEEDS_MAX];
    size_t count = visit_needs(&player->visit, needs);
    for (size_t i = 0; i < count; i++) {
        if (!is_loaded(player, &needs[i]) && !exhibit_load_for(player->exhibit, &needs[i])) {
            log_write(player->log, LOG_ERROR, "out of memory while reading the exhibit");
        }
        const struct document *document =
            needs[i].kind == PLACE_DOCUMENT ? exhibit_find_document(player->exhibit, needs[i].id) : NULL;
        if (document != NULL) {
            pages_need(&player->pages, player->exhibit, document, 0, player->log);
            pages_need(&player->pages, player->exhibit, document, player->visit.here.page, player->log);
        }
    }
    if (player->visit.here.place.kind == PLACE_PLACES &&
        !assets_open_coast(&player->assets, player->paths.assets, player->log)) {
        log_write(player->log, LOG_ERROR, "out of memory while reading the coast lines");
    }
    memcpy(player->loaded, needs, sizeof needs);
    player->loaded_count = count;
    const struct document *home = exhibit_find_document(player->exhibit, NULL);
    if (home != NULL) {
        pages_need(&player->pages, player->exhibit, home, 0, player->log);
    }
}

static void build(struct player *player)
{
    struct view_input input = view_input(player);
    arena_reset(&player->arena);
    player->tree = (struct box_tree){.arena = &player->arena};
    /* Texts live through one advance without being asked for, so what was drawn last can be compared with
     * what is drawn next as long as there is one advance between two drawings. Who never draws cannot wait
     * for ever, though. */
    if (player->undrawn == 0 || player->undrawn > UNDRAWN_MAX) {
        player->forget = player->forget || player->undrawn > 0;
        text_advance(player->text);
    }
    if (!view_build(&input, &player->tree)) {
        log_write(player->log, LOG_ERROR, "out of memory while laying out a screen");
    }
    view_metrics(&player->tree, &input, &player->metrics);
    player->undrawn++;
    player->layouts++;
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
    /* visit_init() writes every byte of it. NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
    return memcmp(laid, &player->visit, sizeof *laid) == 0 &&
           strcmp(player->laid_pressed, player->input.pressed) == 0;
}

static void set_alarm(struct player *player)
{
    player->alarm_ms = staff_dark(player) ? INT64_MAX : visit_alarm(&player->visit, player->now_ms);
}

static void note_laid(struct player *player)
{
    memcpy(&player->laid, &player->visit, sizeof player->laid);
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
    for (int i = 0; again && i < SETTLE_MAX; i++) {
        load_needs(player);
        find_update(player);
        build(player);
        again = !player->complete && visit_settle(&player->visit, &player->metrics);
    }
    note_laid(player);
    want_tiles(player);
}

/* ---- life */

static bool open_parts(struct player *player, const struct player_options *options, struct error *err)
{
    struct scan_options scan = {
        .decoder_path = player->paths.decoder,
        .source = options->source,
        .wake = options->wake,
        .wake_context = options->wake_context,
        .log = options->log,
    };
    player->scan = scan_create(&scan, err);
    player->pages.scan = player->scan;
    if (player->scan == NULL) {
        return false;
    }
    return options->trouble != NULL ? player_open_trouble(player, options->trouble, err)
                                    : opening_first(player, options->language, err);
}

static bool open_words(struct player *player, struct error *err)
{
    char words[PLAYER_PATH_MAX + 16];
    snprintf(words, sizeof words, "%s/interface", player->paths.assets);
    player->interface = interface_open(words, err);
    if (player->interface == NULL || !assets_open(&player->assets, player->paths.assets, err)) {
        return false;
    }
    player->text = text_create(&player->assets.catalogue, err);
    player->paint = player->text != NULL ? paint_create(err) : NULL;
    return player->paint != NULL;
}

static struct visit_frame frame_of(const struct player *player, const struct player_options *options)
{
    return (struct visit_frame){
        .exhibit = player->exhibit,
        .mode = options->mode,
        .language = opening_language(player, player->exhibit),
        .idle_s = options->trouble != NULL ? 0 : player_idle_s(player, player->exhibit),
        .reduced_motion = options->reduced_motion || player->site.reduced_motion,
        .text_size = options->mode == MODE_CLASSROOM ? 125 : 100,
        .staff = options->staff != NULL,
    };
}

/* Decoding the first image takes longest of all that comes before the first frame: it is asked for before
 * anything else is read, and goes on beside the rest. */
static void ask_early(struct player *player)
{
    load_needs(player);
    struct scan_view view = {.page = -1, .view_win = {0, 0, player->window.w, player->window.h}};
    if (player->pages.count > 0 && player->pages.entries[0]->handle >= 0) {
        view.page = player->pages.entries[0]->handle;
        struct size size = player->pages.sizes[0].size_img;
        view.camera =
            camera_clamp(camera_whole(), (struct camera_page){size.w, size.h}, player->window, 0, 0);
        scan_want(player->scan, &view, 1, NULL, 0);
    }
}

struct player *player_create(const struct player_options *options, int64_t now_ms, struct error *err)
{
    struct player *player = calloc(1, sizeof *player);
    if (player == NULL) {
        error_memory(err);
        return NULL;
    }
    player->paths = *options->paths;
    player->log = options->log;
    player->staff = options->staff;
    player->wake = options->wake;
    player->wake_context = options->wake_context;
    player->window = options->window;
    player->observer = options->observer;
    player->steady = options->source != NULL;
    if (options->site != NULL) {
        player->site = *options->site;
    }
    player->now_ms = now_ms;
    player->exhibit_path = strdup(options->exhibit != NULL ? options->exhibit : "");
    bool ok = player->exhibit_path != NULL || error_memory(err);
    ok = ok && speech_open(&player->speech, options, err);
    ok = ok && open_parts(player, options, err);
    if (ok) {
        struct visit_frame frame = frame_of(player, options);
        visit_init(&player->visit, &frame, now_ms);
        if (options->trouble != NULL) {
            visit_go(&player->visit, &(struct place){.kind = PLACE_HOME}, NULL, now_ms);
        }
        ask_early(player);
    }
    if (!ok || !open_words(player, err)) {
        player_destroy(player);
        return NULL;
    }
    input_init(player);
    player->dirty = true;
    player->alarm_ms = now_ms;
    return player;
}

void player_destroy(struct player *player)
{
    if (player == NULL) {
        return;
    }
    find_finish(player);
    speech_finish(&player->speech);
    fade_end(&player->fade);
    pages_finish(&player->pages);
    scan_destroy(player->scan);
    paint_destroy(player->paint);
    text_destroy(player->text);
    interface_destroy(player->interface);
    exhibit_destroy(player->exhibit);
    findings_destroy(player->findings);
    assets_finish(&player->assets);
    arena_finish(&player->arena);
    free(player->mistake);
    free(player->exhibit_path);
    free(player->opened.path);
    free(player->refused.path);
    free(player->given_language);
    free(player);
}

/* ---- time */

static void tick(struct player *player)
{
    if (staff_dark(player)) { /* time stands still until it opens */
        return;
    }
    visit_tick(&player->visit, &player->metrics, player->now_ms);
    player->touched = true;
    player->dirty = player->dirty || player->now_ms >= player->alarm_ms;
}

/* Late tiles appear gradually, and the picture goes on changing until they have. */
static void fade_tiles(struct player *player)
{
    if (scan_fade(player->scan, player->now_ms, !player->visit.reduced_motion)) {
        player->tiles_changed = true;
    }
}

static void take_tiles(struct player *player)
{
    bool moving = visit_moving(&player->visit, player->now_ms);
    if (scan_take(player->scan, moving ? TAKE_US : 0)) {
        note_failures(player);
    }
}

static bool expects_fonts(const struct player *player)
{
    return player->drawn && player->expected < 2 * exhibit_head(player->exhibit)->language_count * TEXT_FACES;
}

/* The large fonts of the exhibit's languages are read ahead when the first screen stands and nothing moves, a
 * part with each update, and then opened in the same order, so that no frame waits for them when a visitor
 * changes the language. */
static void expect_fonts(struct player *player)
{
    const struct exhibit_head *head = exhibit_head(player->exhibit);
    size_t all = head->language_count * TEXT_FACES;
    bool more = player_moving(player, player->now_ms) || player->now_ms < player->expect_ms;
    if (!more) {
        player->expect_ms = player->now_ms + EXPECT_MS;
    }
    while (!more && expects_fonts(player)) {
        size_t now = player->expected % all;
        more = text_expect(player->text, (enum text_face)(now % TEXT_FACES),
            head->languages[now / TEXT_FACES], player->expected >= all);
        player->expected += more ? 0 : 1;
    }
}

static bool tiles_due(const struct player *player, int64_t now_ms)
{
    return player->tiles_changed &&
           (player_moving(player, now_ms) || player_ready(player) || now_ms - player->drawn_ms >= GATHER_MS);
}

bool player_update(struct player *player, int64_t now_ms)
{
    player->now_ms = now_ms;
    input_tick(player);
    tick(player);
    fade_tiles(player);
    take_tiles(player);
    player->dirty = player->dirty || find_arrived(player);
    staff_serve(player);
    player_lay_out(player);
    speech_update(player);
    observe(player);
    expect_fonts(player);
    return player->undrawn > 0 || tiles_due(player, now_ms) || fade_runs(&player->fade);
}

bool player_moving(const struct player *player, int64_t now_ms)
{
    return fade_runs(&player->fade) || scan_fading(player->scan) ||
           (!staff_dark(player) && visit_moving(&player->visit, now_ms));
}

int64_t player_deadline(const struct player *player, int64_t now_ms)
{
    if (player->dirty || player->touched || player->undrawn > 0 || tiles_due(player, now_ms) ||
        player_moving(player, now_ms)) {
        return now_ms;
    }
    int64_t finger = gesture_deadline(&player->input.gesture);
    int64_t next = player->alarm_ms < finger ? player->alarm_ms : finger;
    int64_t speech = speech_deadline(player);
    int64_t index = find_deadline(player);
    next = speech < next ? speech : next;
    next = index < next ? index : next;
    if (expects_fonts(player) && next > player->expect_ms) {
        next = player->expect_ms;
    }
    if (player->tiles_changed && player->drawn_ms + GATHER_MS < next) {
        next = player->drawn_ms + GATHER_MS;
    }
    return next > now_ms ? next : now_ms;
}

/* ---- readiness */

static bool is_sharp(const struct player *player)
{
    struct scan_view views[VIEWS_MAX];
    size_t count = player_views(player, views, VIEWS_MAX);
    for (size_t i = 0; i < count; i++) {
        enum scan_state state = scan_view_state(player->scan, &views[i]);
        if (state != SCAN_SHARP && state != SCAN_FAILED) {
            return false;
        }
    }
    return !player->dirty && !player->touched && find_ready(player);
}

bool player_ready(const struct player *player)
{
    return is_sharp(player) && !scan_fading(player->scan);
}

bool player_coarse(const struct player *player)
{
    struct scan_view views[VIEWS_MAX];
    size_t count = player_views(player, views, VIEWS_MAX);
    for (size_t i = 0; i < count; i++) {
        if (scan_view_state(player->scan, &views[i]) == SCAN_LOADING) {
            return false;
        }
    }
    return !player->dirty && !player->touched;
}

static int64_t real_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool player_wait_ready(struct player *player, int64_t timeout_ms)
{
    int64_t end = real_ms() + timeout_ms;
    player_update(player, player->now_ms);
    while (!is_sharp(player)) {
        int64_t left = end - real_ms();
        if (left <= 0) {
            return false;
        }
        if (find_ready(player)) {
            scan_wait(player->scan, left);
            note_failures(player); /* scan_wait() has taken what came */
        } else {
            search_wait(player->find.search, left);
        }
        player_update(player, player->now_ms);
    }
    if (scan_fade(player->scan, player->now_ms, false)) { /* time stands still here */
        player->tiles_changed = true;
    }
    return true;
}

/* ---- what others tell */

void player_act(struct player *player, enum action_verb verb, struct str argument)
{
    struct action action = action_make(verb, argument);
    struct place place;
    if (verb == ACTION_FIND && place_parse(str_split(&argument, ' '), &place)) {
        exhibit_load_for(player->exhibit, &place); /* where in it was found can only be looked up there */
    }
    visit_act(&player->visit, &action, &player->metrics, player->now_ms);
    observe_act(player, verb);
    player->dirty = true;
}

void player_act_box(struct player *player, int box)
{
    const struct box_action *action = &player->tree.boxes[box].action;
    if (action->verb > ACTION_NONE && action->verb < ACTION_VERBS) {
        player_act(player, (enum action_verb)action->verb, action->argument);
    }
}

void player_go(struct player *player, const struct place *place, int64_t now_ms)
{
    player->now_ms = now_ms;
    exhibit_load_for(player->exhibit, place); /* what is loaded is known to exist or not */
    visit_go(&player->visit, place, &player->metrics, now_ms);
    player->dirty = true;
}

void player_look(struct player *player, struct camera camera, int64_t duration_ms, int64_t now_ms)
{
    player->now_ms = now_ms;
    player_lay_out(player);
    camera.quarter_turns = player->visit.here.camera.quarter_turns;
    visit_look(&player->visit, camera, duration_ms, &player->metrics, now_ms);
    player->dirty = true;
}

void player_appear(struct player *player, const struct player_appearance *appearance, int64_t now_ms)
{
    struct visit *visit = &player->visit;
    player->now_ms = now_ms;
    if (appearance->language != NULL) {
        memset(visit->language, 0, sizeof visit->language);
        snprintf(visit->language, sizeof visit->language, "%s", appearance->language);
    }
    visit->text_size = appearance->text_size != 0 ? appearance->text_size : visit->text_size;
    visit->high_contrast = appearance->high_contrast;
    visit->low_reach = appearance->low_reach;
    player->dirty = true;
}

void player_complete(struct player *player, bool complete)
{
    player->dirty = player->dirty || player->complete != complete;
    player->complete = complete;
}

bool player_event(struct player *player, const struct player_event *event, int64_t now_ms)
{
    player->now_ms = now_ms;
    if (staff_knock(player, event)) {
        return false;
    }
    if (staff_dark(player) && event->kind != PLAYER_RESIZE && event->kind != PLAYER_RELOAD) {
        return false;
    }
    if (event->kind == PLAYER_RELOAD) {
        reload(player);
        return false;
    }
    bool begins = event->kind == PLAYER_FINGER_DOWN || event->kind == PLAYER_WHEEL ||
                  (event->kind == PLAYER_KEY && event->key != KEY_NONE);
    if (begins && !visit_locked(&player->visit, now_ms)) {
        speech_hush(player);
    }
    bool leaves = input_event(player, event);
    observe(player);
    return leaves;
}
