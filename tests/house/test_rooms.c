/* Who may include whom. For every ordered pair of rooms a file that includes the other room's headers is
 * compiled with the directories that CMake gives the room: allowed pairs must compile, all others must not.
 */
#include "tree.h"

#include "base/array.h"
#include "base/str.h"

#include "check.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* The table of the house, from the ground up. A room always sees itself. */
static const struct {
    const char *room, *may;
} RULES[] = {
    {"base", ""},
    {"bundle", "base"},
    {"exhibit", "base"},
    {"search", "base exhibit"},
    {"text", "base"},
    {"camera", "base"},
    {"box", "base"},
    {"visit", "base exhibit camera"},
    {"view", "base exhibit search text camera box visit"},
    {"scan", "base camera"},
    {"paint", "base text camera box scan"},
    {"voice", "base"},
    {"player", "base exhibit search text camera box visit view scan paint voice"},
    {"stage", "base exhibit search text camera box visit view scan paint voice player"},
    {"simulate", "base exhibit search text camera box visit view scan paint voice player"},
    {"statistics", "base exhibit camera visit"},
    {"keeper", "base bundle exhibit search text camera box visit view scan paint voice player"},
    {"author",
        "base bundle exhibit search text camera box visit view scan paint voice player simulate statistics"},
};

enum { MOST_ARGUMENTS = 120 };

/* What CMake wrote about the rooms that exist, and the compiler's last words. */
struct house {
    char *text; /* rooms.txt */
    size_t length;
    char output[4096];
};

static bool house_open(struct house *house)
{
    house->text = tree_read(HOUSE_DIR "/rooms.txt", &house->length);
    CHECK(house->text != NULL);
    return house->text != NULL;
}

/* The directories of a room, separated by "|"; false when CMake knows no such room. */
static bool house_find(const struct house *house, const char *room, struct str *directories)
{
    struct str rest = {house->text, house->length};
    while (rest.length > 0) {
        struct str line = str_split(&rest, '\n');
        if (str_equal_c(str_split(&line, '|'), room)) {
            *directories = line;
            return true;
        }
    }
    return false;
}

static int rule_of(struct str room)
{
    for (size_t i = 0; i < ARRAY_LENGTH(RULES); i++) {
        if (str_equal_c(room, RULES[i].room)) {
            return (int)i;
        }
    }
    return -1;
}

static bool allowed(size_t from, size_t to)
{
    struct str may = str_from(RULES[from].may);
    while (may.length > 0) {
        if (str_equal_c(str_split(&may, ' '), RULES[to].room)) {
            return true;
        }
    }
    return from == to;
}

/* Writes a file that includes the headers of a room, all or the first; how many, -1 when it cannot be
 * written. */
static int write_includes(const char *room, bool all)
{
    char path[4096];
    int count = 0;
    snprintf(path, sizeof path, "%s/app/%s/include/%s", TEST_SOURCE_DIR, room, room);
    char **names = tree_names(path);
    FILE *file = fopen(HOUSE_DIR "/pair.c", "w");
    for (char **name = names; file != NULL && name != NULL && *name != NULL && (all || count == 0); name++) {
        if (str_ends_with(str_from(*name), STR(".h"))) {
            fprintf(file, "#include \"%s/%s\"\n", room, *name);
            count++;
        }
    }
    tree_free_names(names);
    if (file == NULL) {
        return -1;
    }
    fputs("extern int pair;\n", file);
    return fclose(file) == 0 ? count : -1;
}

/* Runs the compiler; its exit status, or -1. What it says is kept in house->output. */
static int run(struct house *house, char *const arguments[])
{
    static const char output[] = HOUSE_DIR "/pair.txt";
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ) == 0) {
        status = waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    posix_spawn_file_actions_destroy(&actions);
    size_t length;
    char *text = tree_read(output, &length);
    snprintf(house->output, sizeof house->output, "%s", text != NULL ? text : "");
    free(text);
    return status;
}

static int compile(struct house *house, struct str directories)
{
    char *arguments[MOST_ARGUMENTS] = {HOUSE_COMPILER, "-std=c11", "-D_GNU_SOURCE", "-fsyntax-only"};
    size_t count = 4;
    int status = -1;
    while (directories.length > 0 && count < MOST_ARGUMENTS - 2) {
        struct str directory = str_split(&directories, '|');
        char *argument = NULL;
        if (directory.length > 0 && asprintf(&argument, "-I%.*s", STR_ARGS(directory)) > 0) {
            arguments[count++] = argument;
        }
    }
    size_t last = count;
    arguments[count++] = HOUSE_DIR "/pair.c";
    CHECK(directories.length == 0);
    status = run(house, arguments);
    for (size_t i = 4; i < last; i++) {
        free(arguments[i]);
    }
    return status;
}

static void check_pair(struct house *house, size_t from, size_t to, struct str directories)
{
    const char *room = RULES[from].room, *other = RULES[to].room;
    bool may = allowed(from, to);
    int headers = write_includes(other, may);
    CHECK_THAT(headers >= 0, "%s cannot be written", HOUSE_DIR "/pair.c");
    if (headers <= 0) {
        return;
    }
    int status = compile(house, directories);
    if (may) {
        CHECK_THAT(status == 0, "%s may include %s:\n%s", room, other, house->output);
    } else {
        /* It must fail because the header is not seen, and for nothing else. */
        bool unseen =
            strstr(house->output, "No such file") != NULL || strstr(house->output, "file not found") != NULL;
        CHECK_THAT(
            status == 1 && unseen, "%s must not see %s: status %d\n%s", room, other, status, house->output);
    }
}

static void every_pair_is_as_the_table_says(void)
{
    struct house house = {.text = NULL};
    int pairs[2] = {0, 0}, absent = 0;
    if (!house_open(&house)) {
        return;
    }
    for (size_t from = 0; from < ARRAY_LENGTH(RULES); from++) {
        struct str directories;
        if (!house_find(&house, RULES[from].room, &directories)) {
            absent++;
            continue;
        }
        for (size_t to = 0; to < ARRAY_LENGTH(RULES); to++) {
            check_pair(&house, from, to, directories);
            pairs[allowed(from, to)]++;
        }
    }
    printf("%d pairs compile, %d do not, %d rooms are not built\n", pairs[1], pairs[0], absent);
    CHECK(pairs[0] > 0 && pairs[1] > 0);
    free(house.text);
}

/* A room that is not in the table would be bound by nothing. */
static void every_room_is_in_the_table(void)
{
    struct house house = {.text = NULL};
    if (!house_open(&house)) {
        return;
    }
    struct str rest = {house.text, house.length};
    while (rest.length > 0) {
        struct str line = str_split(&rest, '\n');
        struct str room = str_split(&line, '|');
        CHECK_THAT(rule_of(room) >= 0, "app/%.*s", STR_ARGS(room));
    }
    free(house.text);
}

/* CMake hands on what a room may include: were the table not closed under that, a room would see more than it
 * says. */
static void the_table_is_closed_and_goes_upwards(void)
{
    for (size_t a = 0; a < ARRAY_LENGTH(RULES); a++) {
        for (size_t b = 0; b < ARRAY_LENGTH(RULES); b++) {
            CHECK_THAT(!allowed(a, b) || b <= a, "%s stands below %s", RULES[a].room, RULES[b].room);
            for (size_t c = 0; c < ARRAY_LENGTH(RULES); c++) {
                CHECK_THAT(!(allowed(a, b) && allowed(b, c)) || allowed(a, c), "%s sees %s through %s",
                    RULES[a].room, RULES[c].room, RULES[b].room);
            }
        }
    }
}

/* The words of the table are rooms: a slip of the pen would forbid a pair and allow nothing. */
static void the_table_names_rooms(void)
{
    for (size_t i = 0; i < ARRAY_LENGTH(RULES); i++) {
        struct str may = str_from(RULES[i].may);
        while (may.length > 0) {
            struct str room = str_split(&may, ' ');
            CHECK_THAT(rule_of(room) >= 0, "%.*s", STR_ARGS(room));
        }
    }
}

int main(void)
{
    setenv("LC_ALL", "C", 1);
    RUN(every_pair_is_as_the_table_says);
    RUN(every_room_is_in_the_table);
    RUN(the_table_is_closed_and_goes_upwards);
    RUN(the_table_names_rooms);
    return check_report();
}
