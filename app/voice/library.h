/* espeak-ng, loaded by name: the calls that are needed of it. */
#ifndef VOICE_LIBRARY_H
#define VOICE_LIBRARY_H

#include "base/log.h"

#include <espeak-ng/speak_lib.h>
#include <stdbool.h>

struct library {
    void *handle;
    int (*initialize)(espeak_AUDIO_OUTPUT output, int buffer_ms, const char *path, int options);
    void (*set_synth_callback)(t_espeak_callback *callback);
    espeak_ERROR (*set_voice_by_name)(const char *name);
    espeak_ERROR (*set_parameter)(espeak_PARAMETER parameter, int value, int relative);
    espeak_ERROR (*synth)(const void *text, size_t size, unsigned position, espeak_POSITION_TYPE type,
        unsigned end, unsigned flags, unsigned *identifier, void *user_data);
    int (*get_sample_rate)(void); /* 0 until it was initialised */
};

/* False where it is not installed; the log says what is missing. */
bool library_open(struct library *library, const struct log *log);
/* Accepts zeroed memory. */
void library_close(struct library *library);

#endif
