/* The exhibits on a machine, and how the staff's choice among them is kept. */
#include "shelf.h"

#include "check.h"
#include "place.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool shell(const char *script)
{
    char command[2000];
    int length = snprintf(command, sizeof command, "cd '%s' && small='%s/tests/exhibits/small' && { %s; }",
        folder, TEST_SOURCE_DIR, script);
    return length < (int)sizeof command && system(command) == 0;
}

/* Two releases, one of them by a link to what a package brought; another package; one in a place of its own,
 * and one with a mistake. */
static void stock(void)
{
    CHECK(shell(
        "rm -rf home packages srv; mkdir -p home/releases packages/none srv; "
        "copy() { cp -r \"$small\" $1 && sed -i \"s/A notice on a museum door/$2/\" $1/exhibit.yaml; }; "
        "copy home/releases/1796000000-aa Newest; copy home/releases/7-bb Seven; copy srv/own Own; "
        "copy packages/first First; copy packages/second Second; copy packages/third Third; "
        "echo 'rubbish: 1' >>packages/third/exhibit.yaml; "
        "ln -s ../../packages/first home/releases/0-first; ln -s releases/1796000000-aa home/current; "
        "ln -s releases/0-first home/previous"));
}

struct machine {
    struct site site;
    char shipped[200];
    struct shelf shelf;
    struct keeper_choice choice;
    struct view_staff facts;
};

static void look(struct machine *machine, const char *named)
{
    machine->shelf.site = &machine->site;
    machine->shelf.named = named;
    machine->shelf.shipped = machine->shipped;
    memset(&machine->facts, 0, sizeof machine->facts);
    keeper_choose(&machine->site, named, machine->shipped, &machine->choice);
    shelf_look(&machine->shelf, &machine->choice, "en", &machine->facts);
}

static struct machine *open_machine(const char *exhibits, const char *exhibit)
{
    struct machine *machine = calloc(1, sizeof *machine);
    CHECK(machine != NULL);
    snprintf(machine->shipped, sizeof machine->shipped, "%s", at("packages/first"));
    snprintf(machine->site.exhibits, sizeof machine->site.exhibits, "%s", exhibits);
    snprintf(machine->site.exhibit, sizeof machine->site.exhibit, "%s", exhibit);
    return machine;
}

static int find(const struct machine *machine, const char *title)
{
    for (int i = 0; i < machine->facts.exhibit_count; i++) {
        if (strcmp(machine->facts.exhibits[i].title, title) == 0) {
            return i;
        }
    }
    CHECK_THAT(false, "%s is not listed", title);
    return 0;
}

static const char *playing(const struct machine *machine)
{
    const char *title = "nothing";
    for (int i = 0; i < machine->facts.exhibit_count; i++) {
        title = machine->facts.exhibits[i].playing ? machine->facts.exhibits[i].title : title;
    }
    return title;
}

static bool take(struct machine *machine, const char *title)
{
    struct error err = {0};
    bool taken = shelf_take(&machine->shelf, find(machine, title), NULL, &err);
    look(machine, NULL);
    return taken;
}

static bool leads(const char *link, const char *to)
{
    char target[200] = "";
    return readlink(at(link), target, sizeof target - 1) > 0 && strcmp(target, to) == 0;
}

static void all_are_listed_once(void)
{
    stock();
    struct machine *machine = open_machine(at("home"), "");
    look(machine, NULL);
    CHECK_INT(machine->facts.exhibit_count, 5); /* First lies in two places, and is one */
    const struct view_exhibit *first = &machine->facts.exhibits[find(machine, "First")],
                              *seven = &machine->facts.exhibits[find(machine, "Seven")],
                              *third = &machine->facts.exhibits[find(machine, "Third")];
    CHECK(first->offered && !first->playing && first->date.year >= 2020 && first->version[0] == '\0');
    CHECK_TEXT(seven->version, "7");
    CHECK(third->mistakes > 0 && !third->offered);
    int now = 0;
    for (int i = 0; i < machine->facts.exhibit_count; i++) {
        now = machine->facts.exhibits[i].playing ? i : now;
        CHECK(i == 0 || strcmp(machine->facts.exhibits[i - 1].title, machine->facts.exhibits[i].title) <= 0);
    }
    CHECK(machine->facts.exhibits[now].date.year == 2026 && !machine->facts.exhibits[now].offered);
    free(machine);
}

/* A new process reads the same links: the choice outlives a restart. */
static void what_is_chosen_is_the_current_one(void)
{
    struct error err = {0};
    struct release_change change;
    stock();
    struct machine *machine = open_machine(at("home"), "");
    look(machine, NULL);
    CHECK(take(machine, "Second"));
    CHECK_TEXT(playing(machine), "Second");
    CHECK(leads("home/current", "releases/0-second") && leads("home/previous", "releases/1796000000-aa"));
    CHECK(take(machine, "Seven"));
    CHECK(leads("home/current", "releases/7-bb") && leads("home/previous", "releases/0-second"));
    CHECK(!take(machine, "Third")); /* it has a mistake */
    CHECK_TEXT(playing(machine), "Seven");
    CHECK(take(machine, "Second")); /* the one before: both links at once */
    CHECK(leads("home/current", "releases/0-second") && leads("home/previous", "releases/7-bb"));
    CHECK(release_rollback(at("home"), &change, &err));
    look(machine, NULL);
    CHECK_TEXT(playing(machine), "Seven");
    int second = find(machine, "Second");
    CHECK(shell("rm -r packages/second"));
    CHECK(!shelf_take(&machine->shelf, second, NULL, &err) && err.category == ERROR_INPUT);
    CHECK(!shelf_take(&machine->shelf, machine->shelf.count, NULL, &err));
    CHECK(leads("home/current", "releases/7-bb"));
    free(machine);
}

/* What the site file names is played until another is chosen, and again when it is chosen, or names another
 * one. */
static void instead_of_what_the_site_file_names(void)
{
    stock();
    struct machine *machine = open_machine(at("home"), at("srv/own"));
    look(machine, NULL);
    CHECK_TEXT(playing(machine), "Own");
    CHECK(take(machine, "Second"));
    CHECK_TEXT(playing(machine), "Second");
    CHECK(leads("home/current", "releases/1796000000-aa")); /* that is for sites without a name */
    CHECK(take(machine, "Seven"));
    CHECK_TEXT(playing(machine), "Seven");
    CHECK(take(machine, "Own"));
    CHECK_TEXT(playing(machine), "Own");
    CHECK(shell("! ls home | grep chosen"));
    CHECK(take(machine, "Seven"));
    snprintf(machine->site.exhibit, sizeof machine->site.exhibit, "%s", at("packages/first"));
    look(machine, NULL);
    CHECK_TEXT(playing(machine), "First"); /* the site file was written anew */
    CHECK(take(machine, "Second"));
    CHECK_TEXT(playing(machine), "Second");
    CHECK(shell("test $(ls home | grep -c chosen) = 1"));
    CHECK(shell("rm -r packages/second"));
    look(machine, NULL);
    CHECK_TEXT(playing(machine), "First"); /* what is gone is not waited for */
    free(machine);
}

static void without_a_folder_of_exhibits(void)
{
    struct error err = {0};
    stock();
    struct machine *machine = open_machine("", "");
    look(machine, NULL);
    CHECK_TEXT(playing(machine), "First");
    int second = find(machine, "Second");
    CHECK(!machine->facts.exhibits[second].offered);
    CHECK(!shelf_take(&machine->shelf, second, NULL, &err) && err.category == ERROR_MACHINE);
    setenv("STATE_DIRECTORY", at("state:/elsewhere"), 1);
    CHECK(shell("mkdir state"));
    look(machine, NULL);
    CHECK(take(machine, "Second"));
    CHECK_TEXT(playing(machine), "Second");
    CHECK(take(machine, "First"));
    CHECK_TEXT(playing(machine), "First");
    look(machine, at("packages/second")); /* the command line has the last word */
    CHECK_TEXT(playing(machine), "Second");
    CHECK(!machine->facts.exhibits[find(machine, "First")].offered);
    CHECK(!shelf_take(&machine->shelf, find(machine, "First"), NULL, &err));
    unsetenv("STATE_DIRECTORY");
    free(machine);
}

int main(void)
{
    unsetenv("STATE_DIRECTORY");
    if (!place_open()) {
        return 1;
    }
    RUN(all_are_listed_once);
    RUN(what_is_chosen_is_the_current_one);
    RUN(instead_of_what_the_site_file_names);
    RUN(without_a_folder_of_exhibits);
    return place_close(check_report());
}
