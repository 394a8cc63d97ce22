/* What happens to cells with time: the small ones lose their date, old days become months, old months years.
 * Everything here is inside the caller's transaction. */
#include "internal.h"

#include <stdio.h>

#define GAP_DAYS 400     /* more days that nobody saw are a wrong clock */
#define RUN_LEAST_S 1800 /* a day on which the player ran shorter is no day of visits */
#define TIGHT_PART 4     /* three of so many parts of the room are used: older days go earlier */

/* ---- a day ends */

static int put(sqlite3 *db, int span, enum cell_kind kind, int bin, int64_t n)
{
    struct cell cell = {.span = span, .kind = kind, .bin = bin, .n = n};
    return n != 0 ? store_put(db, &cell) : SQLITE_OK;
}

/* Seconds of this hour in which the site is open. */
static int64_t open_seconds(const struct site_hours *hours, int day, int hour)
{
    struct site_moment moment = {.year = day / 10000,
        .month = day / 100 % 100,
        .day = day % 100,
        .weekday = cells_weekday(day),
        .minute = hour * 60};
    int64_t seconds = 0;
    for (; moment.minute < (hour + 1) * 60 && hours != NULL && hours->given; moment.minute++) {
        seconds += site_is_open(hours, &moment) ? 60 : 0;
    }
    return seconds;
}

/* Compares a day's opening hours with the hours in which the player ran; `open_s` becomes how long it was
 * both. */
static int count_hours(sqlite3 *db, int day, const struct site_hours *hours, int64_t *run_s, int64_t *open_s)
{
    static const char sql[] = "SELECT n FROM cells WHERE span = ?1 AND kind = 3 AND name = '' AND bin = ?2";
    int code = SQLITE_OK;
    *run_s = *open_s = 0;
    for (int hour = 0; hour < 24 && code == SQLITE_OK; hour++) {
        int bin = cells_weekday(day) * 24 + hour;
        int64_t open = open_seconds(hours, day, hour), run = 0;
        code = store_ask(db, sql, day, bin, &run);
        int64_t both = run < open ? run : open;
        *run_s += run;
        *open_s += both;
        code = code == SQLITE_OK ? put(db, day, CELL_OPEN, bin, open) : code;
        code = code == SQLITE_OK ? put(db, day, CELL_MISSED, bin, open - both) : code;
    }
    return code;
}

static int end_day(sqlite3 *db, int day, const struct site_hours *hours)
{
    int64_t run_s, open_s, visits = 0;
    int code = count_hours(db, day, hours, &run_s, &open_s);
    int64_t counted_s = hours != NULL && hours->given ? open_s : run_s;
    if (code != SQLITE_OK || counted_s < RUN_LEAST_S) {
        return code;
    }
    code = store_ask(
        db, "SELECT n FROM cells WHERE span = ?1 AND kind = 1 AND name = '' AND bin = 0", day, 0, &visits);
    code = code == SQLITE_OK ? put(db, day, CELL_DAYS, cells_day_bin((double)visits), 1) : code;
    double rate = (double)visits * 3600.0 / (double)counted_s;
    return code == SQLITE_OK ? put(db, day, CELL_RATE, cells_rate_bin(rate), 1) : code;
}

int roll_days(sqlite3 *db, int newest, int today, const struct site_hours *hours)
{
    int64_t first = cells_days(newest), end = cells_days(today);
    int code = SQLITE_OK;
    if (end - first > GAP_DAYS) {
        end = first + 1;
    }
    for (int64_t day = first; day < end && code == SQLITE_OK; day++) {
        code = end_day(db, cells_span_of_days(day), hours);
    }
    return code;
}

/* ---- small cells */

/* Moves cells that `which` (about span and ?1) names to the span `to` (an expression). */
static int move(sqlite3 *db, const char *to, const char *which, int64_t limit)
{
    char sql[600];
    snprintf(sql, sizeof sql,
        "INSERT INTO cells SELECT %s, kind, name, bin, sum(n) FROM cells WHERE %s GROUP BY 1, 2, 3, 4 "
        "ON CONFLICT (span, kind, name, bin) DO UPDATE SET n = n + excluded.n",
        to, which);
    int code = store_ask(db, sql, limit, 0, NULL);
    snprintf(sql, sizeof sql, "DELETE FROM cells WHERE %s", which);
    return code == SQLITE_OK ? store_ask(db, sql, limit, 0, NULL) : code;
}

#define IS_DAY "span % 100 <> 0"
#define IS_MONTH "span % 100 = 0 AND span % 10000 <> 0"
#define IS_YEAR "span % 10000 = 0 AND span > 10000"
#define TO_MONTH "span / 100 * 100"
#define TO_YEAR "span / 10000 * 10000"

static int move_small(sqlite3 *db, int today)
{
    int code = move(db, TO_MONTH, IS_DAY " AND span < ?1 AND n < 5 AND " STORE_PERSONAL, today);
    return code == SQLITE_OK ? move(db, TO_YEAR, IS_MONTH " AND span < ?1 AND n < 5 AND " STORE_PERSONAL,
                                   cells_month_of(today))
                             : code;
}

/* ---- old spans */

/* How much of the room is used, in parts of TIGHT_PART. */
static int used_parts(sqlite3 *db, int64_t *parts)
{
    int64_t pages = 0, unused = 0, most = 1;
    int code = store_ask(db, "PRAGMA page_count", 0, 0, &pages);
    code = code == SQLITE_OK ? store_ask(db, "PRAGMA freelist_count", 0, 0, &unused) : code;
    code = code == SQLITE_OK ? store_ask(db, "PRAGMA max_page_count", 0, 0, &most) : code;
    *parts = (pages - unused) * TIGHT_PART / (most > 0 ? most : 1);
    return code;
}

static int months_before(int today, int months)
{
    int count = today / 10000 * 12 + today / 100 % 100 - 1 - months;
    return count / 12 * 10000 + (count % 12 + 1) * 100;
}

static int move_old(sqlite3 *db, int today, bool tight)
{
    char earlier[16];
    int year = cells_year_of(today);
    int months = tight ? 0 : STORE_KEEP_MONTHS, years = tight ? 0 : STORE_KEEP_YEARS;
    snprintf(earlier, sizeof earlier, "%d", SPAN_EARLIER);
    int code = move(db, TO_MONTH, IS_DAY " AND span < ?1", months_before(today, months));
    code = code == SQLITE_OK ? move(db, TO_YEAR, IS_MONTH " AND span < ?1", year - years * 10000) : code;
    return code == SQLITE_OK ? move(db, earlier, IS_YEAR " AND span < ?1", year - STORE_KEEP_ALL * 10000)
                             : code;
}

int roll_up(sqlite3 *db, int today, bool all)
{
    int64_t parts = 0;
    int code = move_small(db, today);
    if (code != SQLITE_OK || !all) {
        return code;
    }
    code = used_parts(db, &parts);
    bool tight = parts >= TIGHT_PART - 1;
    code = code == SQLITE_OK ? move_old(db, today, tight) : code;
    code = code == SQLITE_OK ? merge_years(db, cells_year_of(today)) : code;
    return code == SQLITE_OK ? merge_names(db, tight ? STORE_NAMES / 4 : STORE_NAMES) : code;
}
