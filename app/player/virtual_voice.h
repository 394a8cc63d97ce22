/* What the headless twin speaks with: real samples that nobody hears, and a virtual clock that goes by their
 * length. */
#ifndef PLAYER_VIRTUAL_VOICE_H
#define PLAYER_VIRTUAL_VOICE_H

#include "base/log.h"
#include "player/player.h"

struct virtual_voice {
    struct player_speaker speaker; /* its context is this struct */
    const struct log *log;
    struct voice *voice; /* opened when first needed */
    bool tried, failed;
    int64_t until_ms;
};
/* Must stay where it is while the speaker is used. */
void virtual_voice_init(struct virtual_voice *voice, const struct log *log);
void virtual_voice_finish(struct virtual_voice *voice);

#endif
