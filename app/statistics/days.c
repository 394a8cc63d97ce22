/* Days as numbers, by the Gregorian calendar for all years. */
#include "statistics/cells.h"

#include <stdio.h>
#include <string.h>

enum { DAYS_400_YEARS = 146097, DAYS_TO_1970 = 719468 }; /* from 1 March of year 0 */

int cells_month_of(int span)
{
    return span / 100 * 100;
}

int cells_year_of(int span)
{
    return span / 10000 * 10000;
}

/* The year is thought to begin in March, so that the leap day is its last. */
int64_t cells_days(int span)
{
    int year = span / 10000, month = span / 100 % 100, day = span % 100;
    month = month > 0 ? month : 1;
    day = day > 0 ? day : 1;
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + day_of_year;
    return (int64_t)era * DAYS_400_YEARS + day_of_era - DAYS_TO_1970;
}

int cells_span_of_days(int64_t days)
{
    int64_t shifted = days + DAYS_TO_1970;
    int64_t era = (shifted >= 0 ? shifted : shifted - DAYS_400_YEARS + 1) / DAYS_400_YEARS;
    int of_era = (int)(shifted - era * DAYS_400_YEARS);
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int day_of_year = of_era - (365 * year + year / 4 - year / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    int day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    return ((int)(year + era * 400) + (month <= 2)) * 10000 + month * 100 + day;
}

int cells_weekday(int span)
{
    int64_t days = cells_days(span) + 3; /* 1 January 1970 was a Thursday */
    return (int)((days % 7 + 7) % 7);
}

bool cells_parse_day(const char *text, int *span)
{
    int year, month, day, used = 0;
    if (strlen(text) != 10 || sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || used != 10 ||
        year < 1970 || month < 1 || day < 1) {
        return false;
    }
    int read = year * 10000 + month * 100 + day;
    if (month > 12 || cells_span_of_days(cells_days(read)) != read) {
        return false;
    }
    *span = read;
    return true;
}

int cells_first_day(int span)
{
    if (span <= SPAN_EARLIER) {
        return 0;
    }
    return span + (span / 100 % 100 == 0 ? 100 : 0) + (span % 100 == 0 ? 1 : 0);
}

int cells_last_day(int span)
{
    if (span <= SPAN_EARLIER) {
        return 99999999;
    }
    if (span % 100 != 0) {
        return span;
    }
    int year = span / 10000, month = span / 100 % 100;
    int next = month == 0 || month == 12 ? (year + 1) * 10000 + 101 : year * 10000 + (month + 1) * 100 + 1;
    return cells_span_of_days(cells_days(next) - 1);
}
