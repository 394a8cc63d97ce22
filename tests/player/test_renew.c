/* A player on `current`, the link that vitrine install turns: a visitor keeps the exhibit that was there when
 * the visit began, everything of it, and the next one finds the new one. */
#include "check.h"
#include "work.h"

#include <stdatomic.h>
#include <sys/file.h>
#include <time.h>

#define TEXT "documents/notice/text/translation.en.md"

static const struct size hd = {800, 600};
static atomic_int wakes;

struct sitting {
    struct player_paths paths;
    struct player_options player;
    struct session *session;
    struct paint_target target;
    int64_t now_ms;
};

static void wake(void *context)
{
    (void)context;
    atomic_fetch_add(&wakes, 1);
}

static bool never(void *context, const char *path, struct error *err)
{
    (void)context, (void)path;
    return error_set(err, ERROR_MACHINE, "no pictures here");
}

static void nobody(void *context, const struct player_event *event)
{
    (void)context, (void)event;
}

/* The new and the old exhibit, and a link to the old one. */
static bool lay_out(void)
{
    return system("rm -rf releases current && mkdir releases && cp -r '" SMALL "' releases/1 && "
                  "cp -r '" SMALL "' releases/2 && ln -s releases/1 current && "
                  "sed -i 's/Closed on Mondays/Open on Mondays/' releases/2/" TEXT) == 0;
}

static bool turn_to(const char *release)
{
    char command[100];
    snprintf(command, sizeof command, "ln -sfn releases/%s fresh && mv -T fresh current", release);
    return system(command) == 0;
}

static bool sit(struct sitting *sitting, enum visit_mode mode)
{
    static uint32_t pixels[800 * 600];
    struct error err = {0};
    *sitting = (struct sitting){.now_ms = 1000, .target = {pixels, hd.w, hd.h, hd.w}};
    CHECK_THAT(player_find_paths(&sitting->paths, &err), "%s", err.message);
    sitting->player = (struct player_options){
        .exhibit = "current", .paths = &sitting->paths, .mode = mode, .window = hd, .wake = wake};
    struct session_options options = {
        .player = &sitting->player, .host = {NULL, nobody, never}, .patient = true};
    sitting->session = session_create(&options, sitting->now_ms, &err);
    CHECK_THAT(sitting->session != NULL, "%s", err.message);
    return sitting->session != NULL;
}

static void pass(struct sitting *sitting, int64_t ms)
{
    struct rect damage[PAINT_DAMAGE_MAX];
    const int64_t step = ms > 5000 ? 1000 : 100;
    for (int64_t end = sitting->now_ms + ms; sitting->now_ms < end;) {
        sitting->now_ms += end - sitting->now_ms < step ? end - sitting->now_ms : step;
        if (session_step(sitting->session, sitting->now_ms)) {
            session_draw(sitting->session, &sitting->target, false, damage);
            session_presented(sitting->session, sitting->now_ms);
        }
        session_settle(sitting->session, sitting->now_ms);
    }
}

static void tap(struct sitting *sitting)
{
    struct player_event event = {.kind = PLAYER_FINGER_DOWN, .finger = 1, .x_win = 400, .y_win = 300};
    session_event(sitting->session, &event, sitting->now_ms);
    event.kind = PLAYER_FINGER_UP;
    session_event(sitting->session, &event, sitting->now_ms);
    pass(sitting, 500);
}

/* On the screen that shows the notice's translation. */
static bool reads(struct sitting *sitting, const char *words)
{
    struct place place;
    place_parse(STR("document:notice/text"), &place);
    player_go(session_player(sitting->session), &place, sitting->now_ms);
    pass(sitting, 500);
    const struct box_tree *tree = player_tree(session_player(sitting->session));
    for (size_t i = 0; i < tree->count; i++) {
        struct str name = tree->boxes[i].name;
        if (name.data != NULL && memmem(name.data, name.length, words, strlen(words)) != NULL) {
            return true;
        }
    }
    return false;
}

static bool sleeps(const struct sitting *sitting)
{
    return player_visit(session_player(sitting->session))->here.place.kind == PLACE_ATTRACT;
}

static bool is_held(const char *release)
{
    FILE *folder = fopen(release, "re");
    bool held = folder != NULL && flock(fileno(folder), LOCK_EX | LOCK_NB) != 0;
    if (folder != NULL) {
        fclose(folder);
    }
    return held;
}

static void a_visitor_keeps_what_was_there(void)
{
    struct sitting sitting;
    CHECK(lay_out() && sit(&sitting, MODE_KIOSK));
    pass(&sitting, 500);
    tap(&sitting);
    CHECK(!sleeps(&sitting) && is_held("releases/1") && !is_held("releases/2"));
    CHECK(str_ends_with(str_from(player_opened(session_player(sitting.session))), STR("/releases/1")));
    CHECK(turn_to("2"));
    pass(&sitting, 20000); /* also what is read only now is of the old one */
    CHECK(reads(&sitting, "Closed on Mondays") && !reads(&sitting, "Open on Mondays"));
    CHECK(is_held("releases/1"));
    pass(&sitting, 200000);
    CHECK(sleeps(&sitting));
    CHECK(is_held("releases/2") && !is_held("releases/1"));
    CHECK(str_ends_with(str_from(player_opened(session_player(sitting.session))), STR("/releases/2")));
    tap(&sitting);
    CHECK(reads(&sitting, "Open on Mondays"));
    CHECK(player_mistake(session_player(sitting.session)) == NULL);
    session_destroy(sitting.session);
}

/* Nobody is there: it need not wait for the end of a visit. The watching thread says so, in its own time. */
static void at_rest_it_comes_at_once(void)
{
    struct sitting sitting;
    CHECK(lay_out() && sit(&sitting, MODE_KIOSK));
    pass(&sitting, 500);
    int before = atomic_load(&wakes);
    CHECK(turn_to("2"));
    for (int i = 0; i < 3000 && !is_held("releases/2"); i++) {
        nanosleep(&(struct timespec){0, 10000000}, NULL);
        pass(&sitting, 1);
    }
    CHECK(is_held("releases/2") && sleeps(&sitting) && atomic_load(&wakes) > before);
    session_destroy(sitting.session);
}

static void one_that_cannot_be_shown_is_left_aside(void)
{
    struct sitting sitting;
    CHECK(lay_out() && sit(&sitting, MODE_KIOSK));
    CHECK(system("sed -i 's/languages:/langages:/' releases/2/exhibit.yaml") == 0);
    pass(&sitting, 500);
    tap(&sitting);
    CHECK(turn_to("2"));
    pass(&sitting, 200000);
    CHECK(sleeps(&sitting) && is_held("releases/1"));
    CHECK(player_mistake(session_player(sitting.session)) == NULL); /* no visitor's business */
    tap(&sitting);
    CHECK(reads(&sitting, "Closed on Mondays"));
    CHECK(system("cp -r '" SMALL "' releases/3") == 0 && turn_to("3"));
    pass(&sitting, 200000);
    CHECK(is_held("releases/3"));
    CHECK(system("rm current") == 0); /* nor does it fall with the link */
    tap(&sitting);
    pass(&sitting, 200000);
    CHECK(sleeps(&sitting) && is_held("releases/3"));
    session_destroy(sitting.session);
}

/* As vitrine install mends what is damaged: another folder takes the name of the one that is played. */
static void one_that_was_mended_is_read_anew(void)
{
    struct sitting sitting;
    CHECK(lay_out() && sit(&sitting, MODE_KIOSK));
    pass(&sitting, 500);
    tap(&sitting);
    CHECK(
        system("mv releases/1 releases/old-1 && mv releases/2 releases/1 && touch fresh && mv fresh other") ==
        0);
    pass(&sitting, 20000);
    CHECK(is_held("releases/old-1") && reads(&sitting, "Closed on Mondays"));
    pass(&sitting, 200000);
    CHECK(sleeps(&sitting) && is_held("releases/1") && !is_held("releases/old-1"));
    tap(&sitting);
    CHECK(reads(&sitting, "Open on Mondays"));
    /* One that could not be shown is tried again when it was mended. */
    CHECK(system("rm -rf releases/old-1 && cp -r releases/1 releases/2 && cp -r releases/1 releases/3 && "
                 "sed -i 's/languages:/langages:/' releases/2/exhibit.yaml") == 0 &&
          turn_to("2"));
    pass(&sitting, 200000);
    CHECK(sleeps(&sitting) && is_held("releases/1"));
    CHECK(system("mv releases/2 releases/old-2 && mv releases/3 releases/2") == 0 && turn_to("2"));
    tap(&sitting);
    pass(&sitting, 200000);
    CHECK(sleeps(&sitting) && is_held("releases/2") && !is_held("releases/1"));
    session_destroy(sitting.session);
}

static void a_class_is_not_interrupted(void)
{
    struct sitting sitting;
    CHECK(lay_out() && sit(&sitting, MODE_CLASSROOM));
    pass(&sitting, 500);
    CHECK(reads(&sitting, "Closed on Mondays"));
    CHECK(turn_to("2"));
    pass(&sitting, 200000);
    CHECK(reads(&sitting, "Closed on Mondays"));
    session_destroy(sitting.session);
}

int main(void)
{
    char folder[32];
    if (!work_enter(folder)) {
        perror(folder);
        return 1;
    }
    RUN(a_visitor_keeps_what_was_there);
    RUN(at_rest_it_comes_at_once);
    RUN(one_that_cannot_be_shown_is_left_aside);
    RUN(one_that_was_mended_is_read_anew);
    RUN(a_class_is_not_interrupted);
    return work_leave(folder, check_report());
}
