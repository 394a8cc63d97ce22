/* An exhibit in memory, and a screen that measures it, for the tests of the visit.
 *
 * Document "telegram" (home): 2 pages of 1000 x 1400; zones p1, p2 on the first, q1 on the second; layers
 * transcription (ru), translation (en, ko), remarks (en), each with the segments p1 p2 q1 tail, of which tail
 * has no zone. "letter" has a record only, "essay" a layer only; "far" is not loaded. The tour: p1 (10 s), p2
 * (by its caption, 6 s at least), q1 (8 s, a box of its own). */
#ifndef TESTS_VISIT_FAKE_H
#define TESTS_VISIT_FAKE_H

#include "visit/visit.h"

/* The whole exhibit, and the same without a tour. */
extern const struct exhibit fake_exhibit, fake_exhibit_without_tour;

struct visit_frame fake_frame(enum visit_mode mode);

/* The screen: a page view of 800 x 600, and for each scroller a region with `heights`. */
enum { FAKE_ITEMS = 40 };
struct fake_screen {
    struct visit_metrics metrics;
    int heights[SCROLLERS][FAKE_ITEMS];
    int counts[SCROLLERS];
    int tops[SCROLLERS][FAKE_ITEMS + 1];
    const char *keys[SCROLLERS][FAKE_ITEMS];
    int viewport_px;
    bool whole; /* lays out everything, not only what is near the screen */
};
struct visitor {
    struct visit visit;
    struct fake_screen screen;
};
void fake_screen_init(struct fake_screen *screen);
/* Lays the screen out for the state, as the view does: regions at their scroll, clamped, with `bring` in
 * view; a page where the place has one. Then settles the visit. Returns what visit_settle() says. */
bool fake_layout(struct fake_screen *screen, struct visit *visit);

/* Does "verb argument", lays out, and settles; the page is known and all flights are over at the end. */
void fake_do(struct fake_screen *screen, struct visit *visit, const char *words, int64_t now_ms);
/* Acts only. */
void fake_act(struct fake_screen *screen, struct visit *visit, const char *words, int64_t now_ms);
/* As the player does when a link is given to it by a script. */
void fake_go(struct fake_screen *screen, struct visit *visit, const char *place, int64_t now_ms);
/* "place" or "place + panel"; lent until the next call. */
const char *fake_where(const struct visit *visit);

#endif
