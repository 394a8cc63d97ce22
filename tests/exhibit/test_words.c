/* Dates, language tags and plain words. */
#include "dates.h"
#include "language.h"
#include "plain.h"

#include "base/array.h"

#include "check.h"

static void reads_dates(void)
{
    static const struct {
        const char *text;
        enum dates_result result;
        struct date date;
    } rows[] = {
        {"1950-05-13", DATES_GOOD, {1950, 5, 13}},
        {"1950-05", DATES_GOOD, {1950, 5, 0}},
        {"1950", DATES_GOOD, {1950, 0, 0}},
        {"0001-01-01", DATES_GOOD, {1, 1, 1}},
        {"2000-02-29", DATES_GOOD, {2000, 2, 29}},
        {"1952-02-29", DATES_GOOD, {1952, 2, 29}},
        {"1900-02-29", DATES_IMPOSSIBLE, {0, 0, 0}},
        {"1951-02-29", DATES_IMPOSSIBLE, {0, 0, 0}},
        {"1950-04-31", DATES_IMPOSSIBLE, {0, 0, 0}},
        {"1950-13-01", DATES_IMPOSSIBLE, {0, 0, 0}},
        {"1950-00", DATES_IMPOSSIBLE, {0, 0, 0}},
        {"1950-05-00", DATES_IMPOSSIBLE, {0, 0, 0}},
        {"0000", DATES_IMPOSSIBLE, {0, 0, 0}},
        {"", DATES_MALFORMED, {0, 0, 0}},
        {"50", DATES_MALFORMED, {0, 0, 0}},
        {"1950-5-13", DATES_MALFORMED, {0, 0, 0}},
        {"1950/05/13", DATES_MALFORMED, {0, 0, 0}},
        {"1950-05-13 ", DATES_MALFORMED, {0, 0, 0}},
        {"1950-05-1x", DATES_MALFORMED, {0, 0, 0}},
        {"13.05.1950", DATES_MALFORMED, {0, 0, 0}},
        {"May 1950", DATES_MALFORMED, {0, 0, 0}},
        {"-950-05-13", DATES_MALFORMED, {0, 0, 0}},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct date date = {0, 0, 0};
        CHECK_THAT(dates_parse(str_from(rows[i].text), &date) == rows[i].result, "%s", rows[i].text);
        CHECK_THAT(date.year == rows[i].date.year && date.month == rows[i].date.month &&
                       date.day == rows[i].date.day,
            "%s", rows[i].text);
    }
}

static void compares_as_far_as_known(void)
{
    struct date day = {1950, 5, 13}, later = {1950, 5, 14}, month = {1950, 5, 0}, june = {1950, 6, 1},
                year = {1950, 0, 0}, next = {1951, 1, 1};
    CHECK(dates_compare(day, later) < 0);
    CHECK(dates_compare(later, day) > 0);
    CHECK(dates_compare(day, day) == 0);
    CHECK(dates_compare(day, month) == 0);
    CHECK(dates_compare(month, june) < 0);
    CHECK(dates_compare(year, june) == 0);
    CHECK(dates_compare(next, year) > 0);
}

static void reads_times(void)
{
    CHECK(dates_is_time(STR("00:00")) && dates_is_time(STR("23:59")) && dates_is_time(STR("09:05")));
    CHECK(!dates_is_time(STR("24:00")) && !dates_is_time(STR("23:60")) && !dates_is_time(STR("9:05")));
    CHECK(!dates_is_time(STR("23.30")) && !dates_is_time(STR("2330")) && !dates_is_time(STR("23:30:00")) &&
          !dates_is_time(STR("-1:30")));
}

static void knows_language_tags(void)
{
    static const char *const good[] = {"en", "ko", "zh-Hans", "ru", "pt-BR", "sr-Latn-RS", "es-419", "yue",
        "sl-rozaj-biske", "de-CH-1996", "zh-Hant-x-old", "ar-u-nu-latn"};
    static const char *const bad[] = {"", "e", "EN", "english", "zh-hans", "zh_Hans", "zh-HANS", "pt-br",
        "en-", "-en", "en--US", "en-x", "en-Latn-Latn", "ko.", "zh-Hans-Hant", "e1", "en US", "한국어"};
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++) {
        CHECK_THAT(language_is_tag(str_from(good[i])), "%s", good[i]);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
        CHECK_THAT(!language_is_tag(str_from(bad[i])), "%s", bad[i]);
    }
    CHECK(language_same(STR("zh-hans"), STR("zh-Hans")));
    CHECK(!language_same(STR("zh"), STR("zh-Hans")));
}

static void counts_words(void)
{
    CHECK_INT(plain_words(STR("")), 0);
    CHECK_INT(plain_words(STR("One two, three - four – five.")), 5);
    CHECK_INT(plain_words(STR("North Korea’s 38th parallel")), 4);
    CHECK_INT(plain_words(STR("He said “one two three four” and left")), 4);
    CHECK_INT(plain_words(STR("Он сказал «раз два три» и ушёл")), 4);
    CHECK_INT(plain_words(STR("Er sagte „eins zwei“ und ging")), 4);
    CHECK_INT(plain_words(STR("आयोग ने लिखा ।")), 3);
    CHECK_INT(plain_words(STR("毛泽东希望听到斯大林本人的说明。")), 8); /* 15 characters */
    CHECK_INT(plain_words(STR("他说“一二三四五六七八”，离开了。")), 3);
    CHECK_INT(plain_words(STR("1950年5月13日 A")), 6);
    CHECK_INT(plain_words(STR("สวัสดีครับ")), 2);
    CHECK_INT(plain_words(STR("모두 잘 있다")), 3);
}

static void cuts_sentences(void)
{
    static const struct {
        const char *text;
        const char *sentences[4];
    } rows[] = {
        {"One. Two! Three? Four", {"One.", "Two!", "Three?", "Four"}},
        {"At 23.30 hours. (Then.) End", {"At 23.30 hours.", "(Then.)", "End", NULL}},
        {"She said “no.” Then", {"She said “no.”", "Then", NULL, NULL}},
        {"Wait … there", {"Wait …", "there", NULL, NULL}},
        {"一。 二", {"一。", "二", NULL, NULL}},
        {"एक दो। तीन।", {"एक दो।", "तीन।", NULL, NULL}},
        {"هل تقرأ؟ نعم.", {"هل تقرأ؟", "نعم.", NULL, NULL}},
        {"一。二！“三。”四？", {"一。", "二！", "“三。”", "四？"}},
        {"价格为3.5元。好", {"价格为3.5元。", "好", NULL, NULL}},
        {"  ", {NULL, NULL, NULL, NULL}},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct str rest = str_from(rows[i].text), sentence;
        size_t count = 0;
        while (plain_sentence(&rest, &sentence) && count < 4) {
            CHECK_THAT(rows[i].sentences[count] != NULL && str_equal_c(sentence, rows[i].sentences[count]),
                "\"%s\": \"%.*s\"", rows[i].text, STR_ARGS(sentence));
            count++;
        }
        CHECK_THAT(count == 4 || rows[i].sentences[count] == NULL, "%s", rows[i].text);
    }
}

int main(void)
{
    RUN(reads_dates);
    RUN(compares_as_far_as_known);
    RUN(reads_times);
    RUN(knows_language_tags);
    RUN(counts_words);
    RUN(cuts_sentences);
    return check_report();
}
