/* What a visit script may say, and what is said about one that says something else. */
#include "check.h"
#include "script.h"

static void every_verb_is_read(void)
{
    struct script script;
    struct error err = {0};
    const char *text = "# a comment\n"
                       "0     go document:telegram/scan\n"
                       "\n"
                       "0     wait ready\r\n"
                       "1000  tap @bar.home\n"
                       "1500  tap 0.50 0.25\n"
                       "2000  drag 0.8 0.5 0.2 0.5 400\n"
                       "3000  pinch 0.5 0.5 8.0 1500\n"
                       "4600  look 0.3 0.4 1.0 0\n"
                       "5000\tkey\tTab\n"
                       "5200  down 1 0.4 0.4\n"
                       "5210  move 1 0.5 0.4\n"
                       "5220  up 1 0.5 0.4\n"
                       "5230  up 2\n"
                       "5240  wheel 0.5 0.5 -2\n"
                       "5300  resize 1280 800\n"
                       "6000  screenshot out.png\n"
                       "9000  quit";
    static const enum script_verb verbs[] = {SCRIPT_GO, SCRIPT_WAIT, SCRIPT_TAP, SCRIPT_TAP, SCRIPT_DRAG,
        SCRIPT_PINCH, SCRIPT_LOOK, SCRIPT_KEY, SCRIPT_DOWN, SCRIPT_MOVE, SCRIPT_UP, SCRIPT_UP, SCRIPT_WHEEL,
        SCRIPT_RESIZE, SCRIPT_SCREENSHOT, SCRIPT_QUIT};
    CHECK_THAT(script_parse(&script, str_from(text), "visit.txt", &err), "%d: %s", err.line, err.message);
    CHECK_INT(script.count, sizeof verbs / sizeof verbs[0]);
    for (size_t i = 0; i < script.count; i++) {
        CHECK_THAT(script.steps[i].verb == verbs[i], "step %zu", i);
    }
    CHECK_INT(script.steps[0].place.kind, PLACE_DOCUMENT);
    CHECK_INT(script.steps[0].place.view, PLACE_SCAN);
    CHECK_TEXT(script.steps[2].text, "bar.home");
    CHECK(script.steps[3].text == NULL && script.steps[3].n[0] == 0.5 && script.steps[3].n[1] == 0.25);
    CHECK(script.steps[4].count == 5 && script.steps[4].n[4] == 400);
    CHECK(script.steps[5].n[2] == 8);
    CHECK_INT(script.steps[7].key, KEY_TAB);
    CHECK_INT(script.steps[10].count, 3);
    CHECK_INT(script.steps[11].count, 1);
    CHECK_TEXT(script.steps[14].text, "out.png");
    CHECK_INT(script.steps[15].ms, 9000);
    CHECK_INT(script.steps[15].line, 18);
    script_finish(&script);
}

static void mistakes_have_line_and_column(void)
{
    static const struct {
        const char *text;
        int line, column;
        const char *says;
    } table[] = {
        {"0 go home\n0 wait ready\n100 fly home\n", 3, 5, "fly"},
        {"0 go home\n# fine\n100 tap 0.5\n", 3, 12, "y as a fraction"},
        {"0 go home\n10 quit\n5 quit\n", 3, 1, "backwards"},
        {"soon go home\n", 1, 1, "soon"},
        {"-5 go home\n", 1, 1, "-5"},
        {"1.5 go home\n", 1, 1, "1.5"},
        {"0\n", 1, 2, "verb is missing"},
        {"0 go\n", 1, 5, "no place"},
        {"0 go nowhere\n", 1, 6, "nowhere"},
        {"0 wait\n", 1, 7, "wait ready"},
        {"0 wait for it\n", 1, 8, "for"},
        {"0 tap 0.5 1.5\n", 1, 11, "from 0 to 1"},
        {"0 tap @\n", 1, 7, "\"@\""},
        {"0 tap half half\n", 1, 7, "half"},
        {"0 drag 0 0 1 1\n", 1, 15, "milliseconds"},
        {"0 pinch 0.5 0.5 0 10\n", 1, 17, "factor"},
        {"0 look 0.5 0.5 1 0 0\n", 1, 20, "one word too many"},
        {"0 key Escap\n", 1, 7, "Escap"},
        {"0 key \xC3\xA9\n", 1, 7, "\xC3\xA9"},
        {"0 down 1 0.5\n", 1, 13, "y as"},
        {"0 up\n", 1, 5, "finger"},
        {"0 up 1 0.5\n", 1, 11, "y as"},
        {"0 resize 100 100\n", 1, 10, "from 200 to 8192"},
        {"0 screenshot\n", 1, 13, "file"},
        {"0 quit now\n", 1, 8, "now"},
        {"0 wait ready   # every tile sharp\n", 1, 16, "#"},
        {"0 go home\n\xFF\n", 2, 1, "UTF-8"},
        {"0 tap nan nan\n", 1, 7, "nan"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct script script;
        struct error err = {0};
        CHECK_THAT(
            !script_parse(&script, str_from(table[i].text), "visit.txt", &err), "row %zu is accepted", i);
        CHECK_THAT(err.category == ERROR_INPUT, "row %zu", i);
        CHECK_THAT(err.line == table[i].line && err.column == table[i].column, "row %zu: %d:%d: %s", i,
            err.line, err.column, err.message);
        CHECK_THAT(strstr(err.message, table[i].says) != NULL, "row %zu: %s", i, err.message);
        CHECK_TEXT(err.file, "visit.txt");
        script_finish(&script);
    }
}

static void a_missing_file_is_said(void)
{
    struct script script;
    struct error err = {0};
    CHECK(!script_open(&script, "no-such-script.txt", &err));
    CHECK_INT(err.category, ERROR_INPUT);
    CHECK_TEXT(err.file, "no-such-script.txt");
    CHECK(!script_open(&script, "/", &err));
    CHECK_INT(err.category, ERROR_INPUT);
}

static void an_empty_script_is_one(void)
{
    struct script script;
    CHECK(script_parse(&script, STR(""), "empty", NULL));
    CHECK_INT(script.count, 0);
    script_finish(&script);
    CHECK(script_parse(&script, STR("\n  \n#\n"), "empty", NULL));
    CHECK_INT(script.count, 0);
    script_finish(&script);
}

static void keys_go_both_ways(void)
{
    for (int key = KEY_NONE + 1; key <= KEY_DIGIT_9; key++) {
        const char *name = script_key_name((enum player_key)key);
        CHECK_THAT(script_key(str_from(name)) == (enum player_key)key, "key %d is called \"%s\"", key, name);
    }
    CHECK_INT(script_key(STR("")), KEY_NONE);
}

int main(void)
{
    RUN(every_verb_is_read);
    RUN(mistakes_have_line_and_column);
    RUN(a_missing_file_is_said);
    RUN(an_empty_script_is_one);
    RUN(keys_go_both_ways);
    return check_report();
}
