/* The staff's code and its tries, what is copied to a stick, and what else is done for them. */
#include "door.h"
#include "staff.h"
#include "stick.h"

#include "check.h"
#include "place.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(const char *name, const char *text)
{
    FILE *out = fopen(at(name), "w");
    CHECK(out != NULL && fputs(text, out) >= 0 && fclose(out) == 0);
}

static void only_the_code_is_the_code(void)
{
    char hash[SITE_HASH_MAX];
    struct error err = {0};
    struct door door;
    CHECK_THAT(keeper_hash_code("24680", hash, &err), "%s", err.message);
    CHECK(strncmp(hash, "$argon2id$v=19$m=65536,t=2,p=1$", 31) == 0 && strstr(hash, "24680") == NULL);
    CHECK(!keeper_hash_code("123", hash, &err) && err.category == ERROR_INPUT);
    CHECK(!keeper_hash_code("12345678901234567", hash, &err) && !keeper_hash_code("12a4", hash, &err));
    CHECK(keeper_hash_code("24680", hash, &err));
    door_init(&door, "");
    CHECK(!door_try(&door, hash, "24681", 1000) && !door_try(&door, hash, "2468", 1000));
    CHECK_INT(door.tries, 2);
    CHECK(door_try(&door, hash, "24680", 1000) && door.tries == 0);
    CHECK(!door_try(&door, "not a hash", "24680", 1000));
}

/* With a hash that nothing fits, and that costs nothing. */
static void tries_become_rare_and_are_not_forgotten(void)
{
    static const long waits[] = {0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600};
    struct door door;
    int64_t now = 100000;
    door_init(&door, at("tries"));
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        CHECK_INT(door_wait(&door, now), 0);
        CHECK(!door_try(&door, "", "1111", now));
        CHECK_INT(door_wait(&door, now), waits[i]);
        struct door again; /* the plug was pulled */
        door_init(&again, at("tries"));
        CHECK_INT(again.tries, (long)i + 1);
        CHECK_INT(door_wait(&again, now), waits[i]);
        now += waits[i];
    }
    CHECK_INT(door_wait(&door, now - 100000), 3600); /* a clock that was put back gives no try, */
    CHECK_INT(door_wait(&door, now - 100000 + 3599), 1);
    door_init(&door, at("tries"));
    CHECK_INT(door_wait(&door, now - 100000 + 3600), 0); /* and shuts nobody out until it was late again */
    put("tries", "rubbish");
    door_init(&door, at("tries"));
    CHECK_INT(door.tries, 0);
    door_init(&door, "/proc/none/tries"); /* it cannot be kept: it is counted all the same */
    for (int i = 0; i < 3; i++) {
        door_try(&door, "", "1111", now);
    }
    CHECK_INT(door_wait(&door, now), 30);
}

static bool has(const char *name, const char *text)
{
    char read[100] = "";
    FILE *in = fopen(at(name), "r");
    size_t count = in != NULL ? fread(read, 1, sizeof read - 1, in) : 0;
    if (in != NULL) {
        fclose(in);
    }
    return count == strlen(text) && strcmp(read, text) == 0;
}

static void a_stick_gets_copies(void)
{
    struct error err = {0};
    char stick[STICK_PATH_MAX], log[200], figures[200], none[200], base[200];
    snprintf(base, sizeof base, "%s", at("media"));
    CHECK(
        mkdir(base, 0755) == 0 && !stick_find(base, false, stick) && !stick_find("/proc/none", false, stick));
    CHECK(mkdir(at("media/sda1"), 0755) == 0);
    CHECK(!stick_find(base, true, stick)); /* a folder is no stick */
    CHECK(stick_find(base, false, stick) && strstr(stick, "media/sda1") != NULL);
    put("log", "what happened\n");
    CHECK(mkdir(at("figures"), 0755) == 0);
    put("figures/figures.db", "counted");
    CHECK(symlink("/etc/passwd", at("figures/link")) == 0);
    snprintf(log, sizeof log, "%s", at("log"));
    snprintf(figures, sizeof figures, "%s", at("figures"));
    snprintf(none, sizeof none, "%s", at("none"));
    const char *const what[] = {log, "", none, figures};
    CHECK_THAT(stick_copy(stick, "vitrine-hall-1", what, 4, &err), "%s", err.message);
    CHECK(has("media/sda1/vitrine-hall-1/log", "what happened\n"));
    CHECK(has("media/sda1/vitrine-hall-1/figures.db", "counted"));
    CHECK(access(at("media/sda1/vitrine-hall-1/link"), F_OK) != 0);
    CHECK(!stick_copy(stick, "vitrine-hall-1", what, 4, &err) && err.category == ERROR_MACHINE);
    CHECK(has("media/sda1/vitrine-hall-1/log", "what happened\n"));
}

static void what_the_menu_asks_for_is_done_or_refused(void)
{
    struct site site = {.idle_s = 0};
    struct keeper_choice choice = {.second = false};
    struct staff staff = {.site = &site,
        .choice = &choice,
        .shipped = "/nowhere/exhibit",
        .version = "1.2",
        .started_ms = session_clock_us() / 1000,
        .any_stick = true};
    struct view_staff facts = {.shell = true};
    struct error err = {0};
    long wait = 0;
    CHECK(keeper_hash_code("24680", site.staff.code, &err));
    snprintf(site.staff.stick, sizeof site.staff.stick, "%s", at("media"));
    snprintf(site.log, sizeof site.log, "%s", at("log"));
    snprintf(choice.exhibit, sizeof choice.exhibit, "%s/tests/exhibits/small", TEST_SOURCE_DIR);
    unsetenv("STATE_DIRECTORY");
    staff_init(&staff);
    const struct player_staff *menu = &staff.menu;
    CHECK(menu->enter(menu->context, "1111", &wait) == REPLY_WRONG);
    CHECK(menu->enter(menu->context, "24680", &wait) == REPLY_DONE);
    for (int i = 0; i < 3; i++) {
        menu->enter(menu->context, "1111", &wait);
    }
    CHECK(menu->enter(menu->context, "24680", &wait) == REPLY_WAIT && wait > 20); /* even with the code */
    menu->look(menu->context, STAFF_ABOUT, "en", &facts);
    CHECK_TEXT(facts.version, "1.2");
    CHECK(strstr(facts.system, "Linux ") != NULL && facts.uptime_s >= 0);
    CHECK_TEXT(facts.title, "A notice on a museum door");
    CHECK_TEXT(facts.title_language, "en");
    CHECK(facts.mistakes == 0 && !facts.shell && facts.exhibit_count == 0);
    CHECK(strstr(facts.exhibit, "tests/exhibits/small ") != NULL);
    CHECK(menu->perform(menu->context, REQUEST_SHELL, 0) == REPLY_FAILED && staff.wish == STAFF_WISH_NONE);
    CHECK(menu->perform(menu->context, REQUEST_SWITCH, 0) == REPLY_FAILED && staff.wish == STAFF_WISH_NONE);
    CHECK(menu->perform(menu->context, REQUEST_EXPORT, 0) == REPLY_DONE);
    CHECK(menu->perform(menu->context, REQUEST_RESTART, 0) == REPLY_NONE && staff.wish == STAFF_WISH_RESTART);
    site.staff.shell = true;
    CHECK(menu->perform(menu->context, REQUEST_SHELL, 0) == REPLY_NONE && staff.wish == STAFF_WISH_SHELL);
    snprintf(site.staff.stick, sizeof site.staff.stick, "/proc/none");
    CHECK(menu->perform(menu->context, REQUEST_EXPORT, 0) == REPLY_NO_STICK);
}

int main(void)
{
    if (!place_open()) {
        return 1;
    }
    RUN(only_the_code_is_the_code);
    RUN(tries_become_rare_and_are_not_forgotten);
    RUN(a_stick_gets_copies);
    RUN(what_the_menu_asks_for_is_done_or_refused);
    return place_close(check_report());
}
