/* Speech that can be heard. A thread of its own renders sentences and owns the sound device, which is opened
 * when somebody first listens and closed when nothing was said for a while: at rest nothing wakes, and the
 * start does not pay.
 *
 *     say ──▶ [thread: espeak-ng] ──▶ samples ──▶ [SDL's sound thread] ──▶ wake when the last was played
 */
#ifndef STAGE_SPEAKER_H
#define STAGE_SPEAKER_H

#include "base/error.h"
#include "base/log.h"
#include "player/player.h"

struct speaker;

/* `wake` is called from other threads when a sentence was heard to its end, or cannot be. ERROR_MACHINE. */
struct speaker *speaker_create(
    void (*wake)(void *context), void *wake_context, const struct log *log, struct error *err);
void speaker_destroy(struct speaker *speaker);
/* As the player asks for it; lent. */
const struct player_speaker *speaker_interface(const struct speaker *speaker);
/* Is the sound device open now? */
bool speaker_open(struct speaker *speaker);

#endif
