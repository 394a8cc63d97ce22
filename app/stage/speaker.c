#include "speaker.h"

#include "voice/voice.h"

#include <SDL.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINGER_MS 1500 /* the device stays open so long after the last sound */
#define RETRY_MS 10000 /* a device that could not be opened is tried again after that */
#define LATE_MS 5000   /* a sentence not over so long after its time never will be: the device is gone */
#define BLOCK 512      /* samples that SDL asks for at a time: 23 ms */

struct speaker {
    struct player_speaker speaker; /* its context is this struct */
    void (*wake)(void *context);
    void *wake_context;
    const struct log *log;
    pthread_t thread;
    pthread_mutex_t lock; /* over everything below */
    pthread_cond_t more;
    bool ending;

    uint64_t asked, taken; /* sentences: the last that was asked for; the one that the thread has in hand */
    char *text;            /* of the one asked for */
    char language[VOICE_NAME_MAX];
    int words_per_minute, volume;
    int64_t said_ms;

    enum player_speaking state;
    bool rendered; /* all of its samples are there */
    int16_t *samples;
    size_t count, capacity, played;
    int rate;

    bool open; /* the device is */

    struct voice *voice; /* the thread's own, as is what follows but for the last */
    bool tried;
    SDL_AudioDeviceID device;
    int64_t opened_failed_ms; /* of the monotonic clock; 0: it did not */
};

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- SDL's sound thread */

static void play(void *context, Uint8 *stream, int length)
{
    struct speaker *s = context;
    int16_t *out = (int16_t *)(void *)stream;
    size_t wanted = (size_t)length / sizeof *out, given = 0;
    pthread_mutex_lock(&s->lock);
    for (; given < wanted && s->played < s->count; given++) {
        out[given] = (int16_t)(s->samples[s->played++] * s->volume / 100);
    }
    bool over = s->state == SPEAKING_NOW && s->rendered && s->played >= s->count;
    s->state = over ? SPEAKING_NOT : s->state;
    pthread_mutex_unlock(&s->lock);
    memset(out + given, 0, (wanted - given) * sizeof *out);
    if (over) {
        s->wake(s->wake_context);
    }
}

/* ---- the speaker's thread */

static bool keep(void *context, const int16_t *samples, size_t count)
{
    struct speaker *s = context;
    pthread_mutex_lock(&s->lock);
    bool wanted = s->taken == s->asked && !s->ending;
    if (wanted && s->count + count > s->capacity) {
        size_t capacity = (s->count + count) * 2;
        int16_t *grown = realloc(s->samples, capacity * sizeof *grown);
        wanted = grown != NULL;
        s->samples = wanted ? grown : s->samples;
        s->capacity = wanted ? capacity : s->capacity;
    }
    if (wanted) {
        memcpy(s->samples + s->count, samples, count * sizeof *samples);
        s->count += count;
    }
    pthread_mutex_unlock(&s->lock);
    return wanted;
}

/* Where there is neither a card nor a sound server ALSA would complain at length on the console before it
 * gave up. A driver that was named is tried whatever there is. */
static bool may_sound(void)
{
    const char *run = getenv("XDG_RUNTIME_DIR"), *cards = "/proc/asound/card0";
    char server[300] = "";
    if (run != NULL) {
        snprintf(server, sizeof server, "%s/pulse/native", run);
    }
    return getenv("SDL_AUDIODRIVER") != NULL || getenv("PULSE_SERVER") != NULL || access(cards, F_OK) == 0 ||
           (server[0] != '\0' && access(server, F_OK) == 0);
}

/* Opening may take a tenth of a second and more: nobody holds the lock meanwhile. */
static bool open_device(struct speaker *s)
{
    SDL_AudioSpec want = {.freq = s->rate,
        .format = AUDIO_S16SYS,
        .channels = 1,
        .samples = BLOCK,
        .callback = play,
        .userdata = s};
    if (s->device != 0 && SDL_GetAudioDeviceStatus(s->device) == SDL_AUDIO_STOPPED) {
        SDL_CloseAudioDevice(s->device); /* it was pulled out */
        s->device = 0;
    }
    if (s->device == 0) {
        if (may_sound() && SDL_InitSubSystem(SDL_INIT_AUDIO) == 0) {
            s->device = SDL_OpenAudioDevice(NULL, 0, &want, NULL, 0);
        }
        if (s->device == 0 && SDL_WasInit(SDL_INIT_AUDIO) != 0) {
            SDL_QuitSubSystem(SDL_INIT_AUDIO);
        }
        if (s->device == 0) {
            const char *why = may_sound() ? SDL_GetError() : "there is no sound card";
            log_write(s->log, LOG_WARNING, "no sound: %s; captions are shown instead", why);
            return false;
        }
        SDL_PauseAudioDevice(s->device, 0);
    }
    return true;
}

static void close_device(struct speaker *s)
{
    if (s->device != 0) {
        SDL_CloseAudioDevice(s->device);
        SDL_QuitSubSystem(SDL_INIT_AUDIO); /* its own thread looks for devices that come and go */
        s->device = 0;
    }
}

static bool ready(struct speaker *s)
{
    if (!s->tried) {
        s->tried = true;
        s->voice = voice_open(s->log);
        s->rate = s->voice != NULL ? voice_rate(s->voice) : 0;
    }
    return s->voice != NULL && open_device(s);
}

/* Renders the sentence that was asked for; called and left with the lock held. */
static void render(struct speaker *s)
{
    uint64_t number = s->taken = s->asked;
    char *text = s->text, language[VOICE_NAME_MAX];
    int words_per_minute = s->words_per_minute;
    memcpy(language, s->language, sizeof language);
    s->text = NULL;
    pthread_mutex_unlock(&s->lock);
    bool device = text != NULL && ready(s);
    enum voice_result result = VOICE_MISSING;
    if (device) {
        result = voice_render(s->voice, str_from(text), language, words_per_minute, keep, s);
    }
    free(text);
    pthread_mutex_lock(&s->lock);
    s->opened_failed_ms = device ? 0 : clock_ms();
    if (number == s->asked && result == VOICE_MISSING) {
        s->state = SPEAKING_FAILED;
        pthread_mutex_unlock(&s->lock);
        s->wake(s->wake_context);
        pthread_mutex_lock(&s->lock);
    }
    s->rendered = number == s->asked;
}

static void wait_for_more(struct speaker *s)
{
    s->open = s->device != 0;
    if (!s->open) {
        pthread_cond_wait(&s->more, &s->lock);
        return;
    }
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LINGER_MS / 1000;
    until.tv_nsec += LINGER_MS % 1000 * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    bool silent = pthread_cond_timedwait(&s->more, &s->lock, &until) != 0 && s->state != SPEAKING_NOW &&
                  s->taken == s->asked && !s->ending;
    if (silent) {
        pthread_mutex_unlock(&s->lock); /* the sound thread, which is waited for, takes it */
        close_device(s);
        pthread_mutex_lock(&s->lock);
        s->open = false;
    }
}

static void *run(void *context)
{
    struct speaker *s = context;
    pthread_mutex_lock(&s->lock);
    while (!s->ending) {
        if (s->taken != s->asked && s->text != NULL) {
            render(s);
        } else {
            s->taken = s->asked;
            wait_for_more(s);
        }
    }
    pthread_mutex_unlock(&s->lock);
    close_device(s);
    voice_close(s->voice);
    SDL_TLSCleanup(); /* SDL's errors of this thread */
    return NULL;
}

/* ---- what the player calls */

static void forget(struct speaker *s)
{
    s->asked++;
    s->count = s->played = 0;
    s->rendered = false;
    s->state = SPEAKING_NOT;
    free(s->text);
    s->text = NULL;
}

static void say(void *context, const struct player_sentence *sentence, int64_t now_ms)
{
    struct speaker *s = context;
    pthread_mutex_lock(&s->lock);
    forget(s);
    s->text = strndup(sentence->text.data, sentence->text.length);
    snprintf(s->language, sizeof s->language, "%s", sentence->language);
    s->words_per_minute = sentence->words_per_minute;
    s->volume = sentence->volume;
    s->said_ms = now_ms;
    bool deaf = s->opened_failed_ms != 0 && clock_ms() - s->opened_failed_ms < RETRY_MS;
    s->state = s->text == NULL || deaf ? SPEAKING_FAILED : SPEAKING_NOW;
    if (s->state == SPEAKING_FAILED) {
        free(s->text);
        s->text = NULL;
    }
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
}

static void hush(void *context)
{
    struct speaker *s = context;
    pthread_mutex_lock(&s->lock);
    forget(s);
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
}

/* With the lock held: when it must be over, if the device is still there. */
static int64_t latest_ms(const struct speaker *s)
{
    bool known = s->state == SPEAKING_NOW && s->rendered && s->rate > 0;
    return known ? s->said_ms + (int64_t)(s->count * 1000 / (size_t)s->rate) + LATE_MS : INT64_MAX;
}

static enum player_speaking state(void *context, int64_t now_ms)
{
    struct speaker *s = context;
    pthread_mutex_lock(&s->lock);
    if (now_ms >= latest_ms(s)) {
        s->state = SPEAKING_FAILED;
    }
    enum player_speaking state = s->state;
    pthread_mutex_unlock(&s->lock);
    return state;
}

static int64_t deadline(void *context)
{
    struct speaker *s = context;
    pthread_mutex_lock(&s->lock);
    int64_t latest = s->state == SPEAKING_NOW ? latest_ms(s) : 0;
    pthread_mutex_unlock(&s->lock);
    return latest;
}

struct speaker *speaker_create(
    void (*wake)(void *context), void *wake_context, const struct log *log, struct error *err)
{
    struct speaker *s = calloc(1, sizeof *s);
    pthread_condattr_t monotonic;
    if (s == NULL) {
        error_memory(err);
        return NULL;
    }
    s->speaker = (struct player_speaker){s, say, hush, state, deadline};
    s->wake = wake;
    s->wake_context = wake_context;
    s->log = log;
    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&s->more, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&s->thread, NULL, run, s) != 0) {
        error_set(err, ERROR_MACHINE, "no thread for speech could be started");
        pthread_cond_destroy(&s->more);
        pthread_mutex_destroy(&s->lock);
        free(s);
        return NULL;
    }
    return s;
}

void speaker_destroy(struct speaker *s)
{
    if (s == NULL) {
        return;
    }
    pthread_mutex_lock(&s->lock);
    forget(s);
    s->ending = true;
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    pthread_cond_destroy(&s->more);
    pthread_mutex_destroy(&s->lock);
    free(s->text);
    free(s->samples);
    free(s);
}

const struct player_speaker *speaker_interface(const struct speaker *speaker)
{
    return &speaker->speaker;
}

bool speaker_open(struct speaker *s)
{
    pthread_mutex_lock(&s->lock);
    bool open = s->open;
    pthread_mutex_unlock(&s->lock);
    return open;
}
