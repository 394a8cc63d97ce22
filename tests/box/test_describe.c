#include "check.h"
#include "screen.h"

#include <stdlib.h>

/* The description of a tree, to be freed. */
static char *describe(const struct box_tree *tree)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL) {
        return NULL;
    }
    box_describe(tree, stream);
    fclose(stream);
    return text;
}

static void prints_the_contracts_lines(void)
{
    struct screen s;
    screen_start(&s);
    s.tree.boxes[0].name = STR("Home");
    screen_add(&s, "screen", BOX_BAR, (struct rect){0, 700, 1000, 100}, "bar", NULL);
    struct box *box =
        screen_add(&s, "bar", BOX_BUTTON, (struct rect){1, 2, 3, 4}, "bar.contrast", "contrast");
    box->name = STR("High contrast");
    box->states = BOX_FOCUSED | BOX_CHECKED;
    box = screen_add(&s, "screen", BOX_LINK, (struct rect){-5, 900, 30, 0}, "link.1", "go");
    box->name = STR("\xE6\x96\xAF\xE5\xA4\xA7\xE6\x9E\x97");
    box->action.argument = STR("person:stalin");
    char *text = describe(&s.tree);
    CHECK_TEXT(text,
        "screen \"Home\" screen 0,0 1000x800\n"
        "  bar \"\" bar 0,700 1000x100\n"
        "    button \"High contrast\" bar.contrast 1,2 3x4 {focused checked} [contrast]\n"
        "  link \"\xE6\x96\xAF\xE5\xA4\xA7\xE6\x9E\x97\" link.1 -5,900 30x0 [go person:stalin]\n");
    free(text);
    screen_finish(&s);
}

static void prints_every_state_in_order(void)
{
    struct screen s;
    screen_start(&s);
    s.tree.boxes[0].states = 0xFF;
    char *text = describe(&s.tree);
    CHECK_TEXT(text, "screen \"\" screen 0,0 1000x800 "
                     "{focused pressed selected checked expanded disabled fallback modal}\n");
    free(text);
    screen_finish(&s);
}

static void escapes_names(void)
{
    static const struct {
        struct str name;
        const char *printed;
    } cases[] = {
        {{"a\tb\nc", 5}, "a\\tb\\nc"}, {{"\a\b\v\f\r", 5}, "\\a\\b\\v\\f\\r"},
        {{"say \"x\\y\"", 9}, "say \\\"x\\\\y\\\""},
        {{"\0"
          "1",
             2},
            "\\0001"},
        {{"\x1B[0m", 4}, "\\033[0m"}, {{"\x7F", 1}, "\\177"},
        {{"\xC2\x85", 2}, "\\302\\205"}, /* a C1 control character */
        {{"\xC2\xA0\xC3\xA9", 4}, "\xC2\xA0\xC3\xA9"},
        {{"\xEF\xBF\xBD", 3}, "\xEF\xBF\xBD"}, /* the replacement character itself is one */
        {{"\xFF"
          "A",
             2},
            "\\377A"},
        {{"\xE2\x82", 2}, "\\342\\202"}, /* cut in the middle of a character */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct screen s;
        char expected[100];
        screen_start(&s);
        s.tree.boxes[0].name = cases[i].name;
        char *text = describe(&s.tree);
        snprintf(expected, sizeof expected, "screen \"%s\" screen 0,0 1000x800\n", cases[i].printed);
        CHECK_TEXT(text, expected);
        free(text);
        screen_finish(&s);
    }
}

static void every_role_has_a_word(void)
{
    for (int role = 0; role < BOX_ROLES; role++) {
        const char *word = box_role_word((enum box_role)role);
        CHECK(word != NULL && word[0] >= 'a' && word[0] <= 'z');
        for (int other = 0; other < role; other++) {
            CHECK(strcmp(word, box_role_word((enum box_role)other)) != 0);
        }
    }
    CHECK_TEXT(box_role_word((enum box_role)99), "unknown");
}

int main(void)
{
    RUN(prints_the_contracts_lines);
    RUN(prints_every_state_in_order);
    RUN(escapes_names);
    RUN(every_role_has_a_word);
    return check_report();
}
