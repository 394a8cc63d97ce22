#include "dates.h"

/* `count` digits; -1 when they are none. */
static int digits(struct str text, size_t from, size_t count)
{
    int value = 0;
    for (size_t i = from; i < from + count; i++) {
        if (i >= text.length || text.data[i] < '0' || text.data[i] > '9') {
            return -1;
        }
        value = value * 10 + (text.data[i] - '0');
    }
    return value;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

enum dates_result dates_parse(struct str text, struct date *date)
{
    bool has_month = text.length >= 7, has_day = text.length == 10;
    struct date result = {
        digits(text, 0, 4), has_month ? digits(text, 5, 2) : 0, has_day ? digits(text, 8, 2) : 0};
    bool form = text.length == 4 || (text.length == 7 && text.data[4] == '-') ||
                (text.length == 10 && text.data[4] == '-' && text.data[7] == '-');
    if (!form || result.year < 0 || result.month < 0 || result.day < 0) {
        return DATES_MALFORMED;
    }
    if (result.year == 0 || (has_month && (result.month < 1 || result.month > 12)) ||
        (has_day && (result.day < 1 || result.day > days_in(result.year, result.month)))) {
        return DATES_IMPOSSIBLE;
    }
    *date = result;
    return DATES_GOOD;
}

int dates_compare(struct date a, struct date b)
{
    if (a.year != b.year) {
        return a.year < b.year ? -1 : 1;
    }
    if (a.month == 0 || b.month == 0 || a.month != b.month) {
        return a.month == 0 || b.month == 0 ? 0 : a.month < b.month ? -1 : 1;
    }
    if (a.day == 0 || b.day == 0 || a.day == b.day) {
        return 0;
    }
    return a.day < b.day ? -1 : 1;
}

bool dates_is_time(struct str text)
{
    if (text.length != 5 || text.data[2] != ':') {
        return false;
    }
    int hours = digits(text, 0, 2), minutes = digits(text, 3, 2);
    return hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60;
}
