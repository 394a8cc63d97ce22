/* espeak-ng keeps its state in the process, so there is one voice at a time. */
#include "voice/voice.h"

#include "library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAD_MS 40 /* of silence before and after a sentence: what plays it may open with a knock */
#define LEVEL 70  /* of espeak-ng's 100, at which loud vowels would clip */

struct voice {
    struct library library;
    int rate;
    char current[VOICE_NAME_MAX]; /* the voice that is set; empty: none */
    voice_sink *sink;
    void *context;
    bool stopped;
};

/* Returns 1 to have espeak-ng stop. */
static int take(short *samples, int count, espeak_EVENT *events)
{
    struct voice *voice = events != NULL ? events[0].user_data : NULL;
    if (voice == NULL || voice->stopped) {
        return voice != NULL;
    }
    if (samples != NULL && count > 0) {
        voice->stopped = !voice->sink(voice->context, samples, (size_t)count);
    }
    return voice->stopped;
}

struct voice *voice_open(const struct log *log)
{
    struct voice *voice = calloc(1, sizeof *voice);
    if (voice == NULL || !library_open(&voice->library, log)) {
        free(voice);
        return NULL;
    }
    voice->rate = voice->library.get_sample_rate();
    if (voice->rate <= 0) {
        voice->rate =
            voice->library.initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, espeakINITIALIZE_DONT_EXIT);
    }
    if (voice->rate <= 0 || voice->library.set_voice_by_name("en") != EE_OK) {
        log_write(log, LOG_WARNING,
            "nothing can be spoken: espeak-ng's voices are not installed (package espeak-ng-data); captions "
            "are shown "
            "instead");
        voice_close(voice);
        return NULL;
    }
    voice->library.set_synth_callback(take);
    voice->library.set_parameter(espeakVOLUME, LEVEL, 0);
    return voice;
}

void voice_close(struct voice *voice)
{
    if (voice != NULL) {
        library_close(&voice->library);
        free(voice);
    }
}

int voice_rate(const struct voice *voice)
{
    return voice->rate;
}

/* ---- which voice */

size_t voice_names(const char *language, char names[2][VOICE_NAME_MAX])
{
    char tag[VOICE_NAME_MAX];
    size_t count = 0;
    snprintf(tag, sizeof tag, "%s", language != NULL && language[0] != '\0' ? language : "en");
    for (char *c = tag; *c != '\0'; c++) {
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c == '_' ? '-' : *c);
    }
    bool hong_kong = strstr(tag, "-hk") != NULL || strstr(tag, "-mo") != NULL;
    char *region = strchr(tag, '-');
    if (region != NULL) {
        snprintf(names[count++], VOICE_NAME_MAX, "%s", tag);
        *region = '\0';
    }
    const char *first = strcmp(tag, "zh") == 0   ? (hong_kong ? "yue" : "cmn")
                        : strcmp(tag, "iw") == 0 ? "he"
                        : strcmp(tag, "no") == 0 ? "nb"
                        : strcmp(tag, "tl") == 0 ? "fil"
                                                 : tag;
    if (strcmp(tag, "zh") == 0) {
        count = 0;
    }
    snprintf(names[count++], VOICE_NAME_MAX, "%s", first);
    return count;
}

static bool choose(struct voice *voice, const char *language)
{
    char names[2][VOICE_NAME_MAX];
    size_t count = voice_names(language, names);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], voice->current) == 0) {
            return true;
        }
        if (voice->library.set_voice_by_name(names[i]) == EE_OK) {
            memcpy(voice->current, names[i], sizeof names[i]);
            return true;
        }
    }
    voice->current[0] = '\0';
    return false;
}

/* ---- speaking */

static void be_silent(struct voice *voice)
{
    int16_t silence[256] = {0};
    for (int left = voice->rate * PAD_MS / 1000; left > 0 && !voice->stopped;) {
        size_t count = left < 256 ? (size_t)left : 256;
        voice->stopped = !voice->sink(voice->context, silence, count);
        left -= (int)count;
    }
}

static bool speak(struct voice *voice, struct str run, int words_per_minute)
{
    char words[2048];
    size_t length = voice_words(run, words, sizeof words);
    if (length == 0 || voice->stopped) {
        return true;
    }
    voice->library.set_parameter(espeakRATE, words_per_minute, 0);
    return voice->library.synth(words, length + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, voice) ==
           EE_OK;
}

enum voice_result voice_render(struct voice *voice, struct str text, const char *language,
    int words_per_minute, voice_sink *sink, void *context)
{
    struct voice_run run;
    voice->sink = sink;
    voice->context = context;
    voice->stopped = false;
    if (!choose(voice, language)) {
        return VOICE_MISSING;
    }
    be_silent(voice);
    for (size_t at = 0; !voice->stopped && voice_run(text, language, at, &run); at = run.range.to) {
        bool good = choose(voice, run.language) || choose(voice, language);
        good = good && speak(voice, str_slice(text, at, run.range.to - at), words_per_minute);
        if (!good) {
            return VOICE_MISSING;
        }
    }
    be_silent(voice);
    return voice->stopped ? VOICE_STOPPED : VOICE_DONE;
}
