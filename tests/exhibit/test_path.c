/* No path leaves the folder, whatever stands on the disk; files are read whole. */
#include "path.h"

#include "base/array.h"

#include "check.h"
#include "folder.h"

#include <fcntl.h>

static void judges_by_letters(void)
{
    static const char *const good[] = {"a", "pages/1.png", "a..b", "..a", "a/...", "caf\xC3\xA9.png"};
    static const char *const bad[] = {
        "", "/", "/etc/passwd", "..", "../a", "a/../b", "a/..", ".", "./a", "a//b", "a/", "a\\b", "..\\a"};
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++) {
        CHECK_THAT(path_judge(str_from(good[i])) == PATH_GOOD, "%s", good[i]);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
        CHECK_THAT(path_judge(str_from(bad[i])) == PATH_LEAVES, "%s", bad[i]);
    }
    CHECK(path_judge((struct str){"a\0b", 3}) == PATH_LEAVES);
}

static enum path_result try(int root, const char *path)
{
    return path_try(root, path, 100);
}

static void follows_no_link(void)
{
    struct folder folder = folder_make("paths"), outside = folder_make("outside");
    folder_write(&outside, "secret", "s");
    folder_write(&folder, "pages/1.png", "picture");
    folder_write(&folder, "real/file", "x");
    int root = open(folder.path, O_RDONLY | O_DIRECTORY);
    CHECK(symlinkat(folder_path(&outside, "secret"), root, "absolute") == 0);
    CHECK(symlinkat("real/file", root, "inside") == 0);
    CHECK(symlinkat("real", root, "folder-link") == 0);
    CHECK(symlinkat("nowhere", root, "dangling") == 0);
    CHECK_INT(try(root, "pages/1.png"), PATH_GOOD);
    CHECK_INT(try(root, "absolute"), PATH_SYMLINK);
    CHECK_INT(try(root, "inside"), PATH_SYMLINK);
    CHECK_INT(try(root, "folder-link/file"), PATH_SYMLINK);
    CHECK_INT(try(root, "dangling"), PATH_SYMLINK);
    CHECK_INT(try(root, "pages/2.png"), PATH_MISSING);
    CHECK_INT(try(root, "pages/1.png/x"), PATH_MISSING);
    CHECK_INT(try(root, "../outside"), PATH_LEAVES);
    CHECK(path_is_folder(root, "pages"));
    CHECK(!path_is_folder(root, "folder-link"));
    CHECK(!path_is_folder(root, "pages/1.png"));
    close(root);
    folder_remove(&folder);
    folder_remove(&outside);
}

static void reads_only_files(void)
{
    struct folder folder = folder_make("kinds");
    int root = open(folder.path, O_RDONLY | O_DIRECTORY);
    CHECK(mkdirat(root, "folder", 0755) == 0);
    CHECK(mkfifoat(root, "pipe", 0644) == 0); /* would block a plain open for ever */
    CHECK_INT(try(root, "folder"), PATH_NOT_FILE);
    CHECK_INT(try(root, "pipe"), PATH_NOT_FILE);
    close(root);
    folder_remove(&folder);
}

static void reads_to_the_end_and_to_the_limit(void)
{
    struct folder folder = folder_make("read");
    static char bytes[20000];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * 7);
    }
    folder_write_bytes(&folder, "large", bytes, sizeof bytes);
    folder_write(&folder, "empty", "");
    int root = open(folder.path, O_RDONLY | O_DIRECTORY);
    struct arena arena = {0};
    struct str text;
    CHECK_INT(path_read(root, "large", sizeof bytes, &arena, &text), PATH_GOOD);
    CHECK(text.length == sizeof bytes && memcmp(text.data, bytes, sizeof bytes) == 0 &&
          text.data[text.length] == '\0');
    CHECK_INT(path_read(root, "large", sizeof bytes - 1, &arena, &text), PATH_TOO_LARGE);
    CHECK_INT(path_try(root, "large", sizeof bytes - 1), PATH_TOO_LARGE);
    CHECK_INT(path_read(root, "empty", 0, &arena, &text), PATH_GOOD);
    CHECK_INT(text.length, 0);
    arena.limit = arena.used + 100;
    CHECK_INT(path_read(root, "large", sizeof bytes, &arena, &text), PATH_NO_MEMORY);
    arena_finish(&arena);
    close(root);
    folder_remove(&folder);
}

/* A file that says it has no size and yet has bytes: those of /proc. */
static void believes_the_end_not_the_size(void)
{
    struct arena arena = {0};
    struct str text = {NULL, 0};
    int root = open("/proc/self", O_RDONLY | O_DIRECTORY);
    if (root < 0) {
        SKIP("no /proc here");
    }
    CHECK_INT(path_read(root, "maps", 1 << 20, &arena, &text), PATH_GOOD);
    CHECK(text.length > 1000);
    CHECK_INT(path_read(root, "maps", 500, &arena, &text), PATH_TOO_LARGE);
    close(root);
    arena_finish(&arena);
}

static void lists_in_order_without_hidden_names(void)
{
    struct folder folder = folder_make("list");
    folder_write(&folder, "b/2", "");
    folder_write(&folder, "b/10", "");
    folder_write(&folder, "b/.hidden", "");
    int root = open(folder.path, O_RDONLY | O_DIRECTORY);
    struct arena arena = {0};
    const char **names;
    size_t count;
    CHECK_INT(path_list(root, "b", &arena, &names, &count), PATH_GOOD);
    CHECK_INT(count, 2);
    CHECK_TEXT(names[0], "10");
    CHECK_TEXT(names[1], "2");
    CHECK_INT(path_list(root, "", &arena, &names, &count), PATH_GOOD);
    CHECK_INT(count, 1);
    CHECK_INT(path_list(root, "none", &arena, &names, &count), PATH_GOOD);
    CHECK_INT(count, 0);
    arena_finish(&arena);
    close(root);
    folder_remove(&folder);
}

int main(void)
{
    RUN(judges_by_letters);
    RUN(follows_no_link);
    RUN(reads_only_files);
    RUN(reads_to_the_end_and_to_the_limit);
    RUN(believes_the_end_not_the_size);
    RUN(lists_in_order_without_hidden_names);
    return check_report();
}
