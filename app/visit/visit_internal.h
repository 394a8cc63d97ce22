/* What the files of this room share. Each prefix is a file. All of them change struct visit in place;
 * `metrics` is never NULL here. */
#ifndef VISIT_VISIT_INTERNAL_H
#define VISIT_VISIT_INTERNAL_H

#include "visit/visit.h"

/* ---- visit.c */

/* `metrics`, or empty ones for NULL. */
const struct visit_metrics *visit_metrics_of(const struct visit_metrics *metrics);
/* Something on the screen changed as a whole: a cross-fade begins (none with reduced motion). */
void visit_fade(struct visit *visit, int64_t now_ms);
/* Nobody is there: attract, or demo's tour. */
bool visit_by_itself(const struct visit *visit);
/* Copies text into a field of `size` bytes and fills the rest with zeroes: equal values are equal in memory.
 */
void visit_copy_text(char *field, size_t size, struct str text);

/* ---- history.c: stops */

/* Copies a place member by member and without its segment; the home document gets its id. */
void history_set_place(const struct visit *visit, struct place *to, const struct place *from);
/* Puts the present stop on the history; the oldest falls out when it is full. */
void history_push(struct visit *visit);
/* Returns to the last stop; false when there is none. */
bool history_pop(struct visit *visit, int64_t now_ms);
void history_clear(struct visit *visit);
/* Forgets the stops with which panels were opened over the present screen; the present stop gets the focus of
 * the first. */
void history_drop_panels(struct visit *visit);

/* ---- go.c: from place to place */

/* As a link leads there. `listed`: a panel over attract or home gets its list below. False when nothing
 * changed. */
bool go_to(struct visit *visit, const struct place *place, bool listed, const struct visit_metrics *metrics,
    int64_t now_ms);
/* Home, with nothing behind. */
void go_home(struct visit *visit, int64_t now_ms);
void go_attract(struct visit *visit, int64_t now_ms);
/* Out of attract or demo's tour. */
void go_begin(struct visit *visit, int64_t now_ms);
void go_back(struct visit *visit, int64_t now_ms);
void go_close(struct visit *visit, int64_t now_ms);
/* The stop's screen becomes `place`, seen from its start; what belongs to a document stays when it is the
 * same document. */
void go_screen(struct visit *visit, const struct place *place, int64_t now_ms);

/* ---- tour.c */

void tour_start(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms);
/* Plays by itself, at attract or in the document. False when the exhibit has no tour. */
bool tour_play_by_itself(struct visit *visit, int64_t now_ms);
void tour_move(struct visit *visit, int by, const struct visit_metrics *metrics, int64_t now_ms);
void tour_pause(struct visit *visit, bool pause, int64_t now_ms);
/* Ends a visitor's guided reading and returns to where it was started. */
void tour_stop(struct visit *visit, int64_t now_ms);
/* Ends it where it is. */
void tour_leave(struct visit *visit);
const struct tour_step *tour_current(const struct visit *visit);
void tour_tick(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms);
int64_t tour_deadline(const struct visit *visit);

/* After a reading that outlasted the step: the next step is due now, not in the past. */
void tour_resume(struct visit *visit, int64_t now_ms);

/* ---- listen.c */

/* The screen is read from where it was left, if Listen is on. */
void listen_begin(struct visit *visit);
void listen_toggle(struct visit *visit);
/* A step of speed or volume by its number from 1. */
bool listen_choose(int *step, int count, struct str argument);
/* Another step of the tour is read from its start. */
void listen_step(struct visit *visit);
/* After an action: on another screen, or in another language, Listen goes on. */
void listen_arrive(struct visit *visit, const struct visit_stop *before, const char *language);

/* ---- classroom.c: nothing happens in other modes */

/* Wipes what was drawn on a page that one has left. */
void classroom_tend(struct visit *visit);
void classroom_pen(struct visit *visit, struct str what);
void classroom_spotlight(
    struct visit *visit, struct str way, const struct visit_metrics *metrics, int64_t now_ms);
void classroom_blank(struct visit *visit);
void classroom_reveal(struct visit *visit, bool forward);

/* ---- idle.c */

/* Input of the visitor. */
void idle_input(struct visit *visit, int64_t now_ms);
void idle_tick(struct visit *visit, int64_t now_ms);
int64_t idle_deadline(const struct visit *visit, int64_t now_ms);

/* ---- page.c: the camera */

void page_set_camera(struct camera *to, struct camera from);
/* Within the page's limits; what is shown of what a hand holds; the scale of the whole page. */
struct camera page_clamp(struct camera camera, const struct visit_metrics *metrics);
struct camera page_soften(struct camera camera, const struct visit_metrics *metrics);
double page_fit_scale(const struct visit_metrics *metrics, int quarter_turns);
/* Remembers the camera, clamped; the whole page as such, whatever the view's size. */
void page_store(struct visit *visit, struct camera camera, const struct visit_metrics *metrics);
/* From where the camera is to `target`; the stop remembers the target, so that leaving in mid-flight loses
 * nothing. `duration_ms` < 0: by distance. */
void page_fly(struct visit *visit, struct camera target, int64_t duration_ms,
    const struct visit_metrics *metrics, int64_t now_ms);
void page_end_flight(struct visit *visit);
/* The hand is taken away; the camera is what was stored. */
void page_let_go(struct visit *visit);
/* Ends flights, momentum and aims; the camera stays where it was going to. */
void page_rest(struct visit *visit);
/* Ends momentum, of the page or of a region. */
void page_end_glide(struct visit *visit);
/* The camera goes to what `aim` says: flying when the page is on the screen, else as soon as it is. */
void page_aim(struct visit *visit, enum visit_aim aim, const struct visit_metrics *metrics, int64_t now_ms);
/* Lights a segment, brings it into view and aims at it. */
void page_select(
    struct visit *visit, struct str segment, const struct visit_metrics *metrics, int64_t now_ms);
void page_zoom(struct visit *visit, double factor, const struct visit_metrics *metrics, int64_t now_ms);
void page_whole(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms);
/* Half a view further, dx and dy being 1 or -1 as a finger would drag; goes on from where the last one goes.
 */
void page_move(
    struct visit *visit, double dx, double dy, const struct visit_metrics *metrics, int64_t now_ms);
/* The point of the page into the middle of the view. */
void page_centre(
    struct visit *visit, struct pointf at_page, const struct visit_metrics *metrics, int64_t now_ms);
void page_rotate(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms);
void page_turn(struct visit *visit, int by, const struct visit_metrics *metrics, int64_t now_ms);
/* Does the document have this segment, in a text or on a page? */
bool page_has_segment(const struct document *document, const char *segment);
/* The page of the lit segment, when it is another than the present one. False when it stays. */
bool page_follow_segment(struct visit *visit);
/* A momentum's movement; false when it has come to rest at an edge. */
bool page_glide(struct visit *visit, double dx, double dy, const struct visit_metrics *metrics);
void page_tick(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms);
void page_settle(struct visit *visit, const struct visit_metrics *metrics);

/* ---- compose.c: what is typed */

/* Adds a key to the text of at most `size` - 1 bytes; letters of Hangul join the last syllable. False, with
 * nothing changed, when there is no room. */
bool compose_type(char *text, size_t size, struct str key);
/* Takes the last key back: of a syllable of Hangul its last letter, else a character. */
void compose_erase(char *text, size_t size);

/* ---- search.c */

void search_type(struct visit *visit, struct str key);
void search_pick(struct visit *visit, struct str word);
void search_key(struct visit *visit, struct str what);
void search_go(struct visit *visit, struct str target, const struct visit_metrics *metrics, int64_t now_ms);

/* ---- hand.c */

/* Takes the page: whatever moved stops where it is, and *camera is that. False when there is none, or nobody
 * to take it. */
bool page_hold(
    struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms, struct camera *camera);

/* ---- pane.c */

void pane_choose(struct visit *visit, struct str side, struct str shows, int64_t now_ms);

/* ---- scroll.c */

/* Moves the content by dy_px (> 0: towards its start); false when it is at its end already. */
bool scroll_by(
    struct visit *visit, enum visit_scroller scroller, double dy_px, const struct visit_metrics *metrics);
/* Most of a screen, by a tap; a region is called by its name. */
void scroll_step(
    struct visit *visit, struct str region, bool up, const struct visit_metrics *metrics, int64_t now_ms);
/* The key of what stands at the top of a region, or NULL. */
const char *scroll_key(
    const struct visit *visit, enum visit_scroller scroller, const struct visit_metrics *metrics);
void scroll_settle(struct visit *visit, const struct visit_metrics *metrics);

/* ---- staff.c */
void staff_act(struct visit *visit, struct str argument, int64_t now_ms);
/* One step back: to the menu, or out. */
void staff_back(struct visit *visit, int64_t now_ms);
void staff_tick(struct visit *visit, int64_t now_ms);
int64_t staff_deadline(const struct visit *visit);

#endif
