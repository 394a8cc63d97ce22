#include "statistics/cells.h"

#include "check.h"

#include <math.h>

static void adds_to_what_is_there(void)
{
    struct cells cells = {NULL, 0, 0};
    CHECK(cells_add(&cells, 20260513, CELL_SEEN, "home", 0, 1));
    CHECK(cells_add(&cells, 20260513, CELL_SEEN, "home", 0, 2));
    CHECK(cells_add(&cells, 20260513, CELL_SEEN, "about", 0, 1));
    CHECK(cells_add(&cells, 20260514, CELL_SEEN, "home", 0, 1));
    CHECK(cells_add(&cells, 20260513, CELL_LENGTH, NULL, 3, 1));
    CHECK_INT(cells.count, 4);
    CHECK_INT(cells.items[0].n, 3);
    CHECK_INT(cells_sum(&cells, CELL_SEEN, NULL), 5);
    CHECK_INT(cells_sum(&cells, CELL_SEEN, "home"), 4);
    cells_finish(&cells);
    CHECK_INT(cells.count, 0);
}

static void every_value_has_one_bin(void)
{
    static const struct {
        double value;
        int bin;
    } times[] = {{-1, 0}, {0, 0}, {2.9, 0}, {3, 1}, {59.9, 7}, {60, 8}, {2699, 18}, {2700, 19}, {1e9, 19},
        {(double)NAN, 0}};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        CHECK_INT(cells_time_bin(times[i].value), times[i].bin);
    }
    for (int bin = 0; bin < CELL_TIME_BINS; bin++) {
        CHECK_INT(cells_time_bin(cells_time_edge(bin)), bin);
    }
    for (int bin = 0; bin < CELL_DAY_BINS; bin++) {
        CHECK_INT(cells_day_bin(cells_day_edge(bin)), bin);
        CHECK_INT(cells_rate_bin(cells_rate_edge(bin)), bin);
    }
    CHECK_INT(cells_day_bin(4), 0); /* a day of few visits does not say how few */
}

static void quantiles_lie_where_they_should(void)
{
    int64_t bins[CELL_TIME_BINS] = {0};
    CHECK(isnan(cells_quantile(bins, CELL_TIME_BINS, cells_time_edge, 0.5)));
    bins[8] = 10; /* 60 to 90 s */
    CHECK(fabs(cells_quantile(bins, CELL_TIME_BINS, cells_time_edge, 0.5) - 75) < 1e-9);
    CHECK(fabs(cells_quantile(bins, CELL_TIME_BINS, cells_time_edge, 1) - 90) < 1e-9);
    bins[0] = 30; /* 0 to 3 s */
    CHECK(fabs(cells_quantile(bins, CELL_TIME_BINS, cells_time_edge, 0.5) - 2) < 1e-9);
    bins[0] = bins[8] = 0;
    bins[19] = 7; /* an end that is not known is not made up */
    CHECK(fabs(cells_quantile(bins, CELL_TIME_BINS, cells_time_edge, 0.9) - 2700) < 1e-9);
}

struct merge_case {
    int64_t bins[6], merged[6];
    int until[6];
    bool enough;
};

static void small_bins_go_to_the_middle(void)
{
    static const struct merge_case cases[] = {
        {{9, 9, 9, 9, 9, 9}, {9, 9, 9, 9, 9, 9}, {1, 2, 3, 4, 5, 6}, true},
        {{0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}, {1, 2, 3, 4, 5, 6}, false},
        {{1, 9, 9, 9, 9, 0}, {10, 0, 9, 9, 9, 0}, {2, 0, 3, 4, 5, 6}, true},
        {{0, 9, 9, 9, 9, 1}, {0, 9, 9, 9, 10, 0}, {1, 2, 3, 4, 6, 0}, true},
        {{1, 1, 3, 20, 2, 2}, {5, 0, 0, 24, 0, 0}, {3, 0, 0, 6, 0, 0}, true},
        {{4, 0, 20, 0, 0, 3}, {24, 0, 0, 3, 0, 0}, {3, 0, 0, 6, 0, 0}, true},
        {{2, 1, 0, 0, 1, 0}, {4, 0, 0, 0, 0, 0}, {5, 0, 0, 0, 0, 6}, false},
        {{5, 0, 3, 0, 5, 0}, {5, 0, 8, 0, 0, 0}, {1, 2, 5, 0, 0, 6}, true},
        {{6, 0, 1, 0, 0, 0}, {7, 0, 0, 0, 0, 0}, {3, 0, 0, 4, 5, 6}, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t bins[6];
        int until[6];
        memcpy(bins, cases[i].bins, sizeof bins);
        bool enough = cells_merge_bins(bins, until, 6);
        CHECK_THAT(enough == cases[i].enough, "case %zu", i);
        /* The sums that are told are what counts; a group's parts may come in another order. */
        int64_t all = 0, before = 0;
        for (int bin = 0; bin < 6; bin++) {
            all += bins[bin];
            before += cases[i].bins[bin];
            CHECK_THAT(!enough || bins[bin] == 0 || bins[bin] >= CELL_LEAST, "case %zu bin %d is %d", i, bin,
                (int)bins[bin]);
        }
        CHECK_INT(all, before);
        if (i < 5 || i == 7) {
            CHECK_THAT(memcmp(bins, cases[i].merged, sizeof bins) == 0, "case %zu", i);
            CHECK_THAT(memcmp(until, cases[i].until, sizeof until) == 0, "case %zu", i);
        }
    }
}

static uint64_t next(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* Whatever comes: nothing is lost, nothing is small, groups follow one another without a gap. */
static void merging_holds_for_any_bins(void)
{
    uint64_t state = 7;
    int failed = 0;
    for (int round = 0; round < 20000; round++) {
        int64_t bins[12], before = 0, after = 0;
        int until[12], at = 0;
        for (int i = 0; i < 12; i++) {
            bins[i] = next(&state) % 3 == 0 ? 0 : (int64_t)(next(&state) % (round % 5 == 0 ? 40 : 4));
            before += bins[i];
        }
        bool enough = cells_merge_bins(bins, until, 12), sound = enough == (before >= CELL_LEAST);
        while (sound && at < 12) {
            sound = until[at] > at && until[at] <= 12 && (!enough || bins[at] == 0 || bins[at] >= CELL_LEAST);
            for (int i = at + 1; sound && i < until[at]; i++) {
                sound = until[i] == 0 && bins[i] == 0;
            }
            after += bins[at];
            at = until[at];
        }
        failed += !sound || after != before;
    }
    CHECK_INT(failed, 0);
}

static void small_names_are_told_together(void)
{
    struct cells_named named[] = {{"ko", 9}, {"ru", 3}, {"en", 40}, {"ja", 2}};
    CHECK_INT(cells_merge_names(named, 4), 3);
    CHECK_TEXT(named[0].name, "en");
    CHECK_TEXT(named[1].name, "ko");
    CHECK_TEXT(named[2].name, CELL_OTHER);
    CHECK_INT(named[2].n, 5);
    /* One small name would be alone in "other": the next smallest goes with it. */
    struct cells_named lone[] = {{"ko", 9}, {"ru", 1}, {"en", 40}};
    CHECK_INT(cells_merge_names(lone, 3), 2);
    CHECK_TEXT(lone[1].name, CELL_OTHER);
    CHECK_INT(lone[1].n, 10);
    struct cells_named few[] = {{"ko", 1}, {"ru", 1}};
    CHECK_INT(cells_merge_names(few, 2), 0);
    struct cells_named others[] = {{CELL_OTHER, 6}, {"ko", 6}, {"en", 3}};
    CHECK_INT(cells_merge_names(others, 3), 2);
    CHECK_TEXT(others[1].name, CELL_OTHER);
    CHECK_INT(others[1].n, 9);
    CHECK_INT(cells_merge_names(NULL, 0), 0);
}

static void days_are_counted_as_the_calendar_does(void)
{
    static const struct {
        int span;
        int64_t days;
        int weekday;
    } cases[] = {{19700101, 0, 3}, {20000229, 11016, 1}, {20260513, 20586, 2}, {20380119, 24855, 1},
        {21000301, 47541, 0}, {19691231, -1, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_INT(cells_days(cases[i].span), cases[i].days);
        CHECK_INT(cells_span_of_days(cases[i].days), cases[i].span);
        CHECK_INT(cells_weekday(cases[i].span), cases[i].weekday);
    }
    for (int64_t day = -1000; day < 60000; day++) {
        int span = cells_span_of_days(day);
        if (cells_days(span) != day || span % 100 < 1 || span % 100 > 31) {
            CHECK_INT(cells_days(span), day);
            return;
        }
    }
    CHECK_INT(cells_last_day(20240200), 20240229);
    CHECK_INT(cells_last_day(20261200), 20261231);
    CHECK_INT(cells_last_day(20260000), 20261231);
    CHECK_INT(cells_first_day(20260000), 20260101);
    CHECK_INT(cells_first_day(20260500), 20260501);
    CHECK_INT(cells_month_of(20260513), 20260500);
    CHECK_INT(cells_year_of(20260513), 20260000);
}

static void only_days_are_read_as_days(void)
{
    static const char *const wrong[] = {"", "2026-05", "2026-5-13", "2026-13-01", "2026-02-29", "2026-05-00",
        "13.5.2026", "2026-05-13 ", "2026-05-1x", "-026-05-13", "1026-05-13", "2026/05/13"};
    int span = 0;
    CHECK(cells_parse_day("2024-02-29", &span));
    CHECK_INT(span, 20240229);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK_THAT(!cells_parse_day(wrong[i], &span), "%s", wrong[i]);
    }
}

int main(void)
{
    RUN(adds_to_what_is_there);
    RUN(every_value_has_one_bin);
    RUN(quantiles_lie_where_they_should);
    RUN(small_bins_go_to_the_middle);
    RUN(merging_holds_for_any_bins);
    RUN(small_names_are_told_together);
    RUN(days_are_counted_as_the_calendar_does);
    RUN(only_days_are_read_as_days);
    return check_report();
}
