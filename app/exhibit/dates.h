/* Dates as an exhibit writes them: 1950-05-13, 1950-05 or 1950. */
#ifndef EXHIBIT_DATES_H
#define EXHIBIT_DATES_H

#include "exhibit/exhibit.h"

enum dates_result { DATES_GOOD, DATES_MALFORMED, DATES_IMPOSSIBLE };

/* Reads a date of the Gregorian calendar, years 1 to 9999. *date is set when the result is DATES_GOOD. */
enum dates_result dates_parse(struct str text, struct date *date);
/* Negative, zero or positive, as far as both are known: 1950 and 1950-05 are equal. */
int dates_compare(struct date a, struct date b);
/* 23:30: hours 00 to 23, minutes 00 to 59. */
bool dates_is_time(struct str text);

#endif
