#include "screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define READY_MS 30000
#define APART_MS 1000 /* of virtual time, from one place to the next */

bool screens_open(struct screens *screens, const char *exhibit, const struct player_paths *paths,
    const struct screens_look *look, struct error *err)
{
    struct site site = {.idle_s = 0};
    *screens = (struct screens){.look = *look};
    if (look->site != NULL && !site_read(look->site, &site, NULL, err)) {
        return false;
    }
    struct player_options options = {
        .exhibit = exhibit, .paths = paths, .mode = MODE_KIOSK, .site = &site, .window = look->size};
    screens->player = player_create(&options, 0, err);
    return screens->player != NULL;
}

void screens_close(struct screens *screens)
{
    player_destroy(screens->player);
    *screens = (struct screens){0};
}

bool screens_show(struct screens *screens, const struct place *place, const char *language, struct error *err)
{
    struct player *player = screens->player;
    struct player_appearance appearance = {
        .language = language,
        .text_size = (int)strtol(screens->look.text_size, NULL, 10),
        .high_contrast = strcmp(screens->look.theme, "high-contrast") == 0,
        .low_reach = screens->look.low_reach,
    };
    screens->now_ms += APART_MS;
    player_reset(player, screens->now_ms);
    player_appear(player, &appearance, screens->now_ms);
    player_go(player, place, screens->now_ms);
    player_update(player, screens->now_ms);
    screens->now_ms += SCREENS_AFTER_MS;
    player_update(player, screens->now_ms);
    if (!player_wait_ready(player, READY_MS)) {
        char words[160];
        return error_set(err, ERROR_MACHINE, "the images of %s in %s were not read within %d seconds",
            place_format(place, words, sizeof words), language, READY_MS / 1000);
    }
    player_update(player, screens->now_ms);
    return true;
}

static bool is_told(const struct findings *findings, struct source_mark mark)
{
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct finding *known = findings_get(findings, i);
        if (known->severity == SEVERITY_ERROR && strcmp(known->file, mark.file) == 0 &&
            known->line == mark.line && known->column == mark.column) {
            return true;
        }
    }
    return false;
}

void screens_note_failures(const struct screens *screens, struct findings *findings)
{
    const char *id;
    int number;
    for (size_t n = 0; player_failed_page(screens->player, n, &id, &number); n++) {
        const struct document *document = exhibit_find_document(player_exhibit(screens->player), id);
        const struct page *page =
            document != NULL && (size_t)number < document->page_count ? &document->pages[number] : NULL;
        if (page != NULL && !is_told(findings, page->mark)) {
            findings_add(findings, FINDING_IMAGE_UNREADABLE, page->mark.file, page->mark.line,
                page->mark.column,
                "%.*s cannot be shown, or not whole, and what was drawn lacks it: look at it with  vitrine "
                "check",
                STR_ARGS(page->image_name));
        }
    }
}

const char *screens_first_language(const struct screens *screens, const char *asked, struct error *err)
{
    return asked != NULL ? exhibit_choose_language(player_exhibit(screens->player), asked, err)
                         : player_visit(screens->player)->language;
}

bool screens_place(struct exhibit *exhibit, const char *words, struct place *place, struct error *err)
{
    if (!place_parse(str_from(words), place)) {
        return error_set(err, ERROR_USAGE,
            "%s is no place: write home, scan, text, parallel, people ... or document:<id>, person:<id>, "
            "note:<id> ...",
            words);
    }
    return exhibit_has_place(exhibit, place) || error_set(err, ERROR_USAGE, "the exhibit has no %s", words);
}
