/* Speech on a sound device: SDL's dummy driver takes as long as a real one and needs none. */
#include "speaker.h"

#include "check.h"

#include <SDL.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

struct ear {
    atomic_int woken;
};

static void wake(void *context)
{
    struct ear *ear = context;
    atomic_fetch_add(&ear->woken, 1);
}

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum player_speaking state_of(const struct player_speaker *speaker)
{
    return speaker->state(speaker->context, clock_ms());
}

/* How long it takes until it is no longer SPEAKING_NOW, at most `most_ms`. */
static int64_t wait(const struct player_speaker *speaker, int64_t most_ms)
{
    int64_t start = clock_ms();
    while (state_of(speaker) == SPEAKING_NOW && clock_ms() - start < most_ms) {
        nanosleep(&(struct timespec){0, 2000000}, NULL);
    }
    return clock_ms() - start;
}

static void tell(const struct player_speaker *speaker, const char *text, const char *language)
{
    struct player_sentence sentence = {str_from(text), language, 270, 50};
    speaker->say(speaker->context, &sentence, clock_ms());
}

static const char long_text[] =
    "For immediate report, and nobody knows how long this will go on, to comrade Filippov.";

static void speaks_and_falls_silent(void)
{
    struct ear ear = {0};
    struct error err;
    struct speaker *s = speaker_create(wake, &ear, NULL, &err);
    CHECK(s != NULL);
    const struct player_speaker *speaker = speaker_interface(s);
    CHECK(state_of(speaker) == SPEAKING_NOT && !speaker_open(s));
    CHECK(!SDL_WasInit(SDL_INIT_AUDIO)); /* nothing before somebody listens */
    tell(speaker, "People, button", "en");
    CHECK(state_of(speaker) == SPEAKING_NOW);
    int64_t took = wait(speaker, 10000);
    if (state_of(speaker) == SPEAKING_FAILED) {
        speaker_destroy(s);
        SKIP("espeak-ng is not installed");
    }
    CHECK_THAT(took > 400 && took < 4000, "%lld ms", (long long)took);
    CHECK_INT(ear.woken, 1);
    CHECK(speaker->deadline(speaker->context) == 0);
    /* At rest the device is closed: nothing wakes. */
    for (int i = 0; i < 400 && SDL_WasInit(SDL_INIT_AUDIO); i++) {
        nanosleep(&(struct timespec){0, 10000000}, NULL);
    }
    CHECK(!SDL_WasInit(SDL_INIT_AUDIO));
    tell(speaker, "again", "ru");
    wait(speaker, 10000);
    CHECK(state_of(speaker) == SPEAKING_NOT && ear.woken == 2);
    speaker_destroy(s);
}

static void is_silent_at_once(void)
{
    struct ear ear = {0};
    struct speaker *s = speaker_create(wake, &ear, NULL, NULL);
    const struct player_speaker *speaker = speaker_interface(s);
    tell(speaker, long_text, "en");
    nanosleep(&(struct timespec){0, 300000000}, NULL);
    int64_t start = clock_ms();
    speaker->hush(speaker->context);
    CHECK(state_of(speaker) == SPEAKING_NOT);
    CHECK_THAT(clock_ms() - start < 100, "%lld ms", (long long)(clock_ms() - start));
    /* One after the other, faster than they can be said: the last one is. */
    for (int i = 0; i < 20; i++) {
        tell(speaker, long_text, i % 2 == 0 ? "en" : "ko");
    }
    tell(speaker, "end", "en");
    int64_t took = wait(speaker, 10000);
    CHECK_THAT(state_of(speaker) == SPEAKING_FAILED || took < 2500, "%lld ms", (long long)took);
    tell(speaker, long_text, "en"); /* left in the middle of it */
    speaker_destroy(s);
    speaker_destroy(NULL);
}

static void says_what_it_has_no_voice_for(void)
{
    struct ear ear = {0};
    struct speaker *s = speaker_create(wake, &ear, NULL, NULL);
    const struct player_speaker *speaker = speaker_interface(s);
    tell(speaker, "anything", "bo");
    wait(speaker, 10000);
    CHECK(state_of(speaker) == SPEAKING_FAILED && ear.woken == 1);
    speaker_destroy(s);
}

static void lives_without_a_device(void)
{
    struct ear ear = {0};
    setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    struct speaker *s = speaker_create(wake, &ear, NULL, NULL);
    const struct player_speaker *speaker = speaker_interface(s);
    tell(speaker, "anything", "en");
    wait(speaker, 10000);
    CHECK(state_of(speaker) == SPEAKING_FAILED && ear.woken == 1);
    tell(speaker, "more", "en"); /* known at once: a caption does not flicker */
    CHECK(state_of(speaker) == SPEAKING_FAILED);
    speaker_destroy(s);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
}

int main(void)
{
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    RUN(speaks_and_falls_silent);
    RUN(is_silent_at_once);
    RUN(says_what_it_has_no_voice_for);
    RUN(lives_without_a_device);
    SDL_Quit();
    return check_report();
}
