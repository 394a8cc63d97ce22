/* The checkout keeps the rules of the house: what stands at its top, and what stands in its files. */
#include "rules.h"
#include "tree.h"

#include "base/array.h"

#include "check.h"

#include <sys/stat.h>

struct seen {
    struct findings findings;
    int files, sources;
};

static void look_at(void *context, const char *path, const char *text, size_t length)
{
    struct seen *seen = context;
    size_t end = strlen(path);
    seen->files++;
    seen->sources += end > 2 && strcmp(path + end - 2, ".c") == 0;
    rules_check(&seen->findings, path, text, length);
}

static void every_file_keeps_the_rules(void)
{
    struct seen seen = {.files = 0};
    CHECK(tree_walk(TEST_SOURCE_DIR, "", look_at, &seen));
    CHECK_THAT(seen.findings.count == 0, "%d findings, the last %s", seen.findings.count, seen.findings.last);
    CHECK_THAT(
        seen.files > 40 && seen.sources > 20, "only %d files, %d sources seen", seen.files, seen.sources);
    printf("%d files, %d of them C sources\n", seen.files, seen.sources);
}

static bool one_of(const char *name, const char *const names[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void nothing_else_stands_at_the_top(void)
{
    static const char *const ALLOWED[] = {"app", "assets", "exhibits", "packaging", "tests", "CMakeLists.txt",
        "README.md", "LICENSE", ".ci", ".clang-format", ".clang-tidy", ".editorconfig", ".gitignore",
        ".gitattributes", ".git"};
    char **names = tree_names(TEST_SOURCE_DIR);
    CHECK(names != NULL);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        struct stat status;
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", TEST_SOURCE_DIR, *name);
        /* A folder that begins with build is where somebody builds; git ignores it. */
        bool build = strncmp(*name, "build", 5) == 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode);
        CHECK_THAT(build || one_of(*name, ALLOWED, ARRAY_LENGTH(ALLOWED)), "%s does not belong there", *name);
    }
    tree_free_names(names);
}

/* An include directory that held more than the room's own folder would let its headers in under another name.
 */
static void an_include_directory_holds_its_room_only(void)
{
    char **rooms = tree_names(TEST_SOURCE_DIR "/app");
    int seen = 0;
    CHECK(rooms != NULL);
    for (char **room = rooms; room != NULL && *room != NULL; room++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/app/%s/include", TEST_SOURCE_DIR, *room);
        char **names = tree_names(path);
        for (char **name = names; name != NULL && *name != NULL; name++) {
            CHECK_THAT(strcmp(*name, *room) == 0, "app/%s/include/%s", *room, *name);
            seen++;
        }
        tree_free_names(names);
    }
    tree_free_names(rooms);
    CHECK(seen > 0);
}

int main(void)
{
    RUN(every_file_keeps_the_rules);
    RUN(nothing_else_stands_at_the_top);
    RUN(an_include_directory_holds_its_room_only);
    return check_report();
}
