/* From a text to what is given to a voice: sentences, stretches of one language, words. */
#include "voice/voice.h"

#include "base/array.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void sentences_of(const char *text, const char *language, char *out, size_t size)
{
    struct voice_range range = {0, 0};
    struct str s = str_from(text);
    size_t used = 0;
    out[0] = '\0';
    while (voice_sentence(s, language, range.to, &range)) {
        used += (size_t)snprintf(out + used, size - used, "%s%.*s", used > 0 ? "|" : "",
            (int)(range.to - range.from), text + range.from);
    }
}

static void parts_sentences(void)
{
    static const struct {
        const char *language, *text, *want;
    } rows[] = {
        {"en", "", ""},
        {"en", "  \n ", ""},
        {"en", "One. Two!  Three?", "One.|Two!|Three?"},
        {"en", "Pseudonym I.V. Stalin. [Ed. note: In the photocopy.]",
            "Pseudonym I.V. Stalin.|[Ed. note: In the photocopy.]"},
        {"en", "Roshchin to Cde. Filippov [Stalin]", "Roshchin to Cde. Filippov [Stalin]"},
        {"en", "It cost 1.5 roubles. He paid.", "It cost 1.5 roubles.|He paid."},
        {"en", "3. The Korean comrades will stay. Why?", "3. The Korean comrades will stay.|Why?"},
        {"ru", "Это шифр. Псевдоним И.В. Сталина.", "Это шифр.|Псевдоним И.В. Сталина."},
        {"zh-Hans", "今天是五月十三日。周恩来来访！为什么？", "今天是五月十三日。|周恩来来访！|为什么？"},
        {"ko", "전보를 보냈다. 답을 기다렸다.", "전보를 보냈다.|답을 기다렸다."},
        {"el", "Ήρθε. Έφυγε.", "Ήρθε.|Έφυγε."},
        {"hi", "वह आया। वह गया।", "वह आया।|वह गया।"},
        {"th", "วันที่ 10 ธันวาคม ค.ศ. 1948 ที่กรุงปารีส", "วันที่ 10 ธันวาคม ค.ศ. 1948 ที่กรุงปารีส"},
        {"en", "He wrote to U.N.officials. They came.", "He wrote to U.N.officials.|They came."},
        {"en", "bad \xff bytes. More", "bad \xff bytes.|More"},
        {"xx-nonsense", "One. Two.", "One.|Two."},
        {NULL, "One. Two.", "One.|Two."},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        char got[600];
        sentences_of(rows[i].text, rows[i].language, got, sizeof got);
        CHECK_TEXT(got, rows[i].want);
    }
}

/* However long a text is, a sentence is short, nothing is lost, and it takes no longer than a short one. */
static void long_texts(void)
{
    const size_t size = 1 << 20;
    char *text = malloc(size + 1);
    CHECK(text != NULL);
    for (size_t i = 0; text != NULL && i < size; i++) {
        text[i] = "Zhou Enlai paid a visit to me and let me know the following, "[i % 61];
    }
    struct voice_range range = {0, 0};
    struct str s = {text, size};
    size_t count = 0, letters = 0, longest = 0;
    while (text != NULL && count < 300 && voice_sentence(s, "en", range.to, &range)) {
        for (size_t i = range.from; i < range.to; i++) {
            letters += text[i] != ' ';
        }
        longest = range.to - range.from > longest ? range.to - range.from : longest;
        count++;
    }
    size_t want = 0;
    for (size_t i = 0; text != NULL && i < range.to; i++) {
        want += text[i] != ' ';
    }
    CHECK(count == 300 && longest <= 161 && letters == want);
    memset(text, 'a', size); /* one word, and ideographs without an end */
    CHECK(voice_sentence(s, "en", size / 2, &range) && range.to - range.from == 160);
    for (size_t i = 0; i + 3 <= size; i += 3) {
        memcpy(text + i, "电", 3);
    }
    CHECK(voice_sentence(s, "zh-Hans", 300, &range) && range.to - range.from == 240);
    free(text);
}

static void runs_of(const char *text, const char *language, char *out, size_t size)
{
    struct voice_run run = {{0, 0}, NULL};
    struct str s = str_from(text);
    size_t used = 0;
    out[0] = '\0';
    while (voice_run(s, language, run.range.to, &run)) {
        used += (size_t)snprintf(out + used, size - used, "%s%s:%.*s", used > 0 ? "|" : "", run.language,
            (int)(run.range.to - run.range.from), text + run.range.from);
    }
}

static void parts_languages(void)
{
    static const struct {
        const char *language, *text, *want;
    } rows[] = {
        {"en", "Joseph Stalin", "en:Joseph Stalin"},
        {"en", "Сталин · 斯大林 · 스탈린", "ru:Сталин · |zh-Hans:斯大林 · |ko:스탈린"},
        {"ko", "1950년 5월, Filippov", "ko:1950년 5월, |en:Filippov"},
        {"ja", "電報です", "ja:電報です"},
        {"zh-Hant", "電報 ABC", "zh-Hant:電報 |en:ABC"},
        {"ru", "«КНДР» 1950", "ru:«КНДР» 1950"},
        {"fr", "été à Πεκίνο", "fr:été à |el:Πεκίνο"},
        {"en", "", ""},
        {NULL, "a", "en:a"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        char got[300];
        runs_of(rows[i].text, rows[i].language, got, sizeof got);
        CHECK_TEXT(got, rows[i].want);
    }
}

static void leaves_out_what_is_for_the_eye(void)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"Filippov [Stalin].x/", "Filippov Stalin .x/"},
        {"Translation · English", "Translation, English"},
        {"Read the document →", "Read the document"},
        {"——————", ""},
        {"· ", ""},
        {"罗申 / 羅申", "罗申, 羅申"},
        {"tele\xC2\xADgram", "telegram"},
        {"13/5-50", "13/5-50"},
        {"  a\n\tb  ", "a b"},
        {"<b>&", "b &"},
        {"50 %", "50 %"},
        {"", ""},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        char got[200];
        CHECK(voice_words(str_from(rows[i].text), got, sizeof got) == strlen(got));
        CHECK_TEXT(got, rows[i].want);
    }
    char small[6];
    CHECK(voice_words(STR("abcdefgh"), small, sizeof small) == 5);
    CHECK_TEXT(small, "abcde");
}

static void names_voices(void)
{
    static const struct {
        const char *language, *first, *second;
    } rows[] = {
        {"en", "en", NULL},
        {"en-US", "en-us", "en"},
        {"ko", "ko", NULL},
        {"zh-Hans", "cmn", NULL},
        {"zh-Hant-TW", "cmn", NULL},
        {"zh-Hant-HK", "yue", NULL},
        {"pt-BR", "pt-br", "pt"},
        {"iw", "he", NULL},
        {"", "en", NULL},
        {NULL, "en", NULL},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        char names[2][VOICE_NAME_MAX];
        size_t count = voice_names(rows[i].language, names);
        CHECK(count == (rows[i].second != NULL ? 2u : 1u));
        CHECK_TEXT(names[0], rows[i].first);
        CHECK(count < 2 || strcmp(names[1], rows[i].second) == 0);
    }
}

int main(void)
{
    RUN(parts_sentences);
    RUN(long_texts);
    RUN(parts_languages);
    RUN(leaves_out_what_is_for_the_eye);
    RUN(names_voices);
    return check_report();
}
