/* What a visitor can do, as data: a verb and its argument, the words that `describe` prints. */
#ifndef VISIT_ACTION_H
#define VISIT_ACTION_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum action_verb {
    ACTION_NONE,
    /* Where one is. */
    ACTION_GO,   /* PLACE: to a screen, or a panel over this one */
    ACTION_BACK, /* to where one was, with scroll and zoom */
    ACTION_HOME,
    ACTION_CLOSE, /* the panel or menu */
    ACTION_BEGIN, /* [TAG]: from attract into the visit, in this language */
    /* The bar. */
    ACTION_MENU, /* NAME: opens or closes language, text-size, speed, volume, left, right (the panes' layer
                    choice) */
    ACTION_LANGUAGE,  /* TAG */
    ACTION_TEXT_SIZE, /* 100 125 150 200 */
    ACTION_CONTRAST,  /* switches */
    ACTION_LOW_REACH, /* switches */
    ACTION_LISTEN, /* reads the screen out from where that was left, or, while it is read, stops listening */
    ACTION_SPEED,  /* 1 .. 4, of speech */
    ACTION_VOLUME, /* 1 (off: captions) .. 4 */
    ACTION_MOTION, /* switches reduced motion */
    ACTION_SHORTCUTS, /* switches whether keys with a character on them act (WCAG 2.1.4) */
    /* The document. */
    ACTION_SELECT, /* SEGMENT: lights it everywhere and brings it into view */
    ACTION_PANE,   /* left|right page|LAYER.LANG: what a pane of side by side (or right: of text) shows */
    ACTION_ZOOM,   /* in|out|whole */
    ACTION_ROTATE,
    ACTION_MOVE,   /* left|right|up|down: over the page, by half of what is seen */
    ACTION_CENTRE, /* X Y: the page's point, as fractions of it, into the middle of the view */
    ACTION_PAGE,   /* next|previous */
    /* Guided reading. */
    ACTION_TOUR, /* start|next|previous|pause|stop */
    /* Questions. */
    ACTION_REVEAL, /* ID: shows or hides an answer; +1: shows the next one, -1: hides the last */
    /* Search. */
    ACTION_TYPE,     /* TEXT: letters come together as its writing has it (Hangul) */
    ACTION_KEYBOARD, /* erase|clear|space|shift|digits|hide, layout TAG */
    ACTION_PICK,     /* WORD: is what is looked for now */
    ACTION_FIND,     /* PLACE [DETAIL]: as go; of a document the layer shown, of questions the one opened */
    /* The classroom's tools. */
    ACTION_PEN,       /* [undo|wipe]: takes the pen or puts it away; takes back a stroke, or all */
    ACTION_SPOTLIGHT, /* switches: all but what is lit is dim; [+1|-1]: lights the next paragraph */
    ACTION_BLANK,     /* switches: the screen is black */
    ACTION_SECTION,   /* NUMBER: to the section that has this number, 0 home */
    /* Scrolling by a tap. */
    ACTION_SCROLL,      /* main|side|panel|menu|reach up|down: by most of a screen; up is towards the start */
    ACTION_STAY,        /* answers the idle warning */
    ACTION_UNLOCK_NOTE, /* nothing: the lock screen's box, which says how long it lasts */
    ACTION_STAFF, /* in the staff's menu: digit N, erase, enter, close, go SCREEN, do WHAT, choose N, cell N,
                     next */
    ACTION_VERBS
};

/* "go", "back", ... */
const char *action_word(enum action_verb verb);
/* ACTION_NONE for an unknown word. */
enum action_verb action_from_word(struct str word);

struct action {
    enum action_verb verb;
    char argument[160];
};

/* Builds an action; an argument that is too long is cut (and then leads nowhere). */
struct action action_make(enum action_verb verb, struct str argument);

#endif
