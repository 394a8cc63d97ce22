/* Which exhibit is opened, and in which language. It may stand behind a link that is turned to another one
 * while a visitor is there: what is open stays open, by its own name, and the other one comes when the
 * visitor has gone. */
#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The command line's word goes before the site's, the site's before the exhibit's. A site's language that
 * this exhibit does not have is no reason not to play it. */
const char *opening_language(const struct player *player, const struct exhibit *exhibit)
{
    const char *given = player->given_language;
    if (player->trouble_view.what != NULL) {
        return player_trouble_language(player, given);
    }
    const char *sites =
        player->site.language[0] != '\0' ? exhibit_find_language(exhibit, player->site.language) : NULL;
    const char *first =
        given == NULL && sites != NULL ? sites : exhibit_choose_language(exhibit, given, NULL);
    /* An exhibit that came later may not have what was asked for when the first was opened. */
    return first != NULL ? first : exhibit_choose_language(exhibit, NULL, NULL);
}

/* Where a path leads now; what cannot be told is opened by its name, and says why it cannot be. NULL: no
 * memory. */
static char *resolve(const char *path)
{
    char *target = realpath(path, NULL);
    return target != NULL || errno == ENOMEM ? target : strdup(path);
}

/* A release that was mended has the name that it had, and is another folder. */
static uint64_t node_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? (uint64_t)status.st_ino : 0;
}

struct exhibit *opening_open(
    struct player *player, struct findings *findings, struct opened *opened, struct error *err)
{
    opened->path = resolve(player->exhibit_path);
    if (opened->path == NULL) {
        error_memory(err);
        return NULL;
    }
    opened->node = node_of(opened->path);
    struct exhibit *exhibit = exhibit_open(opened->path, findings, err);
    if (exhibit == NULL) {
        free(opened->path);
        *opened = (struct opened){.path = NULL};
    }
    return exhibit;
}

bool opening_first(struct player *player, const char *language, struct error *err)
{
    player->given_language = language != NULL ? strdup(language) : NULL;
    if (language != NULL && player->given_language == NULL) {
        return error_memory(err);
    }
    player->exhibit = opening_open(player, NULL, &player->opened, err);
    if (player->exhibit == NULL) {
        return false;
    }
    player_offer_languages(player, player->exhibit);
    return exhibit_choose_language(player->exhibit, language, err) != NULL;
}

static bool leads_elsewhere(const struct player *player, const struct opened *target)
{
    const struct opened *refused = &player->refused;
    bool is_open = target->path != NULL && strcmp(target->path, player->opened.path) == 0 &&
                   target->node == player->opened.node;
    return target->path != NULL && !is_open &&
           (refused->path == NULL || strcmp(target->path, refused->path) != 0 ||
               target->node != refused->node);
}

bool player_renew(struct player *player, int64_t now_ms)
{
    struct opened target = {.path = player_by_itself(player) ? realpath(player->exhibit_path, NULL) : NULL};
    bool renewed = false;
    target.node = target.path != NULL ? node_of(target.path) : 0;
    if (leads_elsewhere(player, &target)) {
        player->now_ms = now_ms;
        renewed = reload_other(player);
    }
    if (renewed) {
        player_reset(player, now_ms);
    } else if (leads_elsewhere(player, &target)) {
        free(player->refused.path); /* it is not tried again and again */
        player->refused = target;
        target.path = NULL;
    }
    free(target.path);
    return renewed;
}

const char *player_opened(const struct player *player)
{
    return player->opened.path;
}
