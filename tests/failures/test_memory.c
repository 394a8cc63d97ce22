/* Memory runs out at one moment, or from one moment on, while an exhibit is read and visited: there is a
 * message or the visit goes on, and nothing crashes or leaks. Allocations of this program are counted, not
 * those of its libraries.
 *
 *     test-failures-memory          a hundred and sixty moments
 *     test-failures-memory STEP     every STEPth allocation; 1: all of them */
#include "check.h"

#include "player/player.h"
#include "scan/scan.h"

#include <stdlib.h>
#include <string.h>

#define MOMENTS 80

static struct {
    bool counts, for_good;
    long count, fails_at; /* fails_at < 0: never */
} memory = {.fails_at = -1};

static bool runs_out(void)
{
    if (!memory.counts) {
        return false;
    }
    long now = memory.count++;
    return memory.fails_at >= 0 && (memory.for_good ? now >= memory.fails_at : now == memory.fails_at);
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);

void *__wrap_malloc(size_t size)
{
    return runs_out() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return runs_out() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return runs_out() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return runs_out() ? NULL : __real_strdup(text);
}

/* Tiles without processes and threads. */
static enum scan_source_answer decode(
    void *context, int page, int level, int x, int y, struct size size, uint32_t *pixels)
{
    (void)context, (void)page, (void)level, (void)x, (void)y;
    memset(pixels, 0xFF, (size_t)size.w * (size_t)size.h * sizeof *pixels);
    return SCAN_SOURCE_DONE;
}

static void press(struct player *player, enum player_key key, int64_t *now_ms)
{
    struct player_event event = {.kind = PLAYER_KEY, .key = key};
    player_event(player, &event, *now_ms);
    *now_ms += 300;
    player_update(player, *now_ms);
}

/* A visit: attract, home, a document in its three views, a note over it, another language, the exhibit read
 * anew. */
static void visit(struct player *player)
{
    static const char *const places[] = {
        "document:notice/scan", "document:notice/parallel", "meaning", "people", "questions", "about"};
    static uint32_t pixels[640 * 360];
    struct paint_target target = {.pixels = pixels, .width = 640, .height = 360, .stride = 640};
    struct rect damage[PAINT_DAMAGE_MAX];
    int64_t now_ms = 1000;
    press(player, KEY_SELECT, &now_ms);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct place place;
        if (place_parse(str_from(places[i]), &place)) {
            player_go(player, &place, now_ms);
        }
        press(player, KEY_TAB, &now_ms);
        press(player, KEY_SELECT, &now_ms);
        player_draw(player, &target, i == 0, damage);
    }
    struct player_appearance appearance = {"ru", 150, true, true};
    player_appear(player, &appearance, now_ms);
    press(player, KEY_PAGE_DOWN, &now_ms);
    struct player_event event = {.kind = PLAYER_RELOAD};
    player_event(player, &event, now_ms);
    press(player, KEY_BACK, &now_ms);
    player_draw(player, &target, true, damage);
}

static bool play(const struct player_paths *paths)
{
    static const struct scan_source source = {NULL, decode};
    struct error err = {0};
    struct player_options options = {.exhibit = TEST_SOURCE_DIR "/tests/exhibits/small",
        .paths = paths,
        .mode = MODE_KIOSK,
        .window = {640, 360},
        .source = &source};
    memory.count = 0;
    memory.counts = true;
    struct player *player = player_create(&options, 1000, &err);
    if (player != NULL) {
        visit(player);
    }
    player_destroy(player);
    memory.counts = false;
    CHECK_THAT(
        player != NULL || err.message[0] != '\0', "no message when allocation %ld fails", memory.fails_at);
    return player != NULL;
}

static long step;

static void memory_runs_out(void)
{
    struct player_paths paths;
    struct error err = {0};
    CHECK_THAT(player_find_paths(&paths, &err), "%s", err.message);
    CHECK(play(&paths));
    long all = memory.count;
    CHECK_THAT(all > 1000, "%ld allocations", all);
    step = step > 0 ? step : all / MOMENTS + 1;
    int refused = 0, played = 0;
    for (int for_good = 0; for_good < 2; for_good++) {
        memory.for_good = for_good != 0;
        for (memory.fails_at = for_good; memory.fails_at < all; memory.fails_at += step) {
            play(&paths) ? played++ : refused++;
        }
    }
    memory.fails_at = -1;
    CHECK(refused > 0 && played > 0);
    CHECK(play(&paths)); /* and then it is as if nothing had been */
    printf("%ld allocations; memory ran out at %d of them: %d times there was a message, %d times the visit "
           "went on\n",
        all, refused + played, refused, played);
}

int main(int argc, char **argv)
{
    setenv("VITRINE_ASSETS", TEST_SOURCE_DIR "/assets", 0);
    step = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    RUN(memory_runs_out);
    return check_report();
}
