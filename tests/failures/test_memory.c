/* Memory runs out at one moment, or from one moment on, while an exhibit is read and visited: there is a
 * message or the visit goes on, nothing crashes or leaks, and afterwards all is as it was. It runs out for
 * everybody: this program, its libraries, the C library.
 *
 *     test-failures-memory                  some moments
 *     test-failures-memory places           each way that calls lead to an allocation, the first time it is
 * gone test-failures-memory STEP [FROM]      every STEPth allocation; 1: all of them */
#include "check.h"

#include "allocator.h"
#include "sitting.h"

#include <execinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOMENTS 12
#define CALLS_MAX 48
#define PLACES_MAX 65536

struct fault {
    long at;
    bool for_good, listed;
};

/* Shared with the children. */
struct seen {
    uint64_t ways[PLACES_MAX]; /* how calls led there: a table of digests, 0 where it is empty */
    long first[PLACES_MAX];    /* the first allocation there */
    long count;
    void *calls[CALLS_MAX]; /* that led to what failed */
    int call_count;
};

static struct seen *seen;
static long step, from;
static bool by_place;

#ifndef VITRINE_SANITIZED
static void list_place(long number, void *const *calls, int count)
{
    uint64_t way = 14695981039346656037u;
    for (int i = 2; i < count; i++) {
        way = (way ^ (uint64_t)(uintptr_t)calls[i]) * 1099511628211u;
    }
    size_t at = way % PLACES_MAX;
    while (seen->ways[at] != 0 && seen->ways[at] != way) {
        at = (at + 1) % PLACES_MAX;
    }
    if (seen->ways[at] == 0 && seen->count < PLACES_MAX / 2) {
        seen->ways[at] = way;
        seen->first[seen->count++] = number;
    }
}

static void note_place(long number, void *const *calls, int count)
{
    (void)number;
    memcpy(seen->calls, calls, (size_t)count * sizeof *calls);
    seen->call_count = count;
}
#endif

static void begin(void *context)
{
    const struct fault *fault = context;
#ifdef VITRINE_SANITIZED
    allocator_seen *look = NULL; /* the sanitizers tell, and what is loaded for it would look like a leak */
#else
    allocator_seen *look = fault->at >= 0 ? note_place : fault->listed ? list_place : NULL;
#endif
    allocator_begin(fault->at, fault->for_good, look);
}

static long end(void *context)
{
    (void)context;
    return allocator_end();
}

static bool play(const struct player_paths *paths, struct fault *fault, struct outcome *outcome)
{
    struct sitting sitting = {.exhibit = TEST_SOURCE_DIR "/tests/exhibits/small",
        .paths = paths,
        .begin = begin,
        .end = end,
        .live = allocator_live,
        .context = fault};
    seen->call_count = 0;
    return sitting_play(&sitting, NULL, NULL, outcome);
}

static void check(const struct outcome *now, const struct outcome *sound, const struct fault *fault)
{
    const char *how = fault->for_good ? "from allocation" : "allocation";
    int before = check_failures;
    CHECK_THAT(now->finished, "%s %ld: status %x", how, fault->at, (unsigned)now->status);
    if (now->finished) {
        CHECK_THAT(now->opened || now->err.message[0] != '\0', "%s %ld: no message", how, fault->at);
        CHECK_THAT(!now->blank, "%s %ld: a blank screen", how, fault->at);
        CHECK_THAT(!now->opened || now->reloaded == sound->reloaded, "%s %ld: not as before when read anew",
            how, fault->at);
        CHECK_THAT(now->anew == sound->anew || now->refused, "%s %ld: another player is not as before", how,
            fault->at);
        CHECK_THAT(now->files == sound->files, "%s %ld: %ld files are open", how, fault->at, now->files);
#ifndef VITRINE_SANITIZED
        CHECK_THAT(now->live <= sound->live, "%s %ld: %ld pieces more are held", how, fault->at,
            now->live - sound->live);
#endif
    }
    if (check_failures > before) {
        backtrace_symbols_fd(seen->calls, seen->call_count, STDERR_FILENO);
    }
}

static void memory_runs_out(void)
{
    struct player_paths paths;
    struct error err = {0};
    struct fault fault = {.at = -1};
    struct outcome sound, again, now;
    CHECK_THAT(player_find_paths(&paths, &err), "%s", err.message);
    CHECK(play(&paths, &fault, &sound));
    fault.listed = by_place;
    CHECK(play(&paths, &fault, &again));
    check(&again, &sound, &fault);
    CHECK(sound.opened && sound.frames == sound.anew && sound.frames == again.frames);
    long all = by_place ? seen->count : sound.operations;
    CHECK_THAT(sound.operations > 1000 && all > 0, "%ld allocations, %ld places", sound.operations, all);
    step = step > 0 ? step : by_place ? 1 : all / MOMENTS + 1;
    int refused = 0, played = 0;
    size_t spare = 0;
    for (int for_good = 0; for_good < 2; for_good++) {
        fault.for_good = for_good != 0;
        for (long i = from + (by_place ? 0 : for_good); i < all; i += step) {
            fault.at = by_place ? seen->first[i] : i;
            if (play(&paths, &fault, &now)) {
                check(&now, &sound, &fault);
                spare = now.spare > spare ? now.spare : spare;
                now.opened ? played++ : refused++;
            }
        }
    }
    CHECK(refused + played > 0);
    printf("%ld allocations; memory ran out at %d of them: %d times there was a message, %d times the visit "
           "went on; ICU had up to %zu KB of what is spared for it\n",
        sound.operations, refused + played, refused, played, spare / 1024);
}

int main(int argc, char **argv)
{
    setenv("VITRINE_ASSETS", TEST_SOURCE_DIR "/assets", 0);
    by_place = argc > 1 && strcmp(argv[1], "places") == 0;
    step = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    from = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
    seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (seen == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
#ifndef VITRINE_SANITIZED
    void *calls[2];
    backtrace(calls, 2); /* loads what it needs, here rather than in a child */
#endif
    RUN(memory_runs_out);
    return check_report();
}
