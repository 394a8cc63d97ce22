/* The site file: what holds for the place where the player stands, whatever exhibit it plays. Read and
 * checked as an exhibit's files are; packaging/README.md lists the keys. */
#ifndef EXHIBIT_SITE_H
#define EXHIBIT_SITE_H

#include "base/error.h"
#include "base/rect.h"
#include "exhibit/findings.h"

#include <stdbool.h>

enum site_mode { SITE_MODE_NONE, SITE_KIOSK, SITE_CLASSROOM, SITE_DEMO };

#define SITE_LANGUAGES 32
#define SITE_LANGUAGE_MAX 35
#define SITE_PATH_MAX 512

struct site_display {
    double width_mm, height_mm; /* of the lit area as it is mounted; 0: not known */
    double distance_mm;         /* from the visitor's eyes; 0: not known */
    bool placed;
    double floor_mm;  /* where placed: from the floor to the lit area's lower edge */
    int line, column; /* where the key stands in the file, for findings */
};

struct site_keypad {
    int repeat_ms;        /* a key that is held acts again after so long, and every so often; 0: never */
    int double_strike_ms; /* the same key again within this time is a tremor, not a wish; 0: it counts */
};

struct site { /* zero: nothing is given */
    enum site_mode mode;
    char exhibit[SITE_PATH_MAX]; /* absolute, or relative to where the program was started; empty: none */
    char languages[SITE_LANGUAGES][SITE_LANGUAGE_MAX + 1]; /* to be offered, in this order */
    int language_count;                                    /* 0: all of the exhibit's */
    char language[SITE_LANGUAGE_MAX + 1];                  /* to begin with; empty: the first */
    int idle_s;                                            /* 0: the exhibit's */
    bool reduced_motion;
    struct site_display display;
    struct site_keypad keypad;
};

/* Reads a site file. What is wrong in it goes to the findings (may be NULL) and is left out; the rest holds.
 * False with *err (ERROR_INPUT) when there is no such file or it cannot be read, or memory is out. */
bool site_read(const char *path, struct site *site, struct findings *findings, struct error *err);

/* How large a pixel is when the display shows `window` all over it; 0: not known. */
double site_millimetres_per_px(const struct site_display *display, struct size window);

#endif
