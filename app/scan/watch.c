#include "watch_state.h"

#include "base/array.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

int64_t watch_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void ring(struct watch *watch)
{
    uint64_t one = 1;
    ssize_t written;
    if (watch->options.source != NULL) {
        return; /* nobody listens */
    }
    do {
        written = write(watch->wake_fd, &one, sizeof one);
    } while (written < 0 && errno == EINTR);
}

/* ---- under the mutex */

struct watch_page *watch_page(struct watch *watch, struct tile_key key)
{
    if (key.page < 0 || (size_t)key.page >= watch->page_count) {
        return NULL;
    }
    struct watch_page *page = &watch->pages[key.page];
    return page->pyramid != NULL && page->generation == key.generation ? page : NULL;
}

void watch_note(struct watch *watch, struct tile_key key, const struct error *err)
{
    char text[800];
    struct watch_page *page = watch_page(watch, key);
    if (page != NULL && !page->has_problem) {
        page->has_problem = true;
        page->problem = *err;
    }
    log_write(watch->options.log, LOG_WARNING, "%s", error_text(err, text, sizeof text));
}

/* Takes the pixels. Without memory for the list the tile is simply asked for again. */
void watch_give(
    struct watch *watch, struct tile_key key, uint32_t *pixels, struct size size, struct tile_file file)
{
    struct watch_results *list = &watch->results;
    struct watch_result result = {key, pixels, size.w, size.h, file};
    if (watch_page(watch, key) == NULL || !ARRAY_PUSH(list->items, list->count, list->capacity, result)) {
        free(pixels);
        return;
    }
    list->bytes += pixels != NULL ? (size_t)size.w * (size_t)size.h * sizeof *pixels : 0;
    if (pixels != NULL) {
        watch->statistics.decoded++;
    } else {
        watch->statistics.failed++;
    }
}

void watch_read_again(struct watch *watch, int page)
{
    pthread_mutex_lock(&watch->mutex);
    if (page >= 0 && (size_t)page < watch->page_count) {
        watch->pages[page].edition++;
    }
    pthread_mutex_unlock(&watch->mutex);
}

/* Is the tile on its way, so that it need not be queued? */
static bool is_known(const struct watch *watch, struct tile_key key)
{
    for (int i = 0; i < watch->slot_count; i++) {
        if (watch->is_under_way[i] && tile_key_equal(watch->under_way[i], key)) {
            return true;
        }
    }
    for (size_t i = 0; i < watch->retry_count; i++) {
        if (tile_key_equal(watch->retries[i].key, key)) {
            return true;
        }
    }
    for (size_t i = watch->results.taken; i < watch->results.count; i++) {
        if (tile_key_equal(watch->results.items[i].key, key)) {
            return true;
        }
    }
    return false;
}

static bool anything_under_way(const struct watch *watch)
{
    bool busy = watch->retry_count > 0 || watch->queue_at < watch->queue_count;
    for (int i = 0; i < watch->slot_count; i++) {
        busy = busy || watch->is_under_way[i];
    }
    return busy;
}

bool watch_is_full(const struct watch *watch)
{
    return watch->results.bytes > watch->options.cache_bytes / WATCH_WAITING_PART;
}

/* ---- for the player's side */

struct watch *watch_create(const struct scan_options *options, struct error *err)
{
    struct watch *watch = calloc(1, sizeof *watch);
    pthread_condattr_t attributes;
    if (watch == NULL || (watch->executable = strdup(options->decoder_path)) == NULL) {
        free(watch);
        error_memory(err);
        return NULL;
    }
    watch->options = *options;
    watch->options.decoder_path = watch->executable;
    watch->slot_count = options->decoders < WATCH_SLOTS ? options->decoders : WATCH_SLOTS;
    watch->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&watch->mutex, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&watch->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    bool alone = options->source != NULL;
    if (watch->wake_fd < 0 || (!alone && pthread_create(&watch->thread, NULL, dispatch_run, watch) != 0)) {
        error_set(err, ERROR_MACHINE, "cannot start the thread that looks after the image decoders");
        if (watch->wake_fd >= 0) {
            close(watch->wake_fd);
        }
        pthread_cond_destroy(&watch->changed);
        pthread_mutex_destroy(&watch->mutex);
        free(watch->executable);
        free(watch);
        return NULL;
    }
    return watch;
}

void watch_destroy(struct watch *watch)
{
    if (watch == NULL) {
        return;
    }
    pthread_mutex_lock(&watch->mutex);
    watch->stopping = true;
    pthread_mutex_unlock(&watch->mutex);
    ring(watch);
    if (watch->options.source == NULL) {
        pthread_join(watch->thread, NULL);
    }
    for (size_t i = watch->results.taken; i < watch->results.count; i++) {
        free(watch->results.items[i].pixels);
    }
    close(watch->wake_fd);
    pthread_cond_destroy(&watch->changed);
    pthread_mutex_destroy(&watch->mutex);
    free(watch->results.items);
    free(watch->queue);
    free(watch->pages);
    free(watch->executable);
    free(watch);
}

bool watch_set_page(struct watch *watch, int page, uint32_t generation, const struct scan_pyramid *pyramid)
{
    pthread_mutex_lock(&watch->mutex);
    bool room =
        array_reserve((void **)&watch->pages, &watch->page_capacity, (size_t)page + 1, sizeof *watch->pages);
    if (room) {
        if ((size_t)page >= watch->page_count) {
            watch->page_count = (size_t)page + 1;
        }
        watch->pages[page] = (struct watch_page){.pyramid = pyramid, .generation = generation};
    }
    pthread_mutex_unlock(&watch->mutex);
    return room;
}

void watch_clear_page(struct watch *watch, int page)
{
    pthread_mutex_lock(&watch->mutex);
    while (watch->pages[page].reading) {
        pthread_cond_wait(&watch->changed, &watch->mutex);
    }
    watch->pages[page].pyramid = NULL;
    pthread_mutex_unlock(&watch->mutex);
}

bool watch_want(struct watch *watch, const struct tile_key *keys, size_t count)
{
    pthread_mutex_lock(&watch->mutex);
    watch->queue_at = watch->queue_count = 0;
    bool room = array_reserve((void **)&watch->queue, &watch->queue_capacity, count, sizeof *watch->queue);
    for (size_t i = 0; room && i < count; i++) {
        if (!is_known(watch, keys[i])) {
            watch->queue[watch->queue_count++] = keys[i];
        }
    }
    bool work = watch->queue_count > 0;
    pthread_mutex_unlock(&watch->mutex);
    if (work) {
        ring(watch);
    }
    return room;
}

bool watch_take(struct watch *watch, struct watch_result *result)
{
    struct watch_results *list = &watch->results;
    bool ring_again = false, taken = false;
    pthread_mutex_lock(&watch->mutex);
    if (watch->options.source != NULL) {
        source_serve(watch);
    }
    if (list->taken < list->count) {
        bool full = watch_is_full(watch);
        *result = list->items[list->taken++];
        list->bytes -= result->pixels != NULL ? (size_t)result->w * (size_t)result->h * sizeof(uint32_t) : 0;
        if (list->taken == list->count) {
            list->taken = list->count = 0;
        }
        ring_again = full && !watch_is_full(watch);
        taken = true;
    }
    pthread_mutex_unlock(&watch->mutex);
    if (ring_again) {
        ring(watch);
    }
    return taken;
}

bool watch_wait(struct watch *watch, int64_t until_ms)
{
    struct timespec until = {until_ms / 1000, until_ms % 1000 * 1000000};
    pthread_mutex_lock(&watch->mutex);
    int timed_out = 0;
    if (watch->options.source != NULL) { /* it comes by being taken */
        timed_out = ETIMEDOUT;
    }
    while (watch->results.taken == watch->results.count && anything_under_way(watch) && timed_out == 0) {
        timed_out = pthread_cond_timedwait(&watch->changed, &watch->mutex, &until);
    }
    bool found = watch->results.taken < watch->results.count;
    pthread_mutex_unlock(&watch->mutex);
    return found;
}

struct scan_statistics watch_statistics(struct watch *watch)
{
    pthread_mutex_lock(&watch->mutex);
    struct scan_statistics statistics = watch->statistics;
    pthread_mutex_unlock(&watch->mutex);
    return statistics;
}

size_t watch_pids(struct watch *watch, int *pids, size_t capacity)
{
    size_t count = 0;
    pthread_mutex_lock(&watch->mutex);
    for (int i = 0; i < watch->slot_count; i++) {
        if (watch->slots[i].pid != 0) {
            if (count < capacity) {
                pids[count] = watch->slots[i].pid;
            }
            count++;
        }
    }
    pthread_mutex_unlock(&watch->mutex);
    return count;
}

bool watch_problem(struct watch *watch, int page, struct error *err)
{
    pthread_mutex_lock(&watch->mutex);
    bool has = page >= 0 && (size_t)page < watch->page_count && watch->pages[page].pyramid != NULL &&
               watch->pages[page].has_problem;
    if (has && err != NULL) {
        *err = watch->pages[page].problem;
    }
    pthread_mutex_unlock(&watch->mutex);
    return has;
}
