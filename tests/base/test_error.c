#include "base/array.h"
#include "base/error.h"
#include "base/utf8.h"

#include "check.h"

static void says_what_and_where(void)
{
    static const struct {
        const char *file;
        int line, column;
        const char *expected;
    } CASES[] = {{"a.yaml", 3, 7, "a.yaml:3:7: no title"}, {"a.yaml", 3, 0, "a.yaml:3: no title"},
        {"a.yaml", 0, 0, "a.yaml: no title"}, {"a.yaml", 0, 9, "a.yaml: no title"}, {"", 3, 7, "no title"},
        {NULL, 0, 0, "no title"}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        struct error err;
        char text[100];
        CHECK(!error_set_at(
            &err, ERROR_INPUT, CASES[i].file, CASES[i].line, CASES[i].column, "no %s", "title"));
        CHECK_INT(err.category, ERROR_INPUT);
        CHECK_TEXT(error_text(&err, text, sizeof text), CASES[i].expected);
    }
}

static void has_the_exit_codes_of_the_contract(void)
{
    CHECK_INT(ERROR_INPUT, 1);
    CHECK_INT(ERROR_USAGE, 2);
    CHECK_INT(ERROR_MACHINE, 3);
}

static void forgets_the_place_of_the_one_before(void)
{
    struct error err;
    error_set_at(&err, ERROR_INPUT, "a.yaml", 3, 7, "one");
    CHECK(!error_set(&err, ERROR_USAGE, "two %d", 2));
    CHECK_INT(err.category, ERROR_USAGE);
    CHECK_TEXT(err.message, "two 2");
    CHECK_TEXT(err.file, "");
    CHECK_INT(err.line, 0);
    CHECK(!error_memory(&err));
    CHECK_INT(err.category, ERROR_MACHINE);
}

static void nobody_needs_to_listen(void)
{
    CHECK(!error_set(NULL, ERROR_INPUT, "x"));
    CHECK(!error_set_at(NULL, ERROR_INPUT, "f", 1, 1, "x"));
    CHECK(!error_memory(NULL));
}

static void may_quote_itself(void)
{
    struct error err;
    error_set_at(&err, ERROR_INPUT, "a.yaml", 3, 7, "no title");
    error_set_at(&err, err.category, err.file, err.line, err.column, "cannot play: %s", err.message);
    char text[100];
    CHECK_TEXT(error_text(&err, text, sizeof text), "a.yaml:3:7: cannot play: no title");
}

static void cuts_between_characters(void)
{
    char name[2000];
    for (size_t i = 0; i + 2 < sizeof name; i += 2) {
        memcpy(name + i, "\xC3\xA9", 3);
    }
    for (size_t shift = 0; shift < 3; shift++) {
        struct error err;
        error_set_at(&err, ERROR_INPUT, name + 400 + 2 * shift, 1, 1, "%.*s%s", (int)shift, "ab", name);
        CHECK(strlen(err.message) > 470);
        CHECK(strlen(err.file) > 250);
        CHECK_INT(utf8_check(str_from(err.message)), strlen(err.message));
        CHECK_INT(utf8_check(str_from(err.file)), strlen(err.file));
    }
}

static void stays_one_line(void)
{
    struct error err;
    error_set_at(&err, ERROR_INPUT, "a\nb", 1, 1, "bad name \"x\ny\033[2J\"");
    CHECK_TEXT(err.message, "bad name \"x y [2J\"");
    CHECK_TEXT(err.file, "a b");
}

static void fits_a_small_buffer(void)
{
    struct error err;
    char text[6] = "?????";
    error_set_at(&err, ERROR_INPUT, "a.yaml", 3, 7, "no title");
    CHECK_TEXT(error_text(&err, text, 5), "a.ya");
    CHECK(text[5] == '\0');
    text[0] = '?';
    CHECK(error_text(&err, text, 0) == text);
    CHECK(text[0] == '?');
}

int main(void)
{
    RUN(says_what_and_where);
    RUN(has_the_exit_codes_of_the_contract);
    RUN(forgets_the_place_of_the_one_before);
    RUN(nobody_needs_to_listen);
    RUN(may_quote_itself);
    RUN(cuts_between_characters);
    RUN(stays_one_line);
    RUN(fits_a_small_buffer);
    return check_report();
}
