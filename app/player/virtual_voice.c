#include "virtual_voice.h"

#include "voice/voice.h"

static bool count(void *context, const int16_t *samples, size_t length)
{
    int64_t *passed = context;
    (void)samples;
    *passed += (int64_t)length;
    return true;
}

static void say(void *context, const struct player_sentence *sentence, int64_t now_ms)
{
    struct virtual_voice *v = context;
    int64_t passed = 0;
    if (!v->tried) {
        v->voice = voice_open(v->log);
        v->tried = true;
    }
    v->failed = v->voice == NULL || voice_render(v->voice, sentence->text, sentence->language,
                                        sentence->words_per_minute, count, &passed) != VOICE_DONE;
    v->until_ms = v->failed ? now_ms : now_ms + passed * 1000 / voice_rate(v->voice) + 1;
}

static void hush(void *context)
{
    struct virtual_voice *v = context;
    v->until_ms = 0;
    v->failed = false;
}

static enum player_speaking state(void *context, int64_t now_ms)
{
    const struct virtual_voice *v = context;
    return v->failed ? SPEAKING_FAILED : now_ms < v->until_ms ? SPEAKING_NOW : SPEAKING_NOT;
}

static int64_t deadline(void *context)
{
    const struct virtual_voice *v = context;
    return v->until_ms;
}

void virtual_voice_init(struct virtual_voice *voice, const struct log *log)
{
    *voice = (struct virtual_voice){.speaker = {voice, say, hush, state, deadline}, .log = log};
}

void virtual_voice_finish(struct virtual_voice *voice)
{
    voice_close(voice->voice);
    voice->voice = NULL;
}
