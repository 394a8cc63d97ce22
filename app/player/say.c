/* One sentence, aloud, or as a caption where it cannot be heard: the site has no sound, the visitor turned it
 * off, or there is no voice for the language. */
#include "internal.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define CAPTION_LEAST_MS 1500
#define CAPTION_LETTER_MS 65 /* about 180 words a minute */
#define CAPTION_WIDE_MS 160  /* an ideograph, a syllable */

static bool is_mute(const struct speech *speech, const char *language)
{
    for (size_t i = 0; i < speech->mute_count; i++) {
        if (strcmp(speech->mute[i], language) == 0) {
            return true;
        }
    }
    return false;
}

static void set_mute(struct speech *speech, const char *language)
{
    if (speech->mute_count < SPEECH_MUTE_MAX && !is_mute(speech, language)) {
        snprintf(speech->mute[speech->mute_count++], sizeof speech->mute[0], "%s", language);
    }
}

bool speech_captions(const struct player *player)
{
    const struct speech *speech = &player->speech;
    return speech->speaker == NULL || visit_speech_volume(&player->visit) == 0 || speech->captioned ||
           is_mute(speech, player->visit.language);
}

/* As long as it takes to read; a visitor who wants it slower or faster says so. */
static int64_t caption_ms(const struct player *player, struct str text)
{
    int64_t ms = 600;
    for (size_t at = 0; at < text.length;) {
        ms += utf8_next(text, &at) >= 0x1100 ? CAPTION_WIDE_MS : CAPTION_LETTER_MS;
    }
    ms = ms * 160 / visit_speech_rate(&player->visit);
    return ms > CAPTION_LEAST_MS ? ms : CAPTION_LEAST_MS;
}

static void show(struct player *player)
{
    struct speech *speech = &player->speech;
    speech->captioned = true;
    speech->until_ms = player->now_ms + caption_ms(player, speech->said.text);
    player->dirty = true;
}

static void write_line(const struct player *player, const char *id)
{
    static const char *const kinds[] = {"none", "screen", "focus", "offer", "alert"};
    const struct speech *speech = &player->speech;
    if (speech->log == NULL) {
        return;
    }
    fprintf(speech->log, "%lld\t%s\t%s\t%s\t%s\t", (long long)player->now_ms, kinds[speech->kind],
        speech->captioned ? "caption" : "voice", speech->said.language, id);
    for (size_t i = 0; i < speech->said.text.length; i++) {
        char c = speech->said.text.data[i];
        fputc(c == '\n' || c == '\t' || c == '\r' ? ' ' : c, speech->log);
    }
    fputc('\n', speech->log);
    fflush(speech->log);
}

void say_sentence(
    struct player *player, struct str text, const char *language, const char *id, int least_volume)
{
    struct speech *speech = &player->speech;
    int volume = visit_speech_volume(&player->visit);
    snprintf(speech->caption, sizeof speech->caption, "%.*s", STR_ARGS(text));
    snprintf(speech->caption_language, sizeof speech->caption_language, "%s", language);
    volume = player_loudness(player, volume > least_volume ? volume : least_volume);
    speech->said = (struct player_sentence){
        str_from(speech->caption), speech->caption_language, visit_speech_rate(&player->visit), volume};
    bool was_captioned = speech->captioned;
    speech->captioned = false;
    if (speech->speaker == NULL || volume == 0 || is_mute(speech, language)) {
        show(player);
    } else {
        speech->speaker->say(speech->speaker->context, &speech->said, player->now_ms);
        if (speech->speaker->state(speech->speaker->context, player->now_ms) == SPEAKING_FAILED) {
            set_mute(speech, language);
            show(player);
        }
    }
    player->dirty = player->dirty || was_captioned != speech->captioned;
    write_line(player, id);
}

bool say_over(struct player *player)
{
    struct speech *speech = &player->speech;
    if (speech->captioned) {
        return player->now_ms >= speech->until_ms;
    }
    if (speech->speaker == NULL) {
        return true;
    }
    enum player_speaking state = speech->speaker->state(speech->speaker->context, player->now_ms);
    if (state == SPEAKING_FAILED) {
        set_mute(speech, speech->said.language);
        show(player);
        return false;
    }
    return state == SPEAKING_NOT;
}
