/* Nothing of a visit remains. After each of 200 random visits, ended by nobody touching the screen any more,
 * description and pixels of every place of the exhibit equal those of a process that was started for it.
 * CTest runs the visits in four parts; the argument is the part. */
#include "player/player.h"

#include "base/array.h"
#include "base/str.h"

#include "check.h"

#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define VISITS 50 /* of a part */
#define EVENTS 40 /* of a visit */

enum { WIDTH = 640, HEIGHT = 400, PLACES_MAX = 400, PLACE_WORDS_MAX = 160 };

struct look {
    unsigned long long words, pixels;
};

struct kiosk {
    struct player_paths paths;
    struct player *player;
    int64_t now_ms;
    uint32_t pixels[WIDTH * HEIGHT];
    char places[PLACES_MAX][PLACE_WORDS_MAX];
    size_t place_count;
    struct look fresh[PLACES_MAX];
    uint64_t seed;
    char file[sizeof TEST_BINARY_DIR + 40]; /* what the fresh process saw */
};

/* ---- the exhibit's places */

static void add_place(struct kiosk *kiosk, const char *kind, const char *id, const char *way)
{
    if (kiosk->place_count < PLACES_MAX) {
        snprintf(kiosk->places[kiosk->place_count++], PLACE_WORDS_MAX, "%s%s%s", kind, id, way);
    }
}

static void add_documents(struct kiosk *kiosk, struct exhibit *exhibit)
{
    const char *const *ids;
    size_t count = 0;
    CHECK(exhibit_list_documents(exhibit, &ids, &count));
    for (size_t i = 0; i < count; i++) {
        const struct document *document = exhibit_find_document(exhibit, ids[i]);
        add_place(kiosk, "document:", ids[i], "");
        if (document != NULL && document->page_count > 0) {
            add_place(kiosk, "document:", ids[i], "/scan");
        }
        if (document != NULL && document->layer_count > 0) {
            add_place(kiosk, "document:", ids[i], "/text");
            add_place(kiosk, "document:", ids[i], "/parallel");
        }
    }
    CHECK(exhibit_list_notes(exhibit, &ids, &count));
    for (size_t i = 0; i < count; i++) {
        add_place(kiosk, "note:", ids[i], "");
    }
}

static void add_lists(struct kiosk *kiosk, struct exhibit *exhibit)
{
    size_t count;
    const struct person *people = exhibit_people(exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        add_place(kiosk, "person:", people[i].id, "");
    }
    const struct geo_place *places = exhibit_places(exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        add_place(kiosk, "place:", places[i].id, "");
    }
    const struct term *terms = exhibit_glossary(exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        add_place(kiosk, "term:", terms[i].id, "");
    }
    const struct event *events = exhibit_timeline(exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        add_place(kiosk, "event:", events[i].id, "");
    }
}

static void list_places(struct kiosk *kiosk)
{
    static const char *const screens[] = {"attract", "home", "read", "scan", "text", "parallel", "meaning",
        "people", "places", "timeline", "words", "related", "questions", "about", "search"};
    struct exhibit *exhibit = player_exhibit(kiosk->player);
    CHECK(exhibit_load_all(exhibit));
    for (size_t i = 0; i < ARRAY_LENGTH(screens); i++) {
        add_place(kiosk, screens[i], "", "");
    }
    add_documents(kiosk, exhibit);
    add_lists(kiosk, exhibit);
}

/* ---- looking */

static bool open_kiosk(struct kiosk *kiosk)
{
    struct error err = {.category = ERROR_NONE};
    kiosk->now_ms = 1000;
    bool good = player_find_paths(&kiosk->paths, &err);
    struct player_options options = {.exhibit = kiosk->paths.exhibit,
        .paths = &kiosk->paths,
        .mode = MODE_KIOSK,
        .window = {WIDTH, HEIGHT}};
    kiosk->player = good ? player_create(&options, kiosk->now_ms, &err) : NULL;
    CHECK_THAT(kiosk->player != NULL, "%s", err.message);
    if (kiosk->player != NULL) {
        CHECK(player_wait_ready(kiosk->player, 30000));
        list_places(kiosk);
    }
    return kiosk->player != NULL;
}

static unsigned long long describe(const struct kiosk *kiosk)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    CHECK(stream != NULL);
    if (stream == NULL) {
        return 0;
    }
    box_describe(player_tree(kiosk->player), stream);
    fclose(stream);
    unsigned long long hash = str_hash_bytes(STR_HASH_START, text, length);
    free(text);
    return hash;
}

/* As it stands two seconds after one came to it, when nothing fades any more. */
static struct look look_at(struct kiosk *kiosk, const char *words)
{
    struct place place;
    struct rect damage[PAINT_DAMAGE_MAX];
    struct paint_target target = {kiosk->pixels, WIDTH, HEIGHT, WIDTH};
    CHECK(place_parse(str_from(words), &place));
    player_go(kiosk->player, &place, kiosk->now_ms);
    player_update(kiosk->player, kiosk->now_ms);
    kiosk->now_ms += 2000;
    player_update(kiosk->player, kiosk->now_ms);
    CHECK_THAT(player_wait_ready(kiosk->player, 30000), "%s", words);
    player_draw(kiosk->player, &target, true, damage);
    return (struct look){
        describe(kiosk), str_hash_bytes(STR_HASH_START, kiosk->pixels, sizeof kiosk->pixels)};
}

/* ---- the process that was started for it */

static int be_fresh(const char *path)
{
    struct kiosk *kiosk = calloc(1, sizeof *kiosk);
    FILE *file = fopen(path, "w");
    if (kiosk != NULL && file != NULL && open_kiosk(kiosk)) {
        for (size_t i = 0; i < kiosk->place_count; i++) {
            struct look look = look_at(kiosk, kiosk->places[i]);
            fprintf(file, "%016llx %016llx\n", look.words, look.pixels);
        }
        player_destroy(kiosk->player);
    }
    bool written = file != NULL && fclose(file) == 0;
    free(kiosk);
    return written ? check_failures : 1;
}

static bool ask_fresh_process(struct kiosk *kiosk)
{
    static char self[] = "/proc/self/exe", word[] = "fresh";
    char *arguments[] = {self, word, kiosk->file, NULL};
    pid_t child;
    int status = -1;
    bool ran = posix_spawn(&child, self, NULL, NULL, arguments, environ) == 0 &&
               waitpid(child, &status, 0) == child && status == 0;
    FILE *file = ran ? fopen(kiosk->file, "r") : NULL;
    size_t count = 0;
    while (file != NULL && count < kiosk->place_count &&
           fscanf(file, "%llx %llx", &kiosk->fresh[count].words, &kiosk->fresh[count].pixels) == 2) {
        count++;
    }
    if (file != NULL) {
        fclose(file);
    }
    unlink(kiosk->file);
    return count == kiosk->place_count;
}

/* ---- a visitor who does anything */

static uint32_t any(struct kiosk *kiosk, uint32_t below)
{
    kiosk->seed = kiosk->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(kiosk->seed >> 33) % below;
}

static void pass(struct kiosk *kiosk, int64_t ms)
{
    kiosk->now_ms += ms;
    player_update(kiosk->player, kiosk->now_ms);
}

static void finger(struct kiosk *kiosk, enum player_event_kind kind, int64_t number, double x, double y)
{
    struct player_event event = {.kind = kind, .finger = number, .x_win = x, .y_win = y};
    player_event(kiosk->player, &event, kiosk->now_ms);
    pass(kiosk, 16);
}

static void tap_any_box(struct kiosk *kiosk)
{
    const struct box_tree *tree = player_tree(kiosk->player);
    for (int tries = 0; tries < 200 && tree->count > 0; tries++) {
        const struct box *box = &tree->boxes[any(kiosk, (uint32_t)tree->count)];
        struct rect seen = rect_intersect(box->rect, box->clip);
        if (box->action.verb != 0 && !rect_empty(seen)) {
            double x = seen.x + seen.w / 2.0, y = seen.y + seen.h / 2.0;
            finger(kiosk, PLAYER_FINGER_DOWN, 1, x, y);
            finger(kiosk, PLAYER_FINGER_UP, 1, x, y);
            return;
        }
    }
}

static void drag_anywhere(struct kiosk *kiosk, int64_t fingers)
{
    double x[2], y[2];
    for (int64_t i = 0; i < fingers; i++) {
        x[i] = any(kiosk, WIDTH);
        y[i] = any(kiosk, HEIGHT);
        finger(kiosk, PLAYER_FINGER_DOWN, i + 1, x[i], y[i]);
    }
    for (int step = 0; step < 5; step++) {
        for (int64_t i = 0; i < fingers; i++) {
            x[i] += (double)any(kiosk, 61) - 30;
            y[i] += (double)any(kiosk, 61) - 30;
            finger(kiosk, PLAYER_FINGER_MOVE, i + 1, x[i], y[i]);
        }
    }
    for (int64_t i = 0; i < fingers; i++) {
        finger(kiosk, PLAYER_FINGER_UP, i + 1, x[i], y[i]);
    }
}

/* One visit in a few looks for something. */
static void search(struct kiosk *kiosk)
{
    static const char *const typed[] = {"stalin", "мао", "전보", "北京", "x"};
    struct place place = {.kind = PLACE_SEARCH};
    struct player_event event = {.kind = PLAYER_TEXT};
    snprintf(event.text, sizeof event.text, "%s", typed[any(kiosk, ARRAY_LENGTH(typed))]);
    player_go(kiosk->player, &place, kiosk->now_ms);
    pass(kiosk, 300);
    CHECK(player_wait_ready(kiosk->player, 30000));
    player_event(kiosk->player, &event, kiosk->now_ms);
    pass(kiosk, 300);
    CHECK(
        player_visit(kiosk->player)->warning_ms != 0 || player_visit(kiosk->player)->search.query[0] != '\0');
}

static void do_anything(struct kiosk *kiosk)
{
    uint32_t what = any(kiosk, 10);
    if (what < 6) {
        tap_any_box(kiosk);
    } else if (what < 8) {
        drag_anywhere(kiosk, 1 + any(kiosk, 2));
    } else if (what == 8) {
        struct player_event key = {
            .kind = PLAYER_KEY, .key = (enum player_key)(KEY_TAB + any(kiosk, KEY_LISTEN))};
        player_event(kiosk->player, &key, kiosk->now_ms);
    } else {
        struct player_event wheel = {.kind = PLAYER_WHEEL,
            .x_win = any(kiosk, WIDTH),
            .y_win = any(kiosk, HEIGHT),
            .wheel = any(kiosk, 7) - 3.0};
        player_event(kiosk->player, &wheel, kiosk->now_ms);
    }
    pass(kiosk, 100 + any(kiosk, 1500));
}

/* Nobody is there any more: warning, countdown, reset. Sleeps as the loop would. */
static void leave(struct kiosk *kiosk)
{
    int64_t end = kiosk->now_ms + 3600000; /* somebody who is read to is given ten minutes */
    while (kiosk->now_ms < end && player_visit(kiosk->player)->here.place.kind != PLACE_ATTRACT) {
        int64_t next = player_deadline(kiosk->player, kiosk->now_ms);
        pass(kiosk, next > kiosk->now_ms && next < end ? next - kiosk->now_ms : 16);
    }
    CHECK_INT(player_visit(kiosk->player)->here.place.kind, PLACE_ATTRACT);
}

static void visit(struct kiosk *kiosk)
{
    bool changed = false;
    uint32_t searching = any(kiosk, 3 * EVENTS); /* at which event; mostly never */
    for (int i = 0; i < EVENTS; i++) {
        if (i == (int)searching) {
            search(kiosk);
        }
        do_anything(kiosk);
        const struct visit *now = player_visit(kiosk->player);
        changed = changed || now->high_contrast || now->low_reach || now->text_size != 100 ||
                  now->history_count > 0;
    }
    CHECK(changed); /* or it was no visit */
    leave(kiosk);
}

static void compare(struct kiosk *kiosk, int number)
{
    int differing = 0;
    for (size_t i = 0; i < kiosk->place_count && differing < 5; i++) {
        struct look look = look_at(kiosk, kiosk->places[i]);
        bool same = look.words == kiosk->fresh[i].words && look.pixels == kiosk->fresh[i].pixels;
        CHECK_THAT(same, "after visit %d %s of %s differ", number,
            look.words != kiosk->fresh[i].words ? "words" : "pixels", kiosk->places[i]);
        differing += !same;
    }
}

static int part;

static void nothing_of_a_visit_remains(void)
{
    struct kiosk *kiosk = calloc(1, sizeof *kiosk);
    int first = part * VISITS, number = first;
    CHECK(kiosk != NULL);
    if (kiosk == NULL || !open_kiosk(kiosk)) {
        free(kiosk);
        return;
    }
    CHECK(kiosk->place_count > 50 && kiosk->place_count < PLACES_MAX);
    snprintf(kiosk->file, sizeof kiosk->file, "%s/reset-fresh-%d.txt", TEST_BINARY_DIR, part);
    CHECK(ask_fresh_process(kiosk));
    for (; number < first + VISITS && check_failures == 0; number++) {
        kiosk->seed = (uint64_t)number + 1;
        visit(kiosk);
        compare(kiosk, number);
        leave(kiosk);
    }
    printf("%d visits, %zu places each\n", number - first, kiosk->place_count);
    player_destroy(kiosk->player);
    free(kiosk);
}

int main(int argc, char **argv)
{
    setenv("VITRINE_ASSETS", TEST_SOURCE_DIR "/assets", 0);
    setenv("VITRINE_EXHIBIT", TEST_SOURCE_DIR "/exhibits/telegram-1950", 0);
    setenv("VITRINE_DECODER", TEST_BINARY_DIR "/app/scan/vitrine-decode", 0);
    if (argc > 2 && strcmp(argv[1], "fresh") == 0) {
        return be_fresh(argv[2]);
    }
    part = argc > 1 ? atoi(argv[1]) : 0;
    RUN(nothing_of_a_visit_remains);
    return check_report();
}
