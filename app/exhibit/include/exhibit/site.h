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
    bool no_shortcuts;    /* visits begin with keys that are a character switched off */
};

/* When a site is open, local time. */
#define SITE_WEEKDAYS 7
#define SITE_SPANS 4
#define SITE_CLOSED_DAYS 64
struct site_span { /* minutes of a day, `to` not included */
    int from, to;
};
struct site_day {
    bool given;
    int span_count; /* 0: closed */
    struct site_span spans[SITE_SPANS];
    bool faulty; /* it stands there, but nothing in it can be read; not given */
};
struct site_date {
    int year; /* 0: every year */
    int month, day;
};
struct site_hours {
    bool given;                          /* else it is always open */
    struct site_day daily;               /* for weekdays that are not given */
    struct site_day days[SITE_WEEKDAYS]; /* from Monday */
    int closed_count;
    struct site_date closed[SITE_CLOSED_DAYS];
};
struct site_moment { /* local time, as it is told by whoever has a clock */
    int year, month, day;
    int weekday; /* 0 Monday ... 6 Sunday */
    int minute;  /* of the day */
};

#define SITE_HASH_MAX 128
#define SITE_STICK "/media"
#define SITE_STATISTICS "/var/lib/vitrine/statistics"
struct site_staff {
    char code[SITE_HASH_MAX];  /* libsodium's crypto_pwhash_str; empty: there is no staff's menu */
    bool shell;                /* the menu may leave to a shell */
    char stick[SITE_PATH_MAX]; /* the folder that USB sticks appear in; empty: SITE_STICK */
};
struct site_statistics {
    bool keep;
    char folder[SITE_PATH_MAX];
};

struct site { /* zero: nothing is given */
    enum site_mode mode;
    char exhibit[SITE_PATH_MAX];  /* absolute, or relative to where the program was started; empty: none */
    char exhibits[SITE_PATH_MAX]; /* where `vitrine install` puts exhibits: its link "current" is played, or
                                     "previous" where that does not open; empty: nowhere */
    char languages[SITE_LANGUAGES][SITE_LANGUAGE_MAX + 1]; /* to be offered, in this order */
    int language_count;                                    /* 0: all of the exhibit's */
    char language[SITE_LANGUAGE_MAX + 1];                  /* to begin with; empty: the first */
    int idle_s;                                            /* 0: the exhibit's */
    bool reduced_motion;
    struct site_display display;
    int quarter_turns; /* how far the display was turned clockwise when it was mounted, 0 to 3 */
    struct site_keypad keypad;
    struct site_hours hours;
    bool silent;
    int volume; /* percent, of all that sounds; 0: not given, all of it */
    struct site_staff staff;
    struct site_statistics statistics;
    char status[SITE_PATH_MAX]; /* the folder of vitrine.prom and vitrine.json; empty: none is written */
    char log[SITE_PATH_MAX];    /* a file; empty: standard error */
};

/* Reads a site file. What is wrong in it goes to the findings (may be NULL) and is left out; the rest holds.
 * False with *err (ERROR_INPUT) when there is no such file or it cannot be read, or memory is out. */
bool site_read(const char *path, struct site *site, struct findings *findings, struct error *err);

/* The local time of the process's zone, so many seconds after 1970 (UTC). */
struct site_moment site_moment_at(int64_t wall_s);
/* Is it open at this moment? Without any hours always; where some weekday is given, one that is not follows
 * `daily`, or is closed; but open where a mistake in the file is the reason that nothing is known of it, and
 * where the clock was never set (a machine without a battery begins in 1970): what is not known keeps no
 * gallery dark. */
bool site_is_open(const struct site_hours *hours, const struct site_moment *now);

/* How large a pixel is when the display shows `window` all over it; 0: not known. */
double site_millimetres_per_px(const struct site_display *display, struct size window);

#endif
