/* From what the player shows to what is counted: events in, sums out. */
#include "statistics/collect.h"

#include "check.h"

#include <stdlib.h>

enum step { END, SHOW, TOUCH, WAIT, NOBODY, LISTENING, TOURING, ZOOMING, LANGUAGE, LARGE, LOCK, STOP };

struct happening {
    int64_t at_ms;
    enum step step;
    const char *place; /* or a language */
};

struct told {
    struct visit_sum sum;
    int visits;
};

static void apply(struct visit *visit, const struct happening *event)
{
    if (event->step == SHOW) {
        struct place place = {PLACE_NONE, PLACE_RECORD, "", ""};
        CHECK_THAT(place_parse(str_from(event->place), &place), "%s", event->place);
        visit->here.panel = (struct place){PLACE_NONE, PLACE_RECORD, "", ""};
        *(place_is_panel(&place) ? &visit->here.panel : &visit->here.place) = place;
    }
    if (event->step != WAIT && event->step != NOBODY && event->step != STOP) {
        visit->last_input_ms = event->at_ms;
        visit->reading = false;
    }
    if (event->step == NOBODY) {
        visit->here.place = (struct place){PLACE_ATTRACT, PLACE_RECORD, "", ""};
        visit->here.panel = (struct place){PLACE_NONE, PLACE_RECORD, "", ""};
        visit->last_input_ms = event->at_ms;
    }
    visit->listening = visit->listening || event->step == LISTENING;
    visit->reading = visit->reading || event->step == LISTENING;
    visit->tour.active = event->step == TOURING || (visit->tour.active && event->step == WAIT);
    visit->text_size = event->step == LARGE ? 200 : visit->text_size;
    visit->locked_until_ms = event->step == LOCK ? event->at_ms + 30000 : visit->locked_until_ms;
    if (event->step == LANGUAGE) {
        snprintf(visit->language, sizeof visit->language, "%s", event->place);
    }
}

static struct told play(const struct happening *events)
{
    static struct visit visit;
    struct collector collector = {.running = false};
    struct told told = {.visits = 0};
    memset(&visit, 0, sizeof visit);
    visit.here.place.kind = PLACE_ATTRACT;
    visit.text_size = 100;
    snprintf(visit.language, sizeof visit.language, "en");
    collect_see(&collector, &visit, 0, &told.sum);
    for (; events->step != END; events++) {
        apply(&visit, events);
        if (events->step == ZOOMING) {
            collect_zoom(&collector);
        }
        enum collected collected = events->step == STOP
                                       ? collect_stop(&collector, &told.sum)
                                       : collect_see(&collector, &visit, events->at_ms, &told.sum);
        told.visits += collected == COLLECTED_END;
    }
    return told;
}

static int64_t at(const struct visit_sum *sum, const char *name, bool *timed)
{
    for (int i = 0; i < sum->place_count; i++) {
        if (strcmp(sum->places[i].name, name) == 0) {
            *timed = sum->places[i].timed;
            return sum->places[i].ms;
        }
    }
    return -1;
}

static void time_belongs_to_what_was_there(void)
{
    static const struct happening events[] = {{1000, SHOW, "home"}, {5000, SHOW, "document:telegram/scan"},
        {25000, SHOW, "person:stalin"}, {35000, SHOW, "document:telegram/scan"}, {40000, TOUCH, NULL},
        {90000, WAIT, NULL}, {150000, NOBODY, NULL}, {0, END, NULL}};
    struct told told = play(events);
    bool timed = false;
    CHECK_INT(told.visits, 1);
    CHECK_INT(told.sum.length_ms, 39000); /* until the last touch: the wait for the reset is nobody's */
    CHECK_INT(told.sum.place_count, 3);
    CHECK_INT(at(&told.sum, "home", &timed), 4000);
    CHECK(timed);
    CHECK_INT(at(&told.sum, "document:telegram/scan", &timed), 25000);
    CHECK_INT(at(&told.sum, "person:stalin", &timed), 10000);
    CHECK_TEXT(told.sum.places[told.sum.at].name, "document:telegram/scan");
}

static void the_last_place_may_have_no_time(void)
{
    static const struct happening events[] = {
        {1000, SHOW, "home"}, {3000, SHOW, "about"}, {120000, NOBODY, NULL}, {0, END, NULL}};
    struct told told = play(events);
    bool timed = true;
    CHECK_INT(at(&told.sum, "about", &timed), 0);
    CHECK(!timed);
    struct cells cells = {NULL, 0, 0};
    CHECK(collect_add(&told.sum, 20260513, 11, &cells));
    CHECK_INT(cells_sum(&cells, CELL_SEEN, "about"), 1);
    CHECK_INT(cells_sum(&cells, CELL_DWELL, "about"), 0);
    CHECK_INT(cells_sum(&cells, CELL_DWELL, "home"), 1);
    CHECK_INT(cells_sum(&cells, CELL_END, "about"), 1);
    CHECK_INT(cells_sum(&cells, CELL_VISITS, NULL), 1);
    CHECK_INT(cells_sum(&cells, CELL_COUNT, NULL), 1);
    for (size_t i = 0; i < cells.count; i++) {
        CHECK_INT(cells.items[i].span, 20260513);
        CHECK(cells.items[i].kind != CELL_HOUR || cells.items[i].bin == 2 * 24 + 11);
    }
    cells_finish(&cells);
}

static void who_is_read_to_is_there(void)
{
    static const struct happening listens[] = {{1000, SHOW, "home"}, {2000, LISTENING, NULL},
        {60000, WAIT, NULL}, {90000, WAIT, NULL}, {90001, NOBODY, NULL}, {0, END, NULL}};
    static const struct happening tours[] = {{1000, SHOW, "home"}, {2000, TOURING, NULL}, {60000, WAIT, NULL},
        {90000, NOBODY, NULL}, {0, END, NULL}};
    struct told told = play(listens);
    CHECK_INT(told.sum.length_ms, 89000);
    CHECK(told.sum.uses & 1U << USED_LISTEN);
    CHECK(told.sum.modes & 1U << MODE_LISTEN);
    told = play(tours);
    CHECK_INT(told.sum.length_ms, 59000);
    CHECK(told.sum.uses & 1U << USED_TOUR);
}

static void what_was_used_and_how(void)
{
    static const struct happening events[] = {{1000, SHOW, "home"}, {2000, LANGUAGE, "ko"},
        {3000, LARGE, NULL}, {9000, ZOOMING, NULL}, {20000, SHOW, "search"}, {21000, STOP, NULL},
        {0, END, NULL}};
    struct told told = play(events);
    struct cells cells = {NULL, 0, 0};
    CHECK_INT(told.visits, 1);
    CHECK(collect_add(&told.sum, 20260513, 11, &cells));
    CHECK_INT(cells_sum(&cells, CELL_LANGUAGE, "ko"), 1); /* that of most of the visit */
    CHECK_INT(cells_sum(&cells, CELL_LANGUAGE, NULL), 1);
    CHECK_INT(cells_sum(&cells, CELL_MODE, "text-200"), 1);
    CHECK_INT(cells_sum(&cells, CELL_MODE, NULL), 1);
    CHECK_INT(cells_sum(&cells, CELL_USED, "zoom"), 1);
    CHECK_INT(cells_sum(&cells, CELL_USED, "search"), 1);
    CHECK_INT(cells_sum(&cells, CELL_USED, NULL), 2);
    cells_finish(&cells);
}

static void cleaning_is_no_visit(void)
{
    static const struct happening events[] = {
        {1000, SHOW, "home"}, {5000, LOCK, NULL}, {150000, NOBODY, NULL}, {0, END, NULL}};
    struct told told = play(events);
    struct cells cells = {NULL, 0, 0};
    CHECK(collect_add(&told.sum, 20260513, 11, &cells));
    CHECK_INT(cells.count, 1);
    CHECK_INT(cells_sum(&cells, CELL_NOTE, "cleaning"), 1);
    cells_finish(&cells);
}

static void a_screen_that_touches_itself_is_no_visitor(void)
{
    static struct happening events[200];
    static struct happening roams[200];
    struct cells cells = {NULL, 0, 0};
    for (int i = 0; i < 100; i++) {
        events[i] = (struct happening){1000 + i * 10000, i == 0 ? SHOW : TOUCH, "home"};
        roams[i] = (struct happening){1000 + i * 10000, SHOW, i % 2 == 0 ? "home" : "about"};
    }
    events[100] = roams[100] = (struct happening){1100000, NOBODY, NULL};
    struct told told = play(events);
    CHECK(collect_suspect(&told.sum)); /* a quarter of an hour of touches that lead nowhere */
    CHECK(collect_add(&told.sum, 20260513, 11, &cells));
    CHECK_INT(cells.count, 1);
    CHECK_INT(cells_sum(&cells, CELL_NOTE, "suspect"), 1);
    cells_finish(&cells);
    told = play(roams);
    CHECK(!collect_suspect(&told.sum)); /* the same time, but somebody looked around */
    told.sum.length_ms = COLLECT_LONGEST_MS;
    CHECK(collect_suspect(&told.sum));
}

static void touches_that_lead_nowhere_are_counted_in_a_row(void)
{
    static struct visit visit;
    struct collector collector = {.running = false};
    struct visit_sum sum;
    memset(&visit, 0, sizeof visit);
    for (int i = 1; i <= 12; i++) {
        visit.here.place.kind = PLACE_HOME;
        visit.last_input_ms = i * 200000;
        CHECK_INT(collect_see(&collector, &visit, i * 200000, &sum), COLLECTED_BEGIN);
        visit.here.place.kind = PLACE_ATTRACT;
        CHECK_INT(collect_see(&collector, &visit, i * 200000 + 110000, &sum), COLLECTED_END);
        CHECK(collect_bounced(&sum));
        CHECK_INT(collector.row, i);
    }
}

static void a_classroom_is_not_counted(void)
{
    static struct visit visit;
    struct collector collector = {.running = false};
    struct visit_sum sum;
    memset(&visit, 0, sizeof visit);
    visit.frame.mode = MODE_CLASSROOM;
    visit.here.place.kind = PLACE_HOME;
    CHECK_INT(collect_see(&collector, &visit, 1000, &sum), COLLECTED_NOTHING);
    CHECK_INT(collect_stop(&collector, &sum), COLLECTED_NOTHING);
}

static void nothing_of_a_visit_is_left(void)
{
    static const struct happening events[] = {
        {1000, SHOW, "home"}, {4000, SHOW, "about"}, {5000, NOBODY, NULL}, {0, END, NULL}};
    static struct visit visit;
    static const struct visit_sum none;
    struct collector collector = {.running = false};
    struct visit_sum sum;
    memset(&visit, 0, sizeof visit);
    for (const struct happening *event = events; event->step != END; event++) {
        apply(&visit, event);
        collect_see(&collector, &visit, event->at_ms, &sum);
    }
    CHECK(!collector.running);
    CHECK(memcmp(&collector.sum, &none, sizeof none) == 0);
}

static void more_places_than_there_is_room_for_are_others(void)
{
    static struct happening events[COLLECT_PLACES + 40];
    static char names[COLLECT_PLACES + 20][32];
    int count = COLLECT_PLACES + 20;
    for (int i = 0; i < count; i++) {
        snprintf(names[i], sizeof names[i], "document:n-%d", i);
        events[i] = (struct happening){1000 + i * 5000, SHOW, names[i]};
    }
    events[count] = (struct happening){1000 + count * 5000, NOBODY, NULL};
    struct told told = play(events);
    CHECK_INT(told.sum.place_count, COLLECT_PLACES);
    CHECK_TEXT(told.sum.places[COLLECT_PLACES - 1].name, CELL_OTHER);
    CHECK_INT(told.sum.length_ms, (count - 1) * 5000);
}

int main(void)
{
    RUN(time_belongs_to_what_was_there);
    RUN(the_last_place_may_have_no_time);
    RUN(who_is_read_to_is_there);
    RUN(what_was_used_and_how);
    RUN(cleaning_is_no_visit);
    RUN(a_screen_that_touches_itself_is_no_visitor);
    RUN(touches_that_lead_nowhere_are_counted_in_a_row);
    RUN(a_classroom_is_not_counted);
    RUN(nothing_of_a_visit_is_left);
    RUN(more_places_than_there_is_room_for_are_others);
    return check_report();
}
