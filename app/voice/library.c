#include "library.h"

#include "base/array.h"

#include <dlfcn.h>
#include <string.h>

#define FILE_NAME "libespeak-ng.so.1"

bool library_open(struct library *library, const struct log *log)
{
    const struct {
        const char *name;
        void *to; /* a pointer to a function */
    } calls[] = {
        {"espeak_Initialize", &library->initialize},
        {"espeak_SetSynthCallback", &library->set_synth_callback},
        {"espeak_SetVoiceByName", &library->set_voice_by_name},
        {"espeak_SetParameter", &library->set_parameter},
        {"espeak_Synth", &library->synth},
        {"espeak_ng_GetSampleRate", &library->get_sample_rate},
    };
    memset(library, 0, sizeof *library);
    library->handle = dlopen(FILE_NAME, RTLD_NOW | RTLD_LOCAL);
    bool found = library->handle != NULL;
    for (size_t i = 0; found && i < ARRAY_LENGTH(calls); i++) {
        void *call = dlsym(library->handle, calls[i].name);
        memcpy(calls[i].to, &call, sizeof call); /* ISO C knows no cast from an object to a function */
        found = call != NULL;
    }
    if (!found) {
        log_write(log, LOG_WARNING,
            "nothing can be spoken: %s is not installed (package libespeak-ng1); captions are shown instead",
            FILE_NAME);
        library_close(library);
    }
    return found;
}

/* It stays in memory, and initialised, until the process ends: its termination waits for ever the second time
 * (1.51), and what it brought along does not expect to be taken out again. */
void library_close(struct library *library)
{
    memset(library, 0, sizeof *library);
}
