/* Comparing and copying visits looks at what was used of them, and comes to what comparing and copying all
 * their bytes comes to. */
#include "check.h"
#include "fake.h"

#include <stddef.h>
#include <string.h>

static const char *const steps[] = {"go people", "go person:stalin", "go scan", "pen", "text-size 150",
    "zoom in", "go meaning", "go scan", "select p2", "contrast", "back", "go places", "go timeline",
    "language ko", "low-reach", "back", "back", "home", "go questions", "reveal who", "listen", "volume 2"};
#define STEPS (int)(sizeof steps / sizeof steps[0])

static bool equal_bytes(const struct visit *a, const struct visit *b)
{
    /* visit_init() writes every byte. NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
    return memcmp(a, b, sizeof *a) == 0;
}

static void draw(struct fake_screen *screen, struct visit *visit, int points, int64_t now_ms)
{
    visit_pen_down(visit, (struct pointf){100, 100}, &screen->metrics, now_ms);
    for (int i = 1; i < points; i++) {
        visit_pen_move(visit, (struct pointf){100 + 20.0 * i, 100 + 9.0 * i}, &screen->metrics, now_ms);
    }
    visit_pen_up(visit);
}

/* A visit of `count` steps, some with strokes of the pen. */
static void walk(struct visit *visit, int count)
{
    struct visit_frame frame = fake_frame(MODE_CLASSROOM);
    struct fake_screen screen;
    fake_screen_init(&screen);
    visit_init(visit, &frame, 1000);
    for (int i = 0; i < count; i++) {
        fake_do(&screen, visit, steps[i % STEPS], 2000 + i * 1000);
        if (visit->pen && screen.metrics.has_page) {
            draw(&screen, visit, 3 + i % 5, 2500 + i * 1000);
        }
    }
}

static void a_copy_is_the_same_byte_for_byte(void)
{
    static struct visit from, to;
    int strokes = 0, history = 0;
    memset(&to, 0, sizeof to);
    for (int i = 0; i < 60; i++) {
        walk(&from, i * 7 % 23); /* now longer, now shorter than the one before */
        visit_copy(&to, &from);
        CHECK(equal_bytes(&to, &from) && visit_same(&to, &from));
        strokes += from.ink.stroke_count;
        history = from.history_count > history ? from.history_count : history;
    }
    CHECK(strokes > 0 && history > 3);
}

/* Each byte of all that is used. */
static void what_differs_is_seen(void)
{
    static struct visit visit, other;
    walk(&visit, 9);
    CHECK(visit.history_count > 1 && visit.ink.stroke_count > 0);
    size_t history = offsetof(struct visit, history),
           used = history + (size_t)visit.history_count * sizeof visit.history[0];
    size_t points = offsetof(struct visit, ink) + offsetof(struct visit_ink, points_img);
    int end = visit.ink.ends[visit.ink.stroke_count - 1];
    size_t drawn = points + (size_t)end * sizeof visit.ink.points_img[0];
    visit_copy(&other, &visit);
    int missed = 0;
    for (size_t i = 0; i < sizeof visit; i++) {
        bool unused = (i >= used && i < history + sizeof visit.history) ||
                      (i >= drawn && i < points + sizeof visit.ink.points_img);
        unsigned char *byte = (unsigned char *)&other + i;
        if (!unused) {
            *byte ^= 1;
            missed += visit_same(&visit, &other);
            *byte ^= 1;
        }
    }
    CHECK_THAT(missed == 0, "%d bytes do not count", missed);
    CHECK(visit_same(&visit, &other));
}

int main(void)
{
    RUN(a_copy_is_the_same_byte_for_byte);
    RUN(what_differs_is_seen);
    return check_report();
}
