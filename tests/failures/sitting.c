#include "sitting.h"

#include "scan/scan.h"
#include "text/spare.h"

#include <dirent.h>
#include <execinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define WIDTH 640
#define HEIGHT 360
#define SECONDS 30 /* of processor time, far above what a sitting takes: it loops */

struct screen {
    uint32_t pixels[WIDTH * HEIGHT];
    struct outcome *out;
    struct player *player;
    bool decoders, shown;
    int64_t now_ms;
};

/* Tiles without processes and threads. */
static enum scan_source_answer decode(
    void *context, int page, int level, int x, int y, struct size size, uint32_t *pixels)
{
    (void)context, (void)page, (void)level, (void)x, (void)y;
    memset(pixels, 0xFF, (size_t)size.w * (size_t)size.h * sizeof *pixels);
    return SCAN_SOURCE_DONE;
}

static uint64_t digest(uint64_t so_far, const struct screen *screen)
{
    for (size_t i = 0; i < WIDTH * HEIGHT; i++) {
        so_far = (so_far ^ screen->pixels[i]) * 1099511628211u;
    }
    return so_far;
}

static bool is_blank(const struct screen *screen)
{
    size_t at = 1;
    while (at < WIDTH * HEIGHT && screen->pixels[at] == screen->pixels[0]) {
        at++;
    }
    return at == WIDTH * HEIGHT;
}

/* Time passes until what fades has faded; every picture complete. */
static void draw(struct screen *screen, bool whole, uint64_t *frames)
{
    struct paint_target target = {screen->pixels, WIDTH, HEIGHT, WIDTH};
    struct rect damage[PAINT_DAMAGE_MAX];
    for (int i = 0; i < (screen->decoders ? 3 : 2); i++) {
        player_update(screen->player, screen->now_ms);
        if (screen->decoders) {
            player_wait_ready(screen->player, 2000);
            player_update(screen->player, screen->now_ms);
        }
        player_draw(screen->player, &target, whole && i == 0, damage);
        screen->now_ms += 500;
    }
    *frames = digest(*frames, screen);
}

static void press(struct screen *screen, enum player_key key)
{
    struct player_event event = {.kind = PLAYER_KEY, .key = key};
    player_event(screen->player, &event, screen->now_ms);
    screen->now_ms += 300;
    player_update(screen->player, screen->now_ms);
}

static void go(struct screen *screen, const char *name)
{
    struct place place;
    if (place_parse(str_from(name), &place)) {
        player_go(screen->player, &place, screen->now_ms);
    }
}

/* Attract, home, a document in its views, close to its page, notes and lists, a search, other languages and
 * sizes, the exhibit read anew. */
static void visit(struct screen *screen, uint64_t *frames)
{
    static const char *const places[] = {"scan", "parallel", "text", "read", "meaning", "people", "places",
        "timeline", "words", "related", "questions", "about"};
    draw(screen, true, frames);
    screen->shown = !is_blank(screen); /* else there was nothing that could stay */
    press(screen, KEY_SELECT);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        go(screen, places[i]);
        press(screen, KEY_TAB);
        press(screen, KEY_SELECT);
        draw(screen, i == 0, frames);
    }
    go(screen, "scan");
    draw(screen, false, frames);
    for (int i = 0; i < 4; i++) {
        press(screen, KEY_PLUS);
        draw(screen, false, frames);
    }
    go(screen, "search");
    player_update(screen->player, screen->now_ms);
    struct player_event typed = {.kind = PLAYER_TEXT, .text = "museum"};
    player_event(screen->player, &typed, screen->now_ms);
    draw(screen, false, frames);
    struct player_appearance appearance = {"ru", 150, true, true};
    player_appear(screen->player, &appearance, screen->now_ms);
    draw(screen, false, frames);
    struct player_event event = {.kind = PLAYER_RELOAD};
    player_event(screen->player, &event, screen->now_ms);
    press(screen, KEY_BACK);
    draw(screen, false, frames);
    screen->out->blank = screen->shown && is_blank(screen);
    const char *mistake = player_mistake(screen->player);
    snprintf(screen->out->mistake, sizeof screen->out->mistake, "%s", mistake != NULL ? mistake : "");
}

/* Nothing fails any more: the exhibit is read anew, and a visitor comes. */
static uint64_t reload(struct screen *screen)
{
    uint64_t frames = 14695981039346656037u;
    struct player_event event = {.kind = PLAYER_RELOAD};
    screen->now_ms = 1000000;
    player_event(screen->player, &event, screen->now_ms);
    player_reset(screen->player, screen->now_ms);
    press(screen, KEY_SELECT);
    draw(screen, true, &frames);
    go(screen, "parallel");
    draw(screen, true, &frames);
    struct player_appearance appearance = {.language = "ru"};
    player_appear(screen->player, &appearance, screen->now_ms);
    draw(screen, true, &frames);
    return player_mistake(screen->player) == NULL ? frames : 1;
}

static bool open_player(struct screen *screen, const struct sitting *sitting, struct error *err)
{
    static const struct scan_source white = {NULL, decode};
    struct player_options options = {.exhibit = sitting->exhibit,
        .paths = sitting->paths,
        .mode = MODE_KIOSK,
        .window = {WIDTH, HEIGHT},
        .source = sitting->decoders ? NULL : &white};
    screen->now_ms = 1000;
    screen->player = player_create(&options, screen->now_ms, err);
    return screen->player != NULL;
}

static long count_files(void)
{
    DIR *folder = opendir("/proc/self/fd");
    long count = 0;
    while (folder != NULL && readdir(folder) != NULL) {
        count++;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return count;
}

static void play(struct screen *screen, const struct sitting *sitting)
{
    struct outcome *out = screen->out;
    struct error err = {0};
    long files = count_files();
    size_t whole;
    text_spare_memory();
    sitting->begin(sitting->context);
    out->opened = open_player(screen, sitting, &err);
    if (out->opened) {
        visit(screen, &out->frames);
    }
    out->operations = sitting->end(sitting->context);
    out->err = err;
    if (out->opened) {
        out->reloaded = reload(screen);
    }
    player_destroy(screen->player);
    err = (struct error){0};
    if (open_player(screen, sitting, &err)) {
        visit(screen, &out->anew);
    }
    out->refused = screen->player == NULL && err.message[0] != '\0';
    player_destroy(screen->player);
    out->files = count_files() - files;
    out->spare = text_spare_used(&whole);
    out->live = sitting->live != NULL ? sitting->live() : 0;
    out->finished = true;
}

#ifndef VITRINE_SANITIZED
static void tell(int number)
{
    void *calls[48];
    int count = backtrace(calls, 48);
    (void)!write(STDERR_FILENO, "it crashed:\n", 12);
    backtrace_symbols_fd(calls, count, STDERR_FILENO);
    signal(number, SIG_DFL);
    raise(number);
}
#endif

static void begin_child(void)
{
    const struct rlimit loops = {SECONDS, SECONDS + 1}, no_core = {0, 0};
    setrlimit(RLIMIT_CPU, &loops);
    setrlimit(RLIMIT_CORE, &no_core);
#ifndef VITRINE_SANITIZED
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU};
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++) {
        signal(crashes[i], tell);
    }
#endif
}

struct job {
    struct screen *screen;
    const struct sitting *sitting;
};

static int act(void *what)
{
    const struct job *job = what;
    begin_child();
    play(job->screen, job->sitting);
    return 0; /* at exit the sanitizers look for what was not given back */
}

static bool fork_child(void *context, int (*run)(void *), void *what, int *status)
{
    (void)context;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        exit(run(what));
    }
    return child > 0 && waitpid(child, status, 0) == child;
}

bool sitting_play(const struct sitting *sitting, sitting_child *child, void *context, struct outcome *outcome)
{
    size_t size = sizeof(struct screen) + sizeof(struct outcome);
    struct screen *screen = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (screen == MAP_FAILED) {
        return false;
    }
    screen->out = (struct outcome *)(void *)(screen + 1);
    screen->decoders = sitting->decoders;
    struct job job = {screen, sitting};
    bool played = (child != NULL ? child : fork_child)(context, act, &job, &screen->out->status);
    *outcome = *screen->out;
    outcome->finished = outcome->finished && outcome->status == 0;
    munmap(screen, size);
    return played;
}
