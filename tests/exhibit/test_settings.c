/* A YAML file of the player's own as a tree that other rooms can walk. */
#include "exhibit/settings.h"

#include "check.h"
#include "folder.h"

static void walks_the_tree(void)
{
    struct folder folder = folder_make("settings");
    struct error err = {0};
    folder_write(&folder, "fonts.yaml", "faces:\n  - {name: serif, file: a.ttf}\n  - name: sans\nempty:\n");
    struct settings *settings = settings_open(folder_path(&folder, "fonts.yaml"), &err);
    CHECK_THAT(settings != NULL, "%s", err.message);
    const struct settings_node *root = settings_root(settings), *faces = settings_get(root, "faces");
    CHECK_INT(settings_count(faces), 2);
    const struct settings_node *face = settings_first(faces);
    CHECK(str_equal_c(settings_text(settings_get(face, "name")), "serif"));
    CHECK_INT(settings_line(settings_get(face, "file")), 2);
    CHECK_INT(settings_column(settings_get(face, "file")), 25);
    face = settings_next(face);
    CHECK(str_equal_c(settings_text(settings_get(face, "name")), "sans"));
    CHECK(settings_get(face, "file") == NULL && settings_next(face) == NULL);
    CHECK(settings_get(root, "none") == NULL && settings_first(root) == NULL &&
          settings_text(root).length == 0);
    CHECK(settings_get(NULL, "x") == NULL && settings_first(NULL) == NULL && settings_count(NULL) == 0);
    CHECK(settings_line(NULL) == 0 && settings_text(NULL).length == 0);
    settings_destroy(settings);
    folder_remove(&folder);
}

static void says_where_it_is_broken(void)
{
    struct folder folder = folder_make("settings-broken");
    struct error err = {0};
    folder_write(&folder, "fonts.yaml", "a: 1\nb: \"open\n");
    CHECK(settings_open(folder_path(&folder, "fonts.yaml"), &err) == NULL);
    CHECK(err.category == ERROR_MACHINE && err.line == 2 && err.column == 4);
    CHECK(settings_open(folder_path(&folder, "none.yaml"), &err) == NULL && err.category == ERROR_MACHINE);
    folder_write(&folder, "fonts.yaml", "");
    struct settings *settings = settings_open(folder_path(&folder, "fonts.yaml"), &err);
    CHECK(settings != NULL && settings_root(settings) == NULL);
    settings_destroy(settings);
    settings_destroy(NULL);
    folder_remove(&folder);
}

int main(void)
{
    RUN(walks_the_tree);
    RUN(says_where_it_is_broken);
    return check_report();
}
