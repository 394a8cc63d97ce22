/* What the site file says, where the player needs it. */
#include "internal.h"

#include <stdio.h>

struct view_display player_display(const struct player *player)
{
    const struct site_display *display = &player->site.display;
    return (struct view_display){
        .millimetres_per_px = site_millimetres_per_px(display, player->window),
        .distance_mm = display->distance_mm,
        .placed = display->placed,
        .floor_mm = display->floor_mm,
    };
}

void player_offer_languages(const struct player *player, struct exhibit *exhibit)
{
    const char *tags[SITE_LANGUAGES];
    for (int i = 0; i < player->site.language_count; i++) {
        tags[i] = player->site.languages[i];
    }
    if (player->site.language_count > 0 &&
        !exhibit_offer_languages(exhibit, tags, (size_t)player->site.language_count)) {
        log_write(player->log, LOG_WARNING,
            "the exhibit is in none of the languages of the site file: all of its own are offered");
    }
}

int player_idle_s(const struct player *player, const struct exhibit *exhibit)
{
    return player->site.idle_s > 0 ? player->site.idle_s : exhibit_head(exhibit)->idle_s;
}

int player_loudness(const struct player *player, int volume)
{
    int most = player->site.volume > 0 ? player->site.volume : 100;
    int percent = (volume * most + 50) / 100;
    return volume > 0 && percent < 1 ? 1 : percent;
}

bool player_open_trouble(struct player *player, const struct player_trouble *trouble, struct error *err)
{
    char words[PLAYER_PATH_MAX + 16];
    snprintf(words, sizeof words, "%s/interface", player->paths.assets);
    player->trouble = *trouble;
    player->trouble_view =
        (struct view_trouble){player->trouble.what, player->trouble.since, player->trouble.time};
    player->exhibit = exhibit_open_nothing(words, err);
    return player->exhibit != NULL;
}

const char *player_trouble_language(const struct player *player, const char *given)
{
    const struct site *site = &player->site;
    const char *first = given != NULL               ? given
                        : site->language[0] != '\0' ? site->language
                        : site->language_count > 0  ? site->languages[0]
                                                    : "en";
    const char *found = exhibit_find_language(player->exhibit, first);
    return found != NULL ? found : "en";
}
