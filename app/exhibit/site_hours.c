/* Opening hours of a site file. */
#include "site_values.h"

#include "base/array.h"
#include "dates.h"
#include "values.h"

#include <stdio.h>
#include <time.h>

#define DAY_MINUTES 1440
#define CLOCK_YEAR 2024 /* a clock that says less was never set */

/* hh:mm, and 24:00 for the day's end; -1 for anything else. */
static int minute_of(struct str text)
{
    if (str_equal_c(text, "24:00")) {
        return DAY_MINUTES;
    }
    long hours = 0, minutes = 0;
    if (!dates_is_time(text) || !str_to_long(str_slice(text, 0, 2), &hours) ||
        !str_to_long(str_slice(text, 3, 2), &minutes)) {
        return -1;
    }
    return (int)(hours * 60 + minutes);
}

static void read_span(struct reader *r, const struct yaml_node *node, struct site_day *day)
{
    if (!schema_expect(r, node, YAML_SCALAR)) {
        return;
    }
    struct str to = node->text, from = str_split(&to, '-');
    struct site_span span = {minute_of(str_trim(from)), minute_of(str_trim(to))};
    const struct site_span *last = day->span_count > 0 ? &day->spans[day->span_count - 1] : NULL;
    if (span.from < 0 || span.to < 0 || span.from >= span.to) {
        schema_report(r, FINDING_SITE_HOURS, node,
            "\"%.*s\" are no opening hours: write  09:00-17:00,  closed, or several in a list; what goes on "
            "after midnight ends at 24:00 and begins at 00:00 of the next day",
            STR_ARGS(node->text));
    } else if (last != NULL && span.from < last->to) {
        schema_report(r, FINDING_SITE_HOURS, node,
            "\"%.*s\" begins before the hours in front of it end: write them in order, or as one",
            STR_ARGS(node->text));
    } else if (day->span_count == SITE_SPANS) {
        schema_report(
            r, FINDING_SITE_HOURS, node, "a day opens %d times at most: leave some out", SITE_SPANS);
    } else {
        day->spans[day->span_count++] = span;
    }
}

static void read_day(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    struct site_day *day = out;
    day->given = true;
    if (value->kind == YAML_SEQUENCE) {
        for (const struct yaml_node *node = value->items; node != NULL; node = node->next) {
            read_span(r, node, day);
        }
    } else if (!str_equal_c(value->text, "closed")) {
        read_span(r, value, day);
    }
    /* What cannot be read must not keep a gallery dark. */
    day->given = day->span_count > 0 || str_equal_c(value->text, "closed");
    day->faulty = !day->given;
}

/* 2026-12-24, or 12-24 for every year. */
static bool date_of(struct str text, struct site_date *out)
{
    char every[16];
    struct date date;
    bool yearly = text.length == 5;
    if (yearly) {
        snprintf(every, sizeof every, "2000-%.*s", STR_ARGS(text));
        text = str_from(every);
    }
    if (dates_parse(text, &date) != DATES_GOOD || date.day == 0) {
        return false;
    }
    *out = (struct site_date){yearly ? 0 : date.year, date.month, date.day};
    return true;
}

static void read_closed(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    struct site_hours *hours = out;
    if (!schema_expect(r, value, YAML_SEQUENCE)) {
        return;
    }
    for (const struct yaml_node *node = value->items; node != NULL; node = node->next) {
        struct site_date date;
        if (!schema_expect(r, node, YAML_SCALAR)) {
            continue;
        }
        if (!date_of(node->text, &date)) {
            schema_report(r, FINDING_BAD_DATE, node,
                "\"%.*s\" is no day: write 2026-12-24, or 12-24 for every year", STR_ARGS(node->text));
        } else if (hours->closed_count == SITE_CLOSED_DAYS) {
            schema_report(r, FINDING_SITE_HOURS, node,
                "%d closed days at most: leave out those that are past", SITE_CLOSED_DAYS);
        } else {
            hours->closed[hours->closed_count++] = date;
        }
    }
}

#define DAY(i) (offsetof(struct site_hours, days) + (i) * sizeof(struct site_day))

static const struct field hours_fields[] = {
    {"daily", read_day, offsetof(struct site_hours, daily), 0},
    {"monday", read_day, DAY(0), 0},
    {"tuesday", read_day, DAY(1), 0},
    {"wednesday", read_day, DAY(2), 0},
    {"thursday", read_day, DAY(3), 0},
    {"friday", read_day, DAY(4), 0},
    {"saturday", read_day, DAY(5), 0},
    {"sunday", read_day, DAY(6), 0},
    {"closed", read_closed, 0, 0},
};

void site_read_hours(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    struct site_hours *hours = out;
    hours->given = SCHEMA_READ(r, value, hours_fields, hours);
}

/* ---- asking */

static bool is_closed_day(const struct site_hours *hours, const struct site_moment *now)
{
    for (int i = 0; i < hours->closed_count; i++) {
        const struct site_date *date = &hours->closed[i];
        if (date->month == now->month && date->day == now->day &&
            (date->year == 0 || date->year == now->year)) {
            return true;
        }
    }
    return false;
}

struct site_moment site_moment_at(int64_t wall_s)
{
    time_t seconds = (time_t)wall_s;
    struct tm local = {.tm_mday = 1};
    localtime_r(&seconds, &local);
    return (struct site_moment){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
        (local.tm_wday + 6) % 7, local.tm_hour * 60 + local.tm_min};
}

bool site_is_open(const struct site_hours *hours, const struct site_moment *now)
{
    bool any = hours->daily.given;
    if (!hours->given || now->year < CLOCK_YEAR || now->weekday < 0 || now->weekday >= SITE_WEEKDAYS) {
        return true;
    }
    for (int i = 0; i < SITE_WEEKDAYS; i++) {
        any = any || hours->days[i].given;
    }
    if (is_closed_day(hours, now)) {
        return false;
    }
    const struct site_day *own = &hours->days[now->weekday], *day = own->given ? own : &hours->daily;
    if (!day->given && (own->faulty || day->faulty)) {
        return true;
    }
    for (int i = 0; i < day->span_count; i++) {
        if (now->minute >= day->spans[i].from && now->minute < day->spans[i].to) {
            return true;
        }
    }
    return !any;
}
