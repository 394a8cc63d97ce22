/* Plays an exhibit: owns the loop's state, the clock is a parameter. It runs on a stage (a window) or on its
 * headless twin (a virtual clock and pixels in memory); both call the same functions, so that everything a
 * visitor sees can be tested without a screen.
 *
 *     input events ──▶ player_event()                          the state changes
 *     player_update(now) ──▶ tree, metrics, what is wanted     laid out anew when something has changed
 *     player_draw(target) ──▶ damage                           pixels
 *     player_deadline() ──▶ how long to sleep */
#ifndef PLAYER_PLAYER_H
#define PLAYER_PLAYER_H

#include "base/error.h"
#include "base/log.h"
#include "base/rect.h"
#include "box/box.h"
#include "exhibit/exhibit.h"
#include "exhibit/site.h"
#include "paint/paint.h"
#include "view/view.h"
#include "visit/visit.h"

#include <stdbool.h>
#include <stdint.h>

struct player;
struct scan_source; /* scan/scan.h */

#define PLAYER_PATH_MAX 512

/* Where the player's own files are. */
struct player_paths {
    char assets[PLAYER_PATH_MAX];  /* interface/, fonts.yaml, map/ */
    char exhibit[PLAYER_PATH_MAX]; /* the one that ships; empty when it was not installed */
    char decoder[PLAYER_PATH_MAX]; /* vitrine-decode */
};
/* Looks around the running executable: beside it (as in a build folder), then ../share/vitrine and
 * ../libexec/vitrine (as installed), then where a test program finds the build folder. The environment's
 * VITRINE_ASSETS, VITRINE_EXHIBIT and VITRINE_DECODER come first, for tests. ERROR_MACHINE names what is
 * missing. */
bool player_find_paths(struct player_paths *paths, struct error *err);
/* Where vitrine-tile is, which is built only where libvips is: looked for in the same way, VITRINE_TILE
 * first. False when it is not installed. */
bool player_find_tile(char path[PLAYER_PATH_MAX]);

/* What a host speaks with, or its headless twin. All calls come from the player's own thread. */
struct player_sentence {
    struct str text;      /* lent for the call */
    const char *language; /* BCP 47 */
    int words_per_minute;
    int volume; /* percent, > 0 */
};
enum player_speaking {
    SPEAKING_NOT, /* what was said has been heard */
    SPEAKING_NOW,
    SPEAKING_FAILED /* it cannot be: no voice for its language, no device */
};
struct player_speaker {
    void *context;
    /* Begins to speak; what was being said is broken off. */
    void (*say)(void *context, const struct player_sentence *sentence, int64_t now_ms);
    /* Silence, within a tenth of a second. */
    void (*hush)(void *context);
    /* When it changes by itself the host wakes the player. */
    enum player_speaking (*state)(void *context, int64_t now_ms);
    /* When it will, where that is known (a virtual clock); else INT64_MAX. */
    int64_t (*deadline)(void *context);
};

/* Why nothing can be shown: a message for whoever looks after the screen, in every language of the player's.
 */
struct player_trouble {
    char what[500]; /* English, of an error */
    struct date since;
    char time[8]; /* of that day, 14:05 */
};

/* Somebody who looks on, whenever something may have changed: at the end of each event and update. In the
 * player's thread; it changes nothing and must not take long. */
struct player_observer {
    void *context;
    void (*see)(void *context, const struct visit *visit, int64_t now_ms);
    void (*zoomed)(void *context); /* the visitor took a page closer, or further away */
};

/* Whom the staff's menu asks. */
struct player_staff {
    void *context;
    /* Is it the code? REPLY_DONE, REPLY_WRONG, or REPLY_WAIT with *wait_s: too many tries. */
    enum visit_reply (*enter)(void *context, const char *code, long *wait_s);
    /* Fills in, of zeroed facts, what this screen shows; titles in `language` where they have it. */
    void (*look)(
        void *context, enum visit_staff_screen screen, const char *language, struct view_staff *facts);
    /* `chosen`: for REQUEST_SWITCH which of the exhibits that look() listed. */
    enum visit_reply (*perform)(void *context, enum visit_request request, int chosen);
};

struct player_options {
    const char *exhibit;                  /* folder, image, .dzi, info.json */
    const struct player_trouble *trouble; /* copied; in place of any exhibit. NULL: there is none */
    const struct player_paths *paths;
    enum visit_mode mode;
    const char *language; /* as exhibit_choose_language() takes it; NULL: the site's, else the first */
    struct size window;   /* a guess will do: the images that the first screen needs are asked for at once */
    bool reduced_motion;
    /* What holds where the player stands; copied; NULL: nothing. The other options go before it: its mode and
     * exhibit are the caller's to ask for. Its display is thought to show the window all over; where it does
     * not, pass a site without a display. */
    const struct site *site;
    void (*wake)(void *context); /* something arrived: call player_update soon. From any thread */
    void *wake_context;
    const struct log *log;
    const struct player_staff *staff;     /* lent; NULL: there is no staff's menu */
    const struct player_speaker *speaker; /* lent; NULL: the site has no sound, and captions are shown */
    /* Simulation: tiles come from here, and what a thread works at (the search's index) is there after the
     * same time of the player's clock, and waited for. A run then depends on what is called, and when, alone.
     * Lent; NULL: everything comes when it comes. */
    const struct scan_source *source;
    const char *utterances;          /* a file to write what is said to, one sentence a line; NULL: none */
    struct player_observer observer; /* zero: nobody; else the about screen says that visits are counted */
};

/* Opens everything; strings are copied, paths, wake and log are lent for the player's life. ERROR_INPUT when
 * the exhibit cannot be opened, ERROR_USAGE when it does not have the language, ERROR_MACHINE for fonts,
 * assets, memory. */
struct player *player_create(const struct player_options *options, int64_t now_ms, struct error *err);
void player_destroy(struct player *player);

enum player_event_kind {
    PLAYER_FINGER_DOWN,
    PLAYER_FINGER_MOVE,
    PLAYER_FINGER_UP,
    PLAYER_FINGERS_LOST, /* the window lost its input: no finger will ever lift */
    PLAYER_WHEEL,
    PLAYER_KEY,
    PLAYER_TEXT, /* typed on a real keyboard; comes behind the key that typed it */
    PLAYER_RESIZE,
    PLAYER_RELOAD, /* the exhibit's files changed: read them anew, stay where one is */
};
enum player_key {
    KEY_NONE,
    KEY_TAB,
    KEY_BACKTAB,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_SELECT, /* Enter, Space */
    KEY_BACK,   /* Backspace */
    KEY_ESCAPE, /* as back; in classroom mode it leaves */
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_HOME,
    KEY_PLUS, /* this and all that are of the classroom are characters: they can be switched off */
    KEY_MINUS,
    KEY_LISTEN, /* F1: as the Listen of the bar; on the attract screen it begins the visit too */
    /* In classroom mode. */
    KEY_BLANK, /* b, and a presenter remote's full stop */
    KEY_PEN,
    KEY_SPOTLIGHT,
    KEY_UNDO,
    KEY_WIPE,
    KEY_DIGIT_0, /* and nine more */
    KEY_DIGIT_9 = KEY_DIGIT_0 + 9
};
struct player_event {
    enum player_event_kind kind;
    int64_t finger;      /* the mouse is a finger of its own */
    double x_win, y_win; /* clamped by the player; also where the wheel turns */
    double wheel;        /* steps, away from the visitor > 0 */
    enum player_key key;
    bool repeated; /* a key that is still held: keypad.h decides whether it counts */
    struct size window;
    char text[32]; /* UTF-8 */
};
/* True when the event asks to leave (Esc in classroom mode). */
bool player_event(struct player *player, const struct player_event *event, int64_t now_ms);

/* Time passes, arrived tiles are taken, the tree is built anew when anything changed. True when there is
 * something to draw. */
bool player_update(struct player *player, int64_t now_ms);
/* Draws; see paint_tree(). `whole` after the target changed. */
int player_draw(struct player *player, const struct paint_target *target, bool whole,
    struct rect damage[PAINT_DAMAGE_MAX]);
/* The same for a host whose graphics card draws the pages; see paint_tree_apart(). Between two screens the
 * host mixes: when `fade_begins` it keeps what is on the screen, and from then on lays `old_share` of 256 of
 * that over what it draws. One player is drawn in one of the two ways. */
struct player_frame {
    struct rect damage[PAINT_DAMAGE_MAX]; /* of what is not a page */
    int damage_count;
    struct paint_pages pages;
    bool fade_begins;
    int old_share;
};
void player_draw_apart(
    struct player *player, const struct paint_apart *target, bool whole, struct player_frame *frame);
/* When player_update should be called again at the latest; INT64_MAX: only on an event or a wake. While
 * something moves it is now. */
int64_t player_deadline(const struct player *player, int64_t now_ms);
bool player_moving(const struct player *player, int64_t now_ms);

/* Of the pages opened so far that cannot be shown, or not whole, the one numbered `n` from 0: its document,
 * lent until the exhibit is read anew, and its page from 0. False: there are no more. */
bool player_failed_page(const struct player *player, size_t n, const char **document, int *page);
/* Every visible tile sharp or failed, nothing wanted outstanding. */
bool player_ready(const struct player *player);
/* Every page on the screen shows something everywhere, if only its coarsest level (or has failed). */
bool player_coarse(const struct player *player);
/* Blocks until ready (or timeout_ms of real time): for scripts, render, tests. */
bool player_wait_ready(struct player *player, int64_t timeout_ms);

/* The last tree and state, for describe, render, tests. Lent until the next update; the exhibit until the
 * next reload. */
const struct box_tree *player_tree(const struct player *player);
const struct visit *player_visit(const struct player *player);
struct exhibit *player_exhibit(struct player *player);
struct scan *player_scan(struct player *player);
/* What the tree measured; lent until the next update. */
const struct visit_metrics *player_metrics(const struct player *player);
/* Nobody is there: attract, or a tour that plays by itself. */
bool player_by_itself(const struct player *player);

struct player_figures {
    unsigned long layouts;         /* trees built so far */
    size_t text_bytes, tile_bytes; /* held now: glyphs and laid out texts; tiles */
    size_t pages;                  /* of documents that are open */
};
struct player_figures player_figures(const struct player *player);

/* Direct control for scripts, render and describe. */
void player_go(struct player *player, const struct place *place, int64_t now_ms);
void player_look(struct player *player, struct camera camera, int64_t duration_ms, int64_t now_ms);
struct player_appearance {
    const char *language; /* NULL: unchanged */
    int text_size;        /* 0: unchanged */
    bool high_contrast, low_reach;
};
void player_appear(struct player *player, const struct player_appearance *appearance, int64_t now_ms);
/* Lay out everything, also what is scrolled out of view, from the next update on (describe). */
void player_complete(struct player *player, bool complete);
/* The mistake that stands on the screen since the last reload; NULL when there is none. */
const char *player_mistake(const struct player *player);

/* Everything that a visitor can change is as in a fresh process: place, history, zoom, scroll, language, text
 * size, contrast, reach. */
void player_reset(struct player *player, int64_t now_ms);

/* Outside the opening hours the screen is black and nothing that is done on it means anything; when it opens
 * again, and when it closes, everything is as in a fresh process. */
void player_close(struct player *player, bool closed, int64_t now_ms);
bool player_closed(const struct player *player);

/* Where the exhibit stands behind a link that leads to another one by now, and nobody is there, the other one
 * is opened, and everything is as in a fresh process. True when that happened; one that cannot be shown is
 * logged, and the old one stays. */
bool player_renew(struct player *player, int64_t now_ms);
/* The exhibit that is open, by its path without links; lent until the next renewal or reload. NULL: none. */
const char *player_opened(const struct player *player);

/* The fonts of the player's catalogue alone, for commands that set text without playing it. ERROR_MACHINE. */
struct text *player_open_text(const struct player_paths *paths, struct error *err);

#endif
