/* What cannot be heard here is measured: the samples of sentences as the telegram's exhibit has them. */
#include "voice/voice.h"

#include "base/array.h"
#include "base/utf8.h"

#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct sound {
    size_t count, limit; /* stops after `limit` samples, 0: never */
    int peak;
    double squares;
    size_t first, last; /* samples that can be heard */
};

static bool listen(void *context, const int16_t *samples, size_t count)
{
    struct sound *s = context;
    for (size_t i = 0; i < count; i++) {
        int level = abs(samples[i]);
        s->peak = level > s->peak ? level : s->peak;
        s->squares += (double)level * level;
        if (level > 200) {
            s->first = s->first == 0 ? s->count + i : s->first;
            s->last = s->count + i;
        }
    }
    s->count += count;
    return s->limit == 0 || s->count < s->limit;
}

/* Seconds a letter at 160 words a minute: an ideograph is a syllable, a Latin letter a fraction of one. */
static const struct {
    const char *language, *text;
    double least, most;
} said[] = {
    {"en", "In this secret telegram of 13 May 1950, the Soviet ambassador in Beijing passes on a question.",
        0.03, 0.13},
    {"en", "For immediate report to comrade Filippov [Stalin].x/", 0.03, 0.13},
    {"en", "People, button", 0.03, 0.15},
    {"en", "Иосиф Виссарионович Сталин · 斯大林 · 스탈린", 0.05, 0.3},
    {"ko", "소련 대사는 마오쩌둥이 스탈린의 설명을 직접 듣고 싶어 한다고 전한다.", 0.08, 0.3},
    {"ko", "사람들, 단추", 0.08, 0.4},
    {"zh-Hans", "今天五月十三日，周恩来来访，转达毛泽东的话。", 0.12, 0.45},
    {"zh-Hans", "1950年5月13日", 0.12, 0.7},
    {"ru", "Сегодня, 13 мая, в 23 часа 30 минут меня посетил Чжоу Эньлай.", 0.03, 0.15},
    {"ar", "هذه برقية سرية.", 0.03, 0.3},
    {"el", "Αυτό είναι ένα τηλεγράφημα.", 0.03, 0.2},
    {"hi", "यह एक तार है।", 0.03, 0.3},
    {"ja", "これは電報です。", 0.08, 0.9},
    {"zh-Hant", "這是一封電報。", 0.12, 0.6},
};

static void sounds_as_it_should(void)
{
    struct voice *voice = voice_open(NULL);
    if (voice == NULL) {
        SKIP("espeak-ng is not installed");
    }
    for (size_t i = 0; i < ARRAY_LENGTH(said); i++) {
        struct sound s = {0};
        struct str text = str_from(said[i].text);
        CHECK(voice_render(voice, text, said[i].language, 160, listen, &s) == VOICE_DONE);
        double rate = voice_rate(voice), per_letter = (double)s.count / rate / (double)utf8_count(text);
        double rms = sqrt(s.squares / (double)(s.count > 0 ? s.count : 1));
        const char *what = said[i].text;
        CHECK_THAT(
            per_letter > said[i].least && per_letter < said[i].most, "%s: %.3f s a letter", what, per_letter);
        CHECK_THAT(rms > 500 && rms < 6000, "%s: level %.0f", what, rms);
        CHECK_THAT(s.peak > 3000 && s.peak < 32000, "%s: peak %d", what, s.peak);
        /* Silence at both ends, and not much of it. */
        double before = (double)s.first / rate, after = (double)(s.count - s.last) / rate;
        CHECK_THAT(before > 0.035 && before < 0.5, "%s: %.3f s before", what, before);
        CHECK_THAT(after > 0.035 && after < 0.6, "%s: %.3f s after", what, after);
    }
    voice_close(voice);
}

static size_t length_at(struct voice *voice, const char *text, const char *language, int words_per_minute)
{
    struct sound s = {0};
    CHECK(voice_render(voice, str_from(text), language, words_per_minute, listen, &s) == VOICE_DONE);
    return s.count;
}

static void faster_is_shorter(void)
{
    struct voice *voice = voice_open(NULL);
    if (voice == NULL) {
        SKIP("espeak-ng is not installed");
    }
    size_t slow = length_at(voice, said[0].text, "en", 120), fast = length_at(voice, said[0].text, "en", 280);
    CHECK(slow > fast * 3 / 2 && slow < fast * 4);
    /* The same again is as long: nothing is left over from what was said before. */
    size_t again = length_at(voice, said[0].text, "en", 120);
    CHECK(again > slow * 97 / 100 && again < slow * 103 / 100);
    voice_close(voice);
}

static void stops_when_told(void)
{
    struct voice *voice = voice_open(NULL);
    if (voice == NULL) {
        SKIP("espeak-ng is not installed");
    }
    struct sound s = {.limit = 4000};
    CHECK(voice_render(voice, str_from(said[0].text), "en", 160, listen, &s) == VOICE_STOPPED);
    CHECK((double)s.count < 4000 + 0.1 * voice_rate(voice)); /* one block more at most */
    s = (struct sound){.limit = 1};
    CHECK(voice_render(voice, str_from(said[0].text), "en", 160, listen, &s) == VOICE_STOPPED);
    voice_close(voice);
}

static void says_what_it_cannot(void)
{
    struct voice *voice = voice_open(NULL);
    struct sound s = {0};
    if (voice == NULL) {
        SKIP("espeak-ng is not installed");
    }
    CHECK(voice_render(voice, STR("anything"), "bo", 160, listen, &s) == VOICE_MISSING && s.count == 0);
    CHECK(voice_render(voice, STR("anything"), "not-a-language", 160, listen, &s) == VOICE_MISSING);
    CHECK(voice_render(voice, STR("———"), "en", 160, listen, &s) == VOICE_DONE && s.peak == 0);
    CHECK(voice_render(voice, STR("\xff\xfe bad <bytes> [[&"), "en", 160, listen, &s) == VOICE_DONE);
    voice_close(voice);
    voice_close(NULL);
}

int main(void)
{
    RUN(sounds_as_it_should);
    RUN(faster_is_shorter);
    RUN(stops_when_told);
    RUN(says_what_it_cannot);
    return check_report();
}
