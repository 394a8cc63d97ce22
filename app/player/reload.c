/* The exhibit's files changed: read them anew and stay where the visitor is. With a mistake in them the last
 * sound exhibit stays, and the mistake stands on the screen until it is mended. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALL_DOCUMENTS 64 /* an exhibit of more is checked only where the visitor is */

static void set_mistake(struct player *player, const char *text)
{
    free(player->mistake);
    player->mistake = text != NULL ? strdup(text) : NULL;
    player->dirty = true;
}

static void describe(const struct findings *findings, char *text, size_t size)
{
    size_t count = findings_count(findings);
    for (size_t i = 0; i < count; i++) {
        const struct finding *f = findings_get(findings, i);
        if (f->severity == SEVERITY_ERROR) {
            snprintf(text, size, "%s:%d:%d: %s [VIT-%d]", f->file, f->line, f->column, f->message, f->code);
            return;
        }
    }
}

static bool read_all(struct player *player, struct exhibit *exhibit)
{
    const char *const *ids;
    size_t count = 0;
    struct place needs[NEEDS_MAX];
    size_t needed = visit_needs(&player->visit, needs);
    bool ok = exhibit_list_documents(exhibit, &ids, &count);
    for (size_t i = 0; ok && i < needed; i++) {
        ok = exhibit_load_for(exhibit, &needs[i]);
    }
    return ok && (count > ALL_DOCUMENTS || exhibit_load_all(exhibit));
}

static const char *same_language(const struct exhibit *exhibit, const char *language)
{
    const struct exhibit_head *head = exhibit_head(exhibit);
    for (size_t i = 0; i < head->language_count; i++) {
        if (strcmp(head->languages[i], language) == 0) {
            return head->languages[i];
        }
    }
    return head->language_count > 0 ? head->languages[0] : "en";
}

/* The visit lives on with the new exhibit, as far as it still has what the visitor was looking at. */
static void move_visit(struct player *player, struct exhibit *exhibit)
{
    struct visit *visit = &player->visit;
    const struct exhibit_head *head = exhibit_head(exhibit);
    player_offer_languages(player, exhibit);
    const char *language = same_language(exhibit, visit->language);
    visit->frame.exhibit = exhibit;
    visit->frame.language = same_language(exhibit, visit->frame.language);
    visit->frame.idle_s = player_idle_s(player, exhibit);
    if (strcmp(language, visit->language) != 0) {
        memset(visit->language, 0, sizeof visit->language);
        snprintf(visit->language, sizeof visit->language, "%s", language);
    }
    if (visit->tour.active && (size_t)visit->tour.step >= head->tour_count) {
        visit->tour.step = 0;
    }
    if (visit->here.panel.kind != PLACE_NONE && !exhibit_has_place(exhibit, &visit->here.panel)) {
        memset(&visit->here.panel, 0, sizeof visit->here.panel);
    }
    if (!player_by_itself(player) && !exhibit_has_place(exhibit, &visit->here.place)) {
        struct action home = action_make(ACTION_HOME, STR(""));
        visit_act(visit, &home, NULL, player->now_ms);
    }
}

/* Fonts too: one that could not be opened, or that was opened when memory was out, is tried anew. Where that
 * cannot be done either the old ones go on. */
static void renew_text(struct player *player)
{
    struct text *fresh = text_create(&player->assets.catalogue, NULL);
    if (fresh != NULL) {
        text_destroy(player->text);
        player->text = fresh;
        player->expected = 0;
        player->forget = true;
    }
}

static void swap(
    struct player *player, struct exhibit *exhibit, struct findings *findings, struct opened opened)
{
    struct exhibit *old = player->exhibit;
    struct findings *old_findings = player->findings;
    move_visit(player, exhibit);
    player->exhibit = exhibit;
    player->findings = findings;
    free(player->opened.path);
    player->opened = opened;
    player->loaded_count = 0;
    player->unread = false;
    find_forget(player);
    pages_refresh(&player->pages, exhibit);
    set_mistake(player, NULL);
    renew_text(player);
    player->assets.coast_read = player->assets.coast_read && player->assets.coast.line_count > 0;
    /* The tree still points into the old exhibit and its texts: no step of time may come between. */
    player->dirty = true;
    player_lay_out(player);
    player->tiles_changed = true;
    exhibit_destroy(old);
    findings_destroy(old_findings);
}

/* The exhibit as its files are now. NULL with the first mistake as text. */
static struct exhibit *read_anew(
    struct player *player, struct findings **findings, struct opened *opened, char *text, size_t size)
{
    struct error err = {0};
    snprintf(text, size, "out of memory while reading the exhibit");
    *opened = (struct opened){.path = NULL};
    *findings = findings_create();
    struct exhibit *exhibit = *findings != NULL ? opening_open(player, *findings, opened, &err) : NULL;
    if (exhibit != NULL && read_all(player, exhibit) && findings_errors(*findings) == 0) {
        return exhibit;
    }
    if (exhibit == NULL && *findings != NULL) {
        error_text(&err, text, (int)size);
    }
    if (*findings != NULL && findings_errors(*findings) > 0) {
        describe(*findings, text, size);
    }
    exhibit_destroy(exhibit);
    findings_destroy(*findings);
    free(opened->path);
    return NULL;
}

void reload(struct player *player)
{
    struct findings *findings;
    struct opened opened;
    char text[900];
    struct exhibit *exhibit = read_anew(player, &findings, &opened, text, sizeof text);
    if (exhibit != NULL) {
        swap(player, exhibit, findings, opened);
    } else {
        set_mistake(player, text);
    }
}

bool reload_other(struct player *player)
{
    struct findings *findings;
    struct opened opened;
    char text[900];
    struct exhibit *exhibit = read_anew(player, &findings, &opened, text, sizeof text);
    if (exhibit == NULL) {
        log_write(player->log, LOG_ERROR, "the new exhibit is not shown, the old one stays: %s", text);
        return false;
    }
    swap(player, exhibit, findings, opened);
    player->visit.frame.language = opening_language(player, exhibit);
    return true;
}
