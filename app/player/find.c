/* The search screen's answers: the index is begun when the screen is first seen, and asked when the query or
 * the language is another. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_seen(const struct player *player)
{
    return player->visit.here.place.kind == PLACE_SEARCH;
}

#define STEADY_MS 300          /* what the index takes where all is to come at the same moment each time */
#define STEADY_WAIT_MS 3600000 /* ... in real time: it comes or memory is out */

/* Is the index there? */
static bool is_made(struct player *player)
{
    struct finding_state *find = &player->find;
    if (!player->steady) {
        return search_ready(find->search);
    }
    return find->search != NULL && player->now_ms >= find->began_ms + STEADY_MS &&
           search_wait(find->search, STEADY_WAIT_MS);
}

int64_t find_deadline(const struct player *player)
{
    const struct finding_state *find = &player->find;
    bool awaited = player->steady && is_seen(player) && find->search != NULL && !find->asked_ready;
    return awaited ? find->began_ms + STEADY_MS : INT64_MAX;
}

/* Once: keyboards that cannot be read are missed once. */
static void open_keyboards(struct player *player)
{
    struct finding_state *find = &player->find;
    const struct exhibit_head *head = exhibit_head(player->exhibit);
    char folder[PLAYER_PATH_MAX + 16];
    struct error err = {0};
    char text[900];
    if (find->opened) {
        return;
    }
    find->opened = true;
    snprintf(folder, sizeof folder, "%s/keyboards", player->paths.assets);
    find->keyboards = keyboards_open(folder, head->languages, head->language_count, &err);
    if (find->keyboards == NULL) {
        log_write(player->log, LOG_WARNING, "%s: no keyboard is shown", error_text(&err, text, sizeof text));
    }
}

static void begin(struct player *player)
{
    struct finding_state *find = &player->find;
    open_keyboards(player);
    if (find->search == NULL) {
        find->search = search_create(player->opened.path, player->wake, player->wake_context);
        find->began_ms = player->now_ms;
    }
    if (find->words == NULL) {
        find->words = calloc(SEARCH_SUGGESTIONS, sizeof *find->words);
    }
    if (find->search == NULL || find->words == NULL) {
        log_write(player->log, LOG_ERROR, "out of memory while searching");
    }
}

/* Words are picked in the keyboard's language, where it has them, or in the screen's. */
static const char *picking_language(const struct player *player)
{
    const struct keyboard *keyboard = view_keyboard(player->find.keyboards, &player->visit);
    bool chosen = player->visit.search.layout[0] != '\0' && keyboard != NULL && keyboard->words;
    return chosen ? player->visit.search.layout : player->visit.language;
}

static void ask(struct player *player)
{
    struct finding_state *find = &player->find;
    struct str query = str_from(player->visit.search.query);
    if (!search_find(find->search, query, player->visit.language, &find->results)) {
        log_write(player->log, LOG_ERROR, "out of memory while searching");
    }
    find->view.word_count =
        find->words != NULL
            ? search_suggest(find->search, query, picking_language(player), find->words, SEARCH_SUGGESTIONS)
            : 0;
}

void find_update(struct player *player)
{
    struct finding_state *find = &player->find;
    const struct visit *visit = &player->visit;
    char asked[sizeof find->asked];
    if (!is_seen(player)) {
        return;
    }
    begin(player);
    bool ready = is_made(player);
    snprintf(asked, sizeof asked, "%s|%s|%s", visit->language, visit->search.layout, visit->search.query);
    if (find->search != NULL && (ready != find->asked_ready || strcmp(asked, find->asked) != 0)) {
        ask(player);
        snprintf(find->asked, sizeof find->asked, "%s", asked);
        find->asked_ready = ready;
    }
    find->view.keyboards = find->keyboards;
    find->view.results = &find->results;
    find->view.words = find->words;
    find->view.ready = ready;
}

bool find_arrived(struct player *player)
{
    return is_seen(player) && !player->find.asked_ready && is_made(player);
}

bool find_ready(const struct player *player)
{
    return !is_seen(player) || player->find.search == NULL || player->find.asked_ready;
}

void find_forget(struct player *player)
{
    find_finish(player);
}

void find_finish(struct player *player)
{
    struct finding_state *find = &player->find;
    search_destroy(find->search);
    keyboards_destroy(find->keyboards);
    search_results_finish(&find->results);
    free(find->words);
    *find = (struct finding_state){.search = NULL};
}
