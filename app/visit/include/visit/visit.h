/* What one visitor does: a pure state machine. No clock, no files, no SDL.
 *
 *     visit_act, visit_page_drag ... (state, what happened, metrics, now)  ──▶  the new state, in place
 *     visit_needs(), visit_deadline()  ──▶  what must be loaded for it, and when it changes by itself
 *
 * Whatever a visitor can change lives in struct visit, and a reset is visit_init() again: nothing else has to
 * be remembered. */
#ifndef VISIT_VISIT_H
#define VISIT_VISIT_H

#include "base/rect.h"
#include "camera/camera.h"
#include "exhibit/exhibit.h"
#include "visit/action.h"

#include <stdbool.h>
#include <stdint.h>

enum visit_mode { MODE_KIOSK, MODE_CLASSROOM, MODE_DEMO };
enum visit_scroller {
    SCROLLER_MAIN,
    SCROLLER_SIDE,
    SCROLLER_PANEL,
    SCROLLER_MENU,
    SCROLLER_REACH,
    SCROLLERS
};
enum visit_menu { MENU_NONE, MENU_LANGUAGE, MENU_TEXT_SIZE, MENU_LEFT, MENU_RIGHT, MENU_SPEED, MENU_VOLUME };

#define VISIT_LANGUAGE_MAX 35
#define VISIT_HISTORY 32
#define VISIT_QUESTIONS 64
#define VISIT_QUERY_MAX 96 /* bytes that can be typed into the search */
#define VISIT_LOCK_MS 30000
#define VISIT_WARNING_MS 20000
#define VISIT_TRANSITION_MS 200
#define VISIT_SPEECH_STEPS 4 /* of speed, and of volume */
#define VISIT_SPEED 1        /* the step that a visit begins with */
#define VISIT_VOLUME 2
#define VISIT_READ_MS 600000 /* whoever has been read to for so long without a sign may have gone */
#define VISIT_DRIFT_MS 5000  /* attract's page drifts this long in each step of the tour, then rests */

/* The point that stands at the region's top edge (y = 0 of its tops_px), unless the region is clamped at its
 * start or end. Survives a change of size, language and text size. */
struct visit_scroll {
    int item;
    double fraction; /* of the item's height that is above the region's top, 0 <= fraction < 1 */
};

/* What a pane shows: "page" or "<layer>.<language>"; empty: the default (left: the page where there is one,
 * right: visit_default_pane()). */
struct visit_pane {
    char shows[PLACE_ID_MAX + VISIT_LANGUAGE_MAX + 2];
};

/* Where one is, and how one looked at it: what back returns to. */
struct visit_stop {
    struct place place;
    struct place panel; /* PLACE_NONE: no panel */
    struct visit_scroll scroll[SCROLLERS];
    struct camera camera;
    int page;
    char segment[PLACE_ID_MAX + 1]; /* lit; empty: none */
    struct visit_pane left, right;
    char focus[128];  /* id of the focused box; empty: none */
    char spoken[128]; /* id of the box that is being read out, or was when the reading stopped; empty: the
                         start */
    int spoken_from, spoken_to; /* the sentence, bytes of the box's name */
};

/* What is looked for, and the keyboard it is typed on. */
struct visit_search {
    char query[VISIT_QUERY_MAX + 1];
    char layout[VISIT_LANGUAGE_MAX + 1]; /* empty: that of the screen's language */
    bool shift, digits;
    bool hidden; /* the keyboard makes room for what was found */
};

struct visit_tour {
    bool active, paused;
    bool by_itself; /* nobody is there: attract's and demo's, for ever, until a touch */
    int step;
    int64_t step_ms; /* when the step began; while paused, how long it had run is kept in `ran_ms` */
    int64_t ran_ms;
};

/* Where the camera belongs as soon as the size of the page that one came to is known. */
enum visit_aim {
    AIM_NONE,
    AIM_SEGMENT, /* the lit one's zone */
    AIM_STEP,    /* what the step of the tour shows */
    AIM_WIDTH    /* beside a text: the page as wide as its pane, from its top, so that it can be read */
};

/* What the teacher's pen drew: strokes in image pixels of one page, so that they stay on it at any zoom. When
 * they are full the pen draws no more until something is wiped. */
#define VISIT_STROKES 64
#define VISIT_STROKE_POINTS 3000
struct visit_point {
    float x, y;
};
struct visit_ink {
    char document[PLACE_ID_MAX + 1];
    int page;
    int stroke_count;
    int ends[VISIT_STROKES]; /* the point behind each stroke's last */
    struct visit_point points_img[VISIT_STROKE_POINTS];
    bool drawing; /* the pen is down */
};

/* What does not change during a visit; lent. */
struct visit_frame {
    const struct exhibit *exhibit;
    enum visit_mode mode;
    const char *language; /* the default, one of the exhibit's */
    int idle_s;           /* <= 0: never */
    bool reduced_motion;  /* the default */
    bool no_shortcuts;    /* the default */
    int text_size;        /* the default: 100; classroom 125 */
    bool staff;           /* there is a menu for the staff */
};

/* The staff's menu. It opens by a knock, four corners in turn or eight keys, and then by a code. */
#define VISIT_CODE_MAX 16
#define VISIT_CORNERS 4
#define VISIT_CELL_COLUMNS 8
#define VISIT_CELL_ROWS 6
#define VISIT_CELLS 48    /* of the touch test: columns times rows */
#define VISIT_EXHIBITS 64 /* that are listed at most */
enum visit_staff_screen {
    STAFF_NONE,
    STAFF_CODE,
    STAFF_MENU,
    STAFF_ABOUT,
    STAFF_TOUCH,
    STAFF_PICTURE,
    STAFF_EXHIBITS
};
/* What the host is asked to do. */
enum visit_request {
    REQUEST_NONE,
    REQUEST_ENTER, /* is this the code? */
    REQUEST_SOUND,
    REQUEST_EXPORT,
    REQUEST_RESTART,
    REQUEST_SHELL,
    REQUEST_SWITCH /* to the exhibit that was chosen */
};
enum visit_reply {
    REPLY_NONE,
    REPLY_WRONG, /* the code */
    REPLY_WAIT,  /* too many tries */
    REPLY_DONE,
    REPLY_NO_STICK,
    REPLY_REFUSED, /* the exhibit has mistakes */
    REPLY_FAILED
};
struct visit_staff {
    enum visit_staff_screen screen;
    enum visit_request request; /* waits for the host */
    enum visit_reply reply;     /* to the last one */
    long wait_s;                /* until a code may be tried again */
    int corners, keys;          /* of the knock, so far, and when it began */
    int64_t corner_ms, key_ms;
    char code[VISIT_CODE_MAX + 1]; /* as far as it is typed */
    uint64_t touched;              /* cells of the touch test */
    int picture;                   /* of the picture test */
    int chosen;                    /* of the exhibits that are listed, with REQUEST_SWITCH */
    int64_t input_ms;              /* of the staff; whoever does not go on is gone */
};

struct visit {
    struct visit_frame frame;
    struct visit_stop here;
    struct visit_stop history[VISIT_HISTORY];
    int history_count;
    char language[VISIT_LANGUAGE_MAX + 1];
    int text_size; /* 100 125 150 200 */
    bool high_contrast, low_reach, reduced_motion, focus_visible;
    bool no_shortcuts; /* keys with a character on them do nothing, but where one types */
    bool typed;        /* such a key was pressed in this visit: to switch them off is offered */
    bool listening;    /* Listen is on: each screen is read when one comes to it, and the focus is spoken */
    bool reading;      /* the screen is being read out now; any input ends that */
    bool interrupted;  /* it was until the input in hand */
    int speed, volume; /* steps from 0; volume 0 is off: captions */
    bool pen, spotlight, blank; /* classroom: a drag draws; all but what is lit is dim; the screen is black */
    struct visit_ink ink;
    enum visit_menu menu;
    struct visit_search search;
    uint64_t revealed;      /* questions whose answers are shown, by index */
    struct visit_tour tour; /* guided reading; attract and demo play it too */
    struct camera_flight flight;
    struct camera_momentum momentum;
    bool flying, gliding;
    bool held, springing; /* the page follows a finger over its soft edges; it flies back from beyond them */
    struct camera hand;   /* held: the finger's own camera, without any limit */
    int gliding_region;   /* what glides: 0 the page, else scroller + 1 */
    enum visit_aim aim;   /* visit_camera() already shows it; visit_settle() makes it here.camera */
    /* A segment or item that must come into view at the next layout; empty: none. */
    char bring[PLACE_ID_MAX + 1];
    struct visit_staff staff;
    int64_t last_input_ms;   /* of the visitor */
    int64_t warning_ms;      /* when the idle warning came up; 0: it is not up */
    int64_t locked_until_ms; /* cleaning */
    int64_t entered_ms;      /* when this screen was entered */
    int64_t transition_ms; /* when the last change of screen, panel, ... began, for the cross-fade; 0: none */
};

/* What the last tree measured. */
struct visit_region {
    bool present;
    int first, count, total, viewport_px;
    const int *tops_px;      /* count + 1 */
    const char *const *keys; /* count; entries may be NULL */
    bool at_start, at_end;
};
struct visit_metrics {
    struct visit_region regions[SCROLLERS];
    bool has_page;
    struct size page_view;   /* of the image box, px */
    struct camera_page page; /* of the image shown */
    int page_count;
    int page_margin_px;
    double page_max_scale;
};

/* A fresh visitor at `now_ms`: kiosk starts at attract, classroom at home, demo in the tour (at attract where
 * there is none). Writes every byte of the struct, so that equal visitors are equal in memory. In all of
 * these functions metrics may be NULL (nothing was laid out yet). */
void visit_init(struct visit *visit, const struct visit_frame *frame, int64_t now_ms);
/* As memcmp() and memcpy() of two whole visits, without what they never used; `to` is a visit, or zeroed. */
bool visit_same(const struct visit *a, const struct visit *b);
void visit_copy(struct visit *to, const struct visit *from);

/* Does what a box's action says; counts as the visitor's input. Unknown places, segments and languages change
 * nothing. (A note or document that is not loaded cannot be known to be unknown: the screen will say that it
 * is missing.) Locked: nothing. BEGIN may name a language. */
void visit_act(
    struct visit *visit, const struct action *action, const struct visit_metrics *metrics, int64_t now_ms);
/* Scripts and the command line: straight to a place, as a link would lead there; attract included. A panel
 * that has no screen below (from attract, from home) gets the list it belongs to: people, places, words,
 * timeline, meaning or about. */
void visit_go(
    struct visit *visit, const struct place *place, const struct visit_metrics *metrics, int64_t now_ms);

/* The page in hand (a guided reading pauses, flights and momentum end at once): dragged, pinched about a
 * point of the page's view, let go with a velocity. While it is in hand its edges are soft; let go beyond
 * them it springs back. With reduced motion they are hard. */
void visit_page_drag(
    struct visit *visit, double dx_px, double dy_px, const struct visit_metrics *metrics, int64_t now_ms);
void visit_page_pinch(struct visit *visit, double factor, struct pointf about_view, double dx_px,
    double dy_px, const struct visit_metrics *metrics, int64_t now_ms);
void visit_page_fling(
    struct visit *visit, double vx, double vy, const struct visit_metrics *metrics, int64_t now_ms);
/* The last finger of a pinch has gone. */
void visit_page_release(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms);
/* A wheel's step: zooms about a point, within the limits. */
void visit_page_wheel(struct visit *visit, double factor, struct pointf about_view,
    const struct visit_metrics *metrics, int64_t now_ms);
/* A finger comes down: momentum ends, and where it is the page that moves (`on_page`), so does a flight. What
 * springs back goes on until it is dragged. */
void visit_page_stop(struct visit *visit, bool on_page, const struct visit_metrics *metrics, int64_t now_ms);
/* Dragged on the overview: the point of the page, as fractions, is in the middle of the view at once. */
void visit_page_centre(
    struct visit *visit, struct pointf at_page, const struct visit_metrics *metrics, int64_t now_ms);
/* Is the page on the screen closer than whole, so that there is somewhere to move to? */
bool visit_page_close(const struct visit *visit, const struct visit_metrics *metrics);
/* Double tap: closer about that point, or back to the whole page when already close. */
void visit_page_double_tap(
    struct visit *visit, struct pointf at_view, const struct visit_metrics *metrics, int64_t now_ms);
/* A script's look: fly (or jump, duration 0) to a camera. */
void visit_look(struct visit *visit, struct camera camera, int64_t duration_ms,
    const struct visit_metrics *metrics, int64_t now_ms);

/* A region in hand. dy > 0 moves the content down (towards its start). */
void visit_scroll(struct visit *visit, enum visit_scroller scroller, double dy_px,
    const struct visit_metrics *metrics, int64_t now_ms);
void visit_scroll_fling(struct visit *visit, enum visit_scroller scroller, double vy,
    const struct visit_metrics *metrics, int64_t now_ms);

/* Classroom: the pen on the page, at a point of the page's view. Down is false where no pen is in hand or no
 * page is there: then the finger means something else. */
bool visit_pen_down(
    struct visit *visit, struct pointf at_view, const struct visit_metrics *metrics, int64_t now_ms);
void visit_pen_move(
    struct visit *visit, struct pointf at_view, const struct visit_metrics *metrics, int64_t now_ms);
void visit_pen_up(struct visit *visit);
/* The exhibit's sections by number, from 1 (the document itself, what it means, people ...), for number keys
 * and the hints that say so. False: there are not so many. */
bool visit_section(const struct exhibit *exhibit, int number, struct place *place);
/* Is there an answer to be shown next (forward), or one to be hidden? */
bool visit_reveals(const struct visit *visit, bool forward);

/* Part of a knock: a finger came down in a corner (0 upper left, then clockwise; -1 anywhere else), or a key
 * was struck (0 up, 1 down, 2 left, 3 right; -1 another). True when it was the last: whoever was there before
 * is gone, and the code is asked for. */
bool visit_knock_corner(struct visit *visit, int corner, int64_t now_ms);
bool visit_knock_key(struct visit *visit, int way, int64_t now_ms);
/* Takes what the host is asked to do; for REQUEST_ENTER `code` is what was typed, and is forgotten here. */
enum visit_request visit_staff_request(struct visit *visit, char code[VISIT_CODE_MAX + 1]);
/* The host's answer. To a code REPLY_DONE opens the menu. */
void visit_staff_reply(struct visit *visit, enum visit_reply reply, long wait_s, int64_t now_ms);

/* The visitor did something, whatever it was: idle time starts anew, a warning goes away, in attract and demo
 * the visit begins. True when the touch meant only that, or nothing because the screen is locked: whoever
 * asks then drops the rest of it. */
bool visit_touched(struct visit *visit, int64_t now_ms);
/* Keyboard focus: on this box now. NULL: a finger is used, the focus is not shown any more (but remembered).
 */
void visit_focus(struct visit *visit, const char *id, int64_t now_ms);
/* A key with a character on it was pressed, whatever it did. */
void visit_typed(struct visit *visit);
/* Is it offered to switch such keys off? In a classroom, where they are many, and to whoever has pressed one:
 * a screen without a keyboard says nothing of them. */
bool visit_offers_shortcuts(const struct visit *visit);
/* Long press on the bar's end: locked for cleaning. */
void visit_lock(struct visit *visit, int64_t now_ms);
bool visit_locked(const struct visit *visit, int64_t now_ms);
/* Seconds left of the lock, rounded up; 0 when it is not locked. */
int visit_lock_left(const struct visit *visit, int64_t now_ms);

/* The player reads out this sentence of that box (bytes of its name): the position from which Listen goes on.
 * `id` NULL: it has come to the end of the screen. Nothing when no reading is wanted. */
void visit_read(struct visit *visit, const char *id, int from, int to, int64_t now_ms);
/* Brings what is read into view; not the visitor's input. */
void visit_read_scroll(
    struct visit *visit, enum visit_scroller scroller, double dy_px, const struct visit_metrics *metrics);
/* Words a minute, and percent; 0 percent: captions only. */
int visit_speech_rate(const struct visit *visit);
int visit_speech_volume(const struct visit *visit);

/* Time passes: idle warning and reset, tour steps, flights' ends, momentum, unlocking. */
void visit_tick(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms);
/* When something will change by itself: INT64_MAX for never; now_ms + 0 while something moves (the player
 * paces frames). */
int64_t visit_deadline(const struct visit *visit, int64_t now_ms);
/* The same for what stands on the screen: a cross-fade from the last one changes nothing of it. */
int64_t visit_alarm(const struct visit *visit, int64_t now_ms);
/* Is something moving at now (flight, momentum, attract's drift, transition)? */
bool visit_moving(const struct visit *visit, int64_t now_ms);

/* After a layout (not a complete one, where nothing is scrolled): what was brought into view has been. Stores
 * where the regions and the camera really stand. True when something is to be laid out anew (the segment is
 * on another page of a document that has just been loaded). */
bool visit_settle(struct visit *visit, const struct visit_metrics *metrics);

/* The camera at `now_ms`, flight included; scale <= 0 where it is the whole page. What is held or springs
 * back may be beyond the page's limits; everything else is to be clamped. The metrics are of the page
 * that is shown: only has_page, page, page_view, page_margin_px and page_max_scale are read. */
struct camera visit_camera(const struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms);
/* How far attract's page has drifted in this step, eased from 0 to 1 (always 0 with reduced motion): times
 * 2 % of the view at most, it stays slower than 1 % a second. */
double visit_drift(const struct visit *visit, int64_t now_ms);
/* The document that the screen is about: the place's, the home document on attract, home and read; NULL
 * elsewhere, or when it is not loaded. */
const struct document *visit_document(const struct visit *visit);
/* Seconds left of the idle warning, rounded up; 0 when it is not up. */
int visit_warning_left(const struct visit *visit, int64_t now_ms);
/* The dwell of a tour step in ms: as given, or from the length of its caption at reading pace (about 180
 * words a minute, Han and Hangul by characters), at least 6 s. */
int64_t visit_tour_dwell(const struct exhibit *exhibit, const struct tour_step *step, const char *language);
/* The default layer and language a pane shows when nothing was chosen; false when the document has no layer.
 */
bool visit_default_pane(const struct document *document, const char *language, struct visit_pane *pane);

/* What the left or right pane shows now, the default resolved; empty when there is nothing to show. */
void visit_pane_shows(
    const struct visit *visit, const struct document *document, bool left, struct visit_pane *pane);

/* Effects: what the player must have loaded before the next layout, at most 4 places. The place and the
 * panel; the home document for attract, the step's for the tour. */
size_t visit_needs(const struct visit *visit, struct place out[4]);

#endif
