/* One operation on a file fails, or all from one on, while an exhibit is read and visited: of the player's
 * own thread, of its other threads, or of its decoders. There is a message or the visit goes on, nothing
 * crashes, loops or leaks, and afterwards the exhibit read anew is as it was. What is only interrupted, or
 * done by halves, shows nowhere at all.
 *
 *     test-failures-files                   some operations
 *     test-failures-files STEP [FROM [KIND]]    every STEPth; 1: all of them; EIO, ENOSPC, EINTR or half */
#include "check.h"

#include "help.h"
#include "inject.h"
#include "sitting.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOMENTS 3 /* of each kind, once and for good, of each who */

static const char *const kinds[INJECT_KINDS] = {"EIO", "ENOSPC", "EINTR", "half"};
static const char *const whos[INJECT_WHOS] = {"the player", "a thread", "a decoder"};
static long step, from;
static const char *only;

static void begin(void *context)
{
    (void)context;
    inject_begin();
}

static long end(void *context)
{
    (void)context;
    inject_end();
    return 0;
}

/* Where the player is played, and what fails. */
struct game {
    struct sitting sitting;
    struct injection injection;
    struct injected *injected;
    struct outcome *outcome;
};

static bool child(void *context, int (*act)(void *), void *what, int *status)
{
    struct game *game = context;
    bool ran = inject_run(&game->injection, act, what, game->injected);
    *status = game->injected->status;
    return ran;
}

static bool play(struct game *game)
{
    return sitting_play(&game->sitting, child, game, game->outcome);
}

static void check(const struct game *game, const struct outcome *sound, const struct injected *counted)
{
    const struct injection *fault = &game->injection;
    const struct outcome *now = game->outcome;
    int before = check_failures;
    bool shows_nothing = fault->kind == INJECT_EINTR || fault->kind == INJECT_SHORT;
    CHECK_THAT(now->finished, "status %x", (unsigned)now->status);
    if (now->finished) {
        CHECK_THAT(now->opened || now->err.message[0] != '\0', "no message");
        CHECK_THAT(!now->blank, "a blank screen");
        CHECK_THAT(!now->opened || now->reloaded == sound->reloaded, "not as before when read anew");
        CHECK_THAT(now->anew == sound->anew, "another player is not as before");
        CHECK_THAT(now->files == sound->files, "%ld files are open", now->files);
        CHECK_THAT(!shows_nothing || now->frames == sound->frames, "it shows: %s", now->err.message);
    }
    if (check_failures > before) {
        fprintf(stderr, "    %s %s call %ld of %s, %s\n", kinds[fault->kind], fault->for_good ? "from" : "at",
            fault->at, whos[fault->who], inject_name(counted, fault->who, fault->at));
    }
}

struct tally {
    int injected, messages, went_on;
};

static void fail_each(struct game *game, const struct outcome *sound, const struct injected *counted,
    enum inject_who who, struct tally *tally)
{
    long all = counted->counts[who], every = step > 0 ? step : all / MOMENTS + 1, turn = 0;
    for (int kind = 0; kind < INJECT_KINDS; kind++) {
        if (only != NULL && strcmp(only, kinds[kind]) != 0) {
            continue;
        }
        for (int for_good = 0; for_good < 2; for_good++) {
            for (long at = step > 0 ? from : turn++ % every; at < all; at += every) {
                game->injection = (struct injection){
                    .who = who, .kind = (enum inject_kind)kind, .at = at, .for_good = for_good != 0};
                bool endless = for_good && kind == INJECT_EINTR; /* no system interrupts for ever */
                if (endless || !inject_suits(counted, who, at, (enum inject_kind)kind) || !play(game)) {
                    continue;
                }
                check(game, sound, counted);
                tally->injected += game->injected->met;
                (game->outcome->opened ? tally->went_on++ : tally->messages++);
            }
        }
    }
}

/* The example, with a pyramid of tiles of either kind behind its page. */
static char *make_exhibit(void)
{
    static const char more[] =
        "  - image: pages/2.dzi\n    resolution: 100\n    alt: {en: \"A pattern.\", ru: \"Узор.\"}\n"
        "    provenance: [{kind: scan}]\n"
        "  - image: pages/3/info.json\n    resolution: 100\n    alt: {en: \"A pattern.\", ru: \"Узор.\"}\n"
        "    provenance: [{kind: scan}]\nlayers:\n";
    char *folder = help_folder(), command[1200];
    snprintf(command, sizeof command,
        "cp -r '%s/tests/exhibits/small/.' '%s' && mkdir '%s/documents/notice/pages/3'", TEST_SOURCE_DIR,
        folder, folder);
    CHECK(system(command) == 0);
    struct picture picture = picture_make(600, 420, 3);
    char pages[600], path[700];
    snprintf(pages, sizeof pages, "%s/documents/notice/pages", folder);
    help_write_dzi(pages, "2", picture, 256, 1);
    snprintf(path, sizeof path, "%s/3", pages);
    help_write_iiif(path, picture, 256, 4, 3);
    picture_free(&picture);
    snprintf(path, sizeof path, "%s/documents/notice/document.yaml", folder);
    static char text[16384], changed[17000];
    FILE *file = fopen(path, "r");
    size_t length = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
    char *layers = length > 0 ? strstr(text, "layers:\n") : NULL;
    if (file != NULL) {
        fclose(file);
    }
    CHECK(layers != NULL);
    if (layers != NULL) {
        snprintf(changed, sizeof changed, "%.*s%s%s", (int)(layers - text), text, more, layers + 8);
        help_write_text(path, changed);
    }
    return folder;
}

static void operations_fail(void)
{
    static struct injected counted, injected;
    struct player_paths paths;
    struct error err = {0};
    struct outcome sound = {0}, now = {0};
    CHECK_THAT(player_find_paths(&paths, &err), "%s", err.message);
    char *exhibit = make_exhibit();
    struct game game = {
        .sitting = {.exhibit = exhibit, .paths = &paths, .decoders = true, .begin = begin, .end = end},
        .injection = {.at = -1},
        .injected = &counted,
        .outcome = &sound};
    if (!play(&game)) {
        help_remove(exhibit);
        SKIP("this system does not hand system calls to another process");
    }
    CHECK(sound.opened && sound.mistake[0] == '\0' && sound.frames == sound.anew);
    game.injected = &injected;
    game.outcome = &now;
    CHECK(play(&game));
    check(&game, &sound, &counted);
    CHECK_THAT(now.frames == sound.frames, "two visits are not the same");
    for (int who = 0; who < INJECT_WHOS; who++) {
        struct tally tally = {0};
        CHECK(counted.counts[who] > 10);
        fail_each(&game, &sound, &counted, (enum inject_who)who, &tally);
        CHECK(tally.injected > 0 || only != NULL);
        printf("%ld calls of %s; %d made to fail: %d times there was a message, %d times the visit went on\n",
            counted.counts[who], whos[who], tally.injected, tally.messages, tally.went_on);
        fflush(stdout);
    }
    help_remove(exhibit);
}

int main(int argc, char **argv)
{
    setenv("VITRINE_ASSETS", TEST_SOURCE_DIR "/assets", 0);
    step = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    from = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
    only = argc > 3 ? argv[3] : NULL;
    RUN(operations_fail);
    return check_report();
}
