/* The player's life and its time. What it does with an event, a moment or a mistake is told in the other
 * files. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAKE_US 3000  /* for arrived tiles per frame while something moves */
#define EXPECT_MS 100 /* between two fonts that are read ahead */
#define GATHER_MS 50  /* tiles that come to a view that stands are drawn together: it takes from decoding */

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
        .no_shortcuts = player->site.keypad.no_shortcuts,
        .text_size = options->mode == MODE_CLASSROOM ? 125 : 100,
        .staff = options->staff != NULL,
    };
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
        player_ask_early(player);
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
        player_note_failures(player);
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
    player_try_again(player);
    player_lay_out(player);
    speech_update(player);
    observe(player);
    expect_fonts(player);
    return !player->unbuilt && (player->undrawn > 0 || tiles_due(player, now_ms) || fade_runs(&player->fade));
}

bool player_moving(const struct player *player, int64_t now_ms)
{
    return fade_runs(&player->fade) || scan_fading(player->scan) ||
           (!staff_dark(player) && visit_moving(&player->visit, now_ms));
}

int64_t player_deadline(const struct player *player, int64_t now_ms)
{
    if (player->unbuilt) {
        return player->again_ms > now_ms ? player->again_ms : now_ms;
    }
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

/* ---- events */

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
