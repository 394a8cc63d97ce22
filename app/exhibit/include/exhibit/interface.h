/* The player's own words: assets/interface/<language>.yaml, read by the same YAML reader, English where one
 * is missing. */
#ifndef EXHIBIT_INTERFACE_H
#define EXHIBIT_INTERFACE_H

#include "base/error.h"
#include "base/str.h"
#include "exhibit/exhibit.h"

struct interface;

/* Reads every <language>.yaml of the folder: a flat map from key (lower case, dots) to text. English must be
 * there and complete. */
struct interface *interface_open(const char *folder, struct error *err);
void interface_destroy(struct interface *interface);

/* The words for `key` in `language` (exact tag, then its language without script and region, then English). A
 * key that does not exist gives the key itself, so that the mistake can be seen. Lent. */
struct str interface_words(const struct interface *interface, const char *language, const char *key);
/* The same with {0}, {1}, ... replaced; the result lives in the arena. A value with letters that run against
 * the language's direction is put between FSI and PDI (UAX #9). */
struct arena;
struct str interface_format(const struct interface *interface, const char *language, const char *key,
    struct arena *arena, const struct str *values, size_t count);
/* The same for words around a number, which is {0}, written as `figures`: of `key`.one, `key`.few, `key`.many
 * and `key`.other the one that the number asks for in the language whose words are used, by its key "plural":
 *
 *     none     other                      Chinese, Korean
 *     one      1 one, else other          English, German
 *     slavic   1, 21, 31 ... one; 2-4, 22-24 ... few; 0, 5-20, 25 ... many    Russian, Ukrainian
 *     arabic   1 one, 2 two, 3-10 few, 11-99 many, else other, of the last two figures; 0 zero
 *
 * (CLDR's cardinal categories of whole numbers.) A form that a file lacks is its `key`.other, and where the
 * key has no forms at all it is `key` itself. */
struct str interface_count(const struct interface *interface, const char *language, const char *key,
    struct arena *arena, long number, struct str figures);
/* A date as people say it in that language ("13 May 1950", "1950년 5월 13일"): patterns date.day, date.month,
 * date.year with {y} {m} {d} {month} {monthname}; month.1 .. month.12 are the names inside a date,
 * monthname.1 .. (where a language needs them) the names standing alone. assets/interface/en.yaml and ru.yaml
 * show them in use. */
struct str interface_date(
    const struct interface *interface, const char *language, struct date date, struct arena *arena);
/* From a to b: date.range-days within a month ("15–18 May 1949"; {d2}), date.range-months within a year ({d}
 * {month} {d2} {month2} {m2}), else date.range of two whole dates. */
struct str interface_date_range(const struct interface *interface, const char *language, struct date from,
    struct date to, struct arena *arena);
/* Is the language written from right to left? Key "direction" of its file, "ltr" or "rtl". */
bool interface_is_rtl(const struct interface *interface, const char *language);

#endif
