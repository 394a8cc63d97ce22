/* The rules are tried on texts that break them, so that a rule that finds nothing in the checkout is known to
 * work. */
#include "rules.h"

#include "base/array.h"

#include "check.h"

#include <stdlib.h>

static int found(const char *path, const char *text)
{
    struct findings findings = {.quiet = true};
    rules_check(&findings, path, text, strlen(text));
    return findings.count;
}

struct example {
    const char *path, *text;
    int findings;
};

static void check_examples(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int actual = found(examples[i].path, examples[i].text);
        CHECK_THAT(actual == examples[i].findings, "example %zu (%s) gives %d findings", i, examples[i].path,
            actual);
    }
}

static void includes(void)
{
    static const struct example EXAMPLES[] = {
        {"app/view/a.c", "#include \"view/theme.h\"\n#include \"internal.h\"\n#include <math.h>\n", 0},
        {"app/view/a.c", "#include \"../scan/cache.h\"\n", 1},
        {"app/view/a.c", "#  include \"scan/../scan/cache.h\"\n", 1},
        {"app/view/a.c", "\t#\tinclude <../scan/cache.h>\n", 1},
        {"app/view/a.c", "#include \"../../scan/cache.h\"\n", 2},
        {"app/view/a.c", "#include \"/usr/include/stdio.h\"\n", 1},
        {"app/view/a.c", "#include \"a..h\"\n", 0},
        {"tests/view/a.c", "#include \"../check.h\"\n", 1},
    };
    check_examples(EXAMPLES, ARRAY_LENGTH(EXAMPLES));
}

static void sdl(void)
{
    static const struct example EXAMPLES[] = {
        {"app/stage/window.c", "#include <SDL.h>\nSDL_Window *w;\n", 0},
        {"app/stage/include/stage/stage.h", "#include <SDL2/SDL.h>\nSDL_Window *w;\n", 0},
        {"app/player/player.c", "#include <SDL.h>\n", 1},
        {"app/player/player.c", "#include <SDL2/SDL.h>\n", 1},
        {"app/player/player.c", "int f(SDL_Event *e);\n", 1},
        {"app/player/player.c", "/* SDL_Event */ const char *s = \"SDL_Event\";\n", 0},
        {"app/player/player.c", "int NOT_SDL_at_all;\n", 0},
        {"app/player/player.h", "void f(SDL_Surface *s);\n", 1},
        {"app/main.c", "#include <SDL.h>\n", 1},
        {"app/text/fonts.c", "#include <SDL_ttf.h>\n", 1},
        {"app/text/fonts.c", "SDL_Surface *s;\n", 1},
        {"app/text/include/text/text.h", "SDL_Surface *f(void);\n", 1},
        {"tests/stage/test_window.c", "#include <SDL.h>\nSDL_Event e;\n", 0},
        {"tests/bench/bench_text.c", "#include <SDL_ttf.h>\n", 0},
    };
    check_examples(EXAMPLES, ARRAY_LENGTH(EXAMPLES));
}

static void purity(void)
{
    static const struct example EXAMPLES[] = {
        {"app/visit/visit.c", "int f(void)\n{\n    return open(\"x\", 0);\n}\n", 1},
        {"app/view/home.c", "long f(void)\n{\n    return time(0);\n}\n", 1},
        {"app/view/home.c", "long f(struct s *s)\n{\n    return s->time(0) + s->clock + time_of(s);\n}\n", 0},
        {"app/view/home.c", "/* open() */ int reopen(int);\n", 0},
        {"app/player/loop.c", "long f(void)\n{\n    return time(0);\n}\n", 0},
    };
    check_examples(EXAMPLES, ARRAY_LENGTH(EXAMPLES));
}

static void marks_and_paths(void)
{
    static const struct example EXAMPLES[] = {
        {"app/a.c",
            "/* TO"
            "DO: later */\n",
            1},
        {"README.md",
            "FIX"
            "ME\n",
            1},
        {"tests/run",
            "# TO"
            "DO\n",
            1},
        {"app/a.c",
            "int FIX"
            "MES;\n",
            0},
        {"app/a.c",
            "int AUTO"
            "TO"
            "DO;\n",
            0},
        {"exhibits/a/notes/x.en.md",
            "The word TO"
            "DO in a text is the curator's.\n",
            0},
        {"exhibits/a/exhibit.yaml",
            "file: /ho"
            "me/me/1.jpg\n",
            1},
        {"README.md",
            "in /wo"
            "rk/main\n",
            1},
        {"README.md",
            "https://example.org/wo"
            "rk/\n",
            0},
        {"packaging/play",
            "cd /tmp/bri"
            "ef\n",
            1},
        {"app/a.c",
            "\"${x}/ho"
            "me/\"\n",
            0},
        {"packaging/README.md", "/etc/vitrine/site.yaml and /usr/share/vitrine\n", 0},
    };
    check_examples(EXAMPLES, ARRAY_LENGTH(EXAMPLES));
}

/* A text of `lines` lines between a first and a last one. */
static int found_around(const char *path, const char *first, const char *line, int lines, const char *last)
{
    size_t size = strlen(first) + strlen(line) * (size_t)lines + strlen(last) + 1;
    char *text = malloc(size), *end = text;
    if (text == NULL) {
        return -1;
    }
    end = stpcpy(end, first);
    for (int i = 0; i < lines; i++) {
        end = stpcpy(end, line);
    }
    stpcpy(end, last);
    int count = found(path, text);
    free(text);
    return count;
}

static void file_lengths(void)
{
    CHECK_INT(found_around("app/a.c", "", "int a;\n", 600, ""), 0);
    CHECK_INT(found_around("app/a.c", "", "int a;\n", 601, ""), 1);
    CHECK_INT(found_around("app/a.c", "", "int a;\n", 600, "int b;"), 1);
    CHECK_INT(found_around("app/a.h", "", "\n", 601, ""), 1);
    CHECK_INT(found_around("tests/run", "", "\n", 601, ""), 1);
    CHECK_INT(found_around("assets/map.csv", "", "1,2\n", 9000, ""), 0);
}

static void function_lengths(void)
{
    static const char head[] = "int f(int a)\n{\n";
    CHECK_INT(found_around("app/a.c", head, "    a++;\n", 77, "}\n"), 0);
    CHECK_INT(found_around("app/a.c", head, "    a++;\n", 78, "}\n"), 1);
    CHECK_INT(found_around("app/a.c", "int f(\n    int a)\n{\n", "    a++;\n", 77, "}\n"), 1);
    CHECK_INT(
        found_around("app/a.c", "/* comment\n * comment */\n\nint f(int a)\n{\n", "a++;\n", 77, "}\n"), 0);
    CHECK_INT(found_around("app/a.c", head, "    if (a) { a = '}'; } /* } */ \n", 78, "}\n"), 1);
    CHECK_INT(found_around("app/a.c", head, "    s = \"}\"; t = \"\\\"}\";\n", 78, "}\n"), 1);
    CHECK_INT(found_around("app/a.c", "#define BLOCK {\n#define LONG do { \\\n  {\nint f(int a)\n{\n", "\n",
                  78, "}\n"),
        1);
    CHECK_INT(found_around("app/a.c", "static const int T[] = {\n", "    {1, 2},\n", 200, "};\n"), 0);
    CHECK_INT(found_around("app/a.c", "struct s {\n", "    int a;\n", 200, "};\n"), 0);
    CHECK_INT(found_around(
                  "app/a.c", "int f(int a)\n{\n}\nint g(int a)\n{\n", "a++;\n", 78, "}\nint h(void)\n{\n}\n"),
        1);
    CHECK_INT(found("app/a.c", "int f(void)\n{\n    if (1) {\n}\n"), 1);
}

static void leaves_what_is_no_text(void)
{
    static const char text[] = "\x89PNG\0 TO"
                               "DO /wo"
                               "rk/ \n";
    struct findings findings = {.quiet = true};
    rules_check(&findings, "packaging/a.png", text, sizeof text - 1);
    CHECK_INT(findings.count, 0);
}

static void blanks_what_is_no_code(void)
{
    static const char *const CASES[][2] = {
        {"a /* b */ c", "a         c"},
        {"a // b\nc", "a     \nc"},
        {"x = \"a\\\"b\" + '\\'' + 1;", "x =        +      + 1;"},
        {"#define A \\\n  B\nc", "           \n   \nc"},
        {" # if X\ny", "       \ny"},
        {"a # b", "a # b"},
        {"/* open", "       "},
        {"", ""},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        char *code = rules_code(CASES[i][0], strlen(CASES[i][0]));
        CHECK_TEXT(code, CASES[i][1]);
        free(code);
    }
}

static void says_where(void)
{
    struct findings findings = {.quiet = true};
    static const char text[] = "\n\n#include \"../a.h\"\n";
    rules_check(&findings, "app/view/a.c", text, sizeof text - 1);
    CHECK_TEXT(findings.last, "app/view/a.c:3: an include never climbs with ..");
}

int main(void)
{
    RUN(includes);
    RUN(sdl);
    RUN(purity);
    RUN(marks_and_paths);
    RUN(file_lengths);
    RUN(function_lengths);
    RUN(leaves_what_is_no_text);
    RUN(blanks_what_is_no_code);
    RUN(says_where);
    return check_report();
}
