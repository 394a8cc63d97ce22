/* From a sentence to samples: each stretch of one script in the voice of its language, by espeak-ng, offline.
 *
 *     text ──voice_sentence──▶ sentences ──voice_run──▶ stretches of one language
 *          ──voice_words──▶ what can be said ──espeak-ng──▶ samples, one channel, 16 bits
 */
#ifndef VOICE_VOICE_H
#define VOICE_VOICE_H

#include "base/log.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A stretch of bytes of a text. */
struct voice_range {
    size_t from, to;
};

/* The next sentence (UAX #29) at or after byte `from`, without spaces around it; a long one ends at a comma
 * or a space, so that none is longer than about 160 letters or 80 ideographs. The bytes that were passed over
 * hold nothing but spaces. False when there is none. It looks at a few hundred bytes only, however long the
 * text is. */
bool voice_sentence(struct str text, const char *language, size_t from, struct voice_range *out);

/* The stretch from byte `from` on that is in one language: `language` (BCP 47) where its script is written
 * so, else the language that is usual for the script. Digits and punctuation go with what stands before them.
 * False at the end. */
struct voice_run {
    struct voice_range range;
    const char *language; /* `language`, or a constant */
};
bool voice_run(struct str text, const char *language, size_t from, struct voice_run *out);

/* What can be said of a stretch, into `out` (capacity bytes, zero-terminated): without brackets, arrows,
 * rules and invisible characters; dots between words are pauses. Returns its length; 0 when there is nothing
 * to say. */
size_t voice_words(struct str text, char *out, size_t capacity);

/* espeak-ng's name for the voice of a language: "cmn" for zh-Hans; the tag in small letters, else its first
 * part. Writes at most two candidates, the better one first; returns how many. */
enum { VOICE_NAME_MAX = 36 };
size_t voice_names(const char *language, char names[2][VOICE_NAME_MAX]);

struct voice;

/* Loads the library and its data: some 25 ms. NULL where they are not installed; the log says which. There
 * can be only one at a time in a process, used by one thread at a time. */
struct voice *voice_open(const struct log *log);
void voice_close(struct voice *voice);
/* Samples a second. */
int voice_rate(const struct voice *voice);

enum voice_result {
    VOICE_DONE,
    VOICE_STOPPED, /* the sink had enough */
    VOICE_MISSING  /* there is no voice for the language, or the library failed */
};
/* Takes samples as they come; false: enough. */
typedef bool voice_sink(void *context, const int16_t *samples, size_t count);
/* Speaks one sentence, with a moment of silence before and after it. A stretch in a language without a voice
 * is left to the voice of `language`. The peak stays below full scale. */
enum voice_result voice_render(struct voice *voice, struct str text, const char *language,
    int words_per_minute, voice_sink *sink, void *context);

#endif
