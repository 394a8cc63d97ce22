/* The thread: hands tiles to decoders, sleeps, listens. */
#include "watch_state.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

/* Does the image that the slot keeps still have tiles to be cut? */
static bool image_is_queued(const struct watch *watch, const struct watch_slot *slot)
{
    for (size_t i = watch->queue_at; i < watch->queue_count; i++) {
        if (slot_is_loaded(slot, watch->queue[i])) {
            return true;
        }
    }
    return false;
}

enum { COST_NEVER = 9 };

/* How little it costs to give an idle slot a tile that it is not already the one for; lower is better. */
static int cost_of(const struct watch *watch, const struct watch_slot *slot, bool for_image)
{
    if (!for_image) {
        return !slot->running ? 2 : slot->has_image ? 1 : 0;
    }
    if (slot->running && slot->has_image) {
        /* An image that still has tiles to cut is not thrown away, or two pages would drive each other out.
         */
        return image_is_queued(watch, slot) ? COST_NEVER : 2;
    }
    return slot->running ? 0 : 1;
}

/* The idle slot that should do it; NULL when none may now. The tiles of one image are all cut by the slot
 * that keeps it. */
static struct watch_slot *slot_for(struct watch *watch, struct tile_key key, bool for_image)
{
    struct watch_slot *best = NULL;
    int best_cost = COST_NEVER;
    for (int i = 0; i < watch->slot_count; i++) {
        struct watch_slot *slot = &watch->slots[i];
        if (for_image && slot_is_loaded(slot, key)) {
            return slot->busy ? NULL : slot;
        }
        if (slot->busy) {
            continue;
        }
        int cost = cost_of(watch, slot, for_image);
        if (cost < best_cost || (best != NULL && cost == best_cost && slot->used < best->used)) {
            best = slot;
            best_cost = cost;
        }
    }
    return best;
}

/* Takes the next tile that an idle slot can work at. Tiles of pages that are gone or dead are settled on the
 * way. */
static bool next_job(struct watch *watch, struct watch_slot **slot, struct watch_retry *job)
{
    size_t i = 0;
    while (i < watch->retry_count + (watch->queue_count - watch->queue_at)) {
        bool from_retries = i < watch->retry_count;
        size_t at = from_retries ? i : watch->queue_at + i - watch->retry_count;
        *job = from_retries ? watch->retries[at] : (struct watch_retry){watch->queue[at], {0, 0}};
        struct watch_page *page = watch_page(watch, job->key);
        struct watch_slot *found = NULL;
        if (page != NULL && !page->dead) {
            found = slot_for(watch, job->key, page->pyramid->format == SCAN_IMAGE);
            if (found == NULL) {
                i++;
                continue;
            }
        }
        if (from_retries) {
            watch->retry_count--;
            memmove(&watch->retries[at], &watch->retries[at + 1],
                (watch->retry_count - at) * sizeof watch->retries[0]);
        } else {
            /* Those before it wait for a busy slot; they keep their order. */
            size_t first = watch->queue_at++;
            memmove(&watch->queue[first + 1], &watch->queue[first], (at - first) * sizeof watch->queue[0]);
        }
        if (found != NULL) {
            *slot = found;
            return true;
        }
        watch_give(watch, job->key, NULL, (struct size){0, 0}, (struct tile_file){0});
        i = 0;
    }
    return false;
}

static void hand_out(struct watch *watch)
{
    struct watch_slot *slot;
    struct watch_retry job;
    pthread_mutex_lock(&watch->mutex);
    while (!watch->stopping && !watch_is_full(watch) && next_job(watch, &slot, &job)) {
        int i = (int)(slot - watch->slots);
        slot->key = job.key;
        slot->ends = job.ends;
        slot->busy = true;
        watch->under_way[i] = job.key;
        watch->is_under_way[i] = true;
        pthread_mutex_unlock(&watch->mutex);
        slot_begin(watch, slot);
        pthread_mutex_lock(&watch->mutex);
    }
    pthread_mutex_unlock(&watch->mutex);
}

/* Milliseconds until the first deadline; -1: none, sleep until something happens. */
static int patience(const struct watch *watch)
{
    int64_t first = -1, now = watch_clock_ms();
    for (int i = 0; i < watch->slot_count; i++) {
        const struct watch_slot *slot = &watch->slots[i];
        if (slot->busy && (first < 0 || slot->deadline_ms < first)) {
            first = slot->deadline_ms;
        }
    }
    return first < 0 ? -1 : first <= now ? 0 : first - now > 60000 ? 60000 : (int)(first - now);
}

static void give_up_on_the_late(struct watch *watch)
{
    int64_t now = watch_clock_ms();
    for (int i = 0; i < watch->slot_count; i++) {
        if (watch->slots[i].busy && now >= watch->slots[i].deadline_ms) {
            slot_give_up(watch, &watch->slots[i]);
        }
    }
}

/* Waits for the doorbell, the decoders and the clock. */
static void sleep_and_hear(struct watch *watch)
{
    struct pollfd fds[WATCH_SLOTS + 1] = {{.fd = watch->wake_fd, .events = POLLIN}};
    for (int i = 0; i < watch->slot_count; i++) {
        fds[i + 1] = (struct pollfd){
            .fd = watch->slots[i].running ? watch->slots[i].decoder.socket : -1, .events = POLLIN};
    }
    if (poll(fds, (nfds_t)watch->slot_count + 1, patience(watch)) > 0) {
        uint64_t rings;
        if (fds[0].revents != 0) {
            (void)!read(watch->wake_fd, &rings, sizeof rings);
        }
        for (int i = 0; i < watch->slot_count; i++) {
            if (fds[i + 1].revents != 0) {
                slot_hear(watch, &watch->slots[i]);
            }
        }
    }
    give_up_on_the_late(watch);
}

/* Says that something arrived, to who waits in watch_wait() and to the player's loop. */
static void announce(struct watch *watch, size_t *announced)
{
    pthread_mutex_lock(&watch->mutex);
    size_t count = (size_t)(watch->statistics.decoded + watch->statistics.failed);
    pthread_cond_broadcast(&watch->changed);
    pthread_mutex_unlock(&watch->mutex);
    if (count != *announced) {
        *announced = count;
        if (watch->options.wake != NULL) {
            watch->options.wake(watch->options.wake_context);
        }
    }
}

void *dispatch_run(void *context)
{
    struct watch *watch = context;
    size_t announced = 0;
    bool stopping = false;
    while (!stopping) {
        hand_out(watch);
        announce(watch, &announced);
        sleep_and_hear(watch);
        pthread_mutex_lock(&watch->mutex);
        stopping = watch->stopping;
        pthread_mutex_unlock(&watch->mutex);
    }
    for (int i = 0; i < watch->slot_count; i++) {
        slot_stop(watch, &watch->slots[i]);
    }
    return NULL;
}
