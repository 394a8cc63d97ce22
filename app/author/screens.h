/* Screens without a display: a player on a virtual clock, for render and describe. Every place is shown as a
 * fresh visit would see it SCREENS_AFTER_MS after it came there. */
#ifndef AUTHOR_SCREENS_H
#define AUTHOR_SCREENS_H

#include "author/options.h"
#include "tools.h"

#define SCREENS_AFTER_MS 2000 /* flights and fades are over */

struct screens_look { /* how the screens are to look: the options that render and describe share */
    struct size size;
    const char *theme, *text_size;
    const char *site; /* a site file, or NULL */
    bool low_reach;
};

#define SCREENS_LOOK_OPTIONS(look)                                                                           \
    {"--size", OPTION_SIZE, &(look)->size, NULL},                                                            \
        {"--theme", OPTION_TEXT, &(look)->theme, "paper high-contrast"},                                     \
        {"--text-size", OPTION_TEXT, &(look)->text_size, "100 125 150 200"},                                 \
        {"--site", OPTION_TEXT, &(look)->site, NULL},                                                        \
    {                                                                                                        \
        "--low-reach", OPTION_FLAG, &(look)->low_reach, NULL                                                 \
    }
#define SCREENS_LOOK_DEFAULT                                                                                 \
    ((struct screens_look){.size = {1920, 1080}, .theme = "paper", .text_size = "100"})

struct screens {
    struct player *player;
    struct screens_look look;
    int64_t now_ms;
};

/* Opens a player for an exhibit. False with *err. */
bool screens_open(struct screens *screens, const char *exhibit, const struct player_paths *paths,
    const struct screens_look *look, struct error *err);
void screens_close(struct screens *screens);

/* Goes to a place in a language (one of the exhibit's) and waits until every tile is sharp or failed. False
 * with *err when that takes longer than half a minute. */
bool screens_show(
    struct screens *screens, const struct place *place, const char *language, struct error *err);

/* Adds a finding for each page that could not be shown so far, or not whole, unless there is one where it is
 * named: a screen that lacks a page says so to whoever looks at it, but a program must hear of it too. */
void screens_note_failures(const struct screens *screens, struct findings *findings);

/* exhibit_choose_language() of the languages that the site offers; without `asked` the one that visits begin
 * with. Lent by the screens. */
const char *screens_first_language(const struct screens *screens, const char *asked, struct error *err);
/* Reads a place from the command line and asks whether the exhibit has it. False with ERROR_USAGE. */
bool screens_place(struct exhibit *exhibit, const char *words, struct place *place, struct error *err);

#endif
