/* One decoder and its tile, from the file to the pixels. */
#include "watch_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A whole image takes longer than a tile. */
#define LOAD_TIMEOUTS 6
/* So often may decoders break down over one thing, and so often be killed from outside (by a system short of
 * memory, say). */
#define BREAKS_AT_MOST 2
#define KILLS_AT_MOST 8

static int index_of(const struct watch *watch, const struct watch_slot *slot)
{
    return (int)(slot - watch->slots);
}

bool slot_is_loaded(const struct watch_slot *slot, struct tile_key key)
{
    return slot->running && slot->has_image && slot->page == key.page && slot->generation == key.generation;
}

static void settle(struct watch *watch, struct watch_slot *slot)
{
    slot->busy = false;
    watch->is_under_way[index_of(watch, slot)] = false;
}

/* Under the mutex. The page's files have changed since the tile was begun: true when it will be read once
 * more. */
static bool begins_again(struct watch *watch, struct watch_slot *slot)
{
    const struct watch_page *page = watch_page(watch, slot->key);
    if (page == NULL || page->edition == slot->edition || watch->retry_count >= WATCH_RETRIES) {
        return false;
    }
    watch->retries[watch->retry_count++] = (struct watch_retry){.key = slot->key};
    settle(watch, slot);
    return true;
}

/* The tile has failed; of an image, all its tiles have, when `whole` says so. */
static void fail(struct watch *watch, struct watch_slot *slot, bool whole, const struct error *err)
{
    pthread_mutex_lock(&watch->mutex);
    struct watch_page *page = watch_page(watch, slot->key);
    if (page != NULL && whole) {
        page->dead = true;
    }
    if (!begins_again(watch, slot)) {
        watch_note(watch, slot->key, err);
        watch_give(watch, slot->key, NULL, (struct size){0, 0}, slot->file);
        settle(watch, slot);
    }
    pthread_mutex_unlock(&watch->mutex);
}

bool slot_stop(struct watch *watch, struct watch_slot *slot)
{
    pthread_mutex_lock(&watch->mutex);
    slot->pid = 0;
    pthread_mutex_unlock(&watch->mutex);
    slot->running = slot->has_image = false;
    return decoder_stop(&slot->decoder);
}

/* Names the tile's file in a message about its decoder. */
static void name_file(struct watch *watch, struct tile_key key, struct error *err, const char *what)
{
    pthread_mutex_lock(&watch->mutex);
    struct watch_page *page = watch_page(watch, key);
    const char *path = page != NULL ? page->pyramid->path : "";
    if (page != NULL && page->pyramid->format != SCAN_IMAGE) {
        error_set_at(err, ERROR_INPUT, path, 0, 0, "tile %d, %d of level %d of %d: %s", key.x, key.y,
            key.level + 1, page->pyramid->level_count, what);
    } else {
        error_set_at(err, ERROR_INPUT, path, 0, 0, "%s", what);
    }
    pthread_mutex_unlock(&watch->mutex);
}

/* Counts an end; true when the thing may be tried again. */
static bool count_end(struct watch_ends *ends, bool killed)
{
    int *count = killed ? &ends->killed : &ends->broken;
    ++*count;
    return ends->broken < BREAKS_AT_MOST && ends->killed < KILLS_AT_MOST;
}

/* The decoder is gone or not to be trusted: it is replaced, and its tile tried again or given up. */
static void lose(struct watch *watch, struct watch_slot *slot, const char *why, bool may_retry)
{
    struct error err;
    bool again = false, loading = slot->request.op == DECODE_LOAD;
    bool killed = slot_stop(watch, slot);
    if (!slot->busy) {
        return; /* it retired between two requests, or was killed: nothing is lost */
    }
    name_file(watch, slot->key, &err, why);
    pthread_mutex_lock(&watch->mutex);
    watch->statistics.restarts++;
    struct watch_page *page = watch_page(watch, slot->key);
    if (may_retry && page != NULL && watch->retry_count < WATCH_RETRIES) {
        again = count_end(loading ? &page->ends : &slot->ends, killed);
    }
    if (again) {
        watch->retries[watch->retry_count++] = (struct watch_retry){slot->key, slot->ends};
        settle(watch, slot);
    }
    pthread_mutex_unlock(&watch->mutex);
    if (!again) {
        fail(watch, slot, loading, &err);
    }
}

static bool start_slot(struct watch *watch, struct watch_slot *slot, struct error *err)
{
    if (slot->running) {
        return true;
    }
    if (!decoder_start(&slot->decoder, watch->executable, err)) {
        return false;
    }
    slot->running = true;
    slot->has_image = false;
    pthread_mutex_lock(&watch->mutex);
    slot->pid = (int)slot->decoder.pid;
    pthread_mutex_unlock(&watch->mutex);
    return true;
}

static bool ask(struct watch *watch, struct watch_slot *slot, struct decode_request request)
{
    int64_t patience = watch->options.timeout_ms * (request.op == DECODE_LOAD ? LOAD_TIMEOUTS : 1);
    slot->request = request;
    slot->deadline_ms = watch_clock_ms() + patience;
    if (!decoder_ask(&slot->decoder, &slot->request)) {
        lose(watch, slot, "the image decoder ended", true);
        return false;
    }
    return true;
}

static void ask_cut(struct watch *watch, struct watch_slot *slot, const struct scan_pyramid *pyramid)
{
    struct rect r = pyramid_tile_rect(pyramid, slot->key.level, slot->key.x, slot->key.y);
    slot->stored = (struct size){r.w, r.h};
    slot->inner = (struct rect){0, 0, r.w, r.h};
    ask(watch, slot,
        (struct decode_request){.op = DECODE_CUT,
            .level = (uint32_t)pyramid->levels[slot->key.level].number,
            .x = (uint32_t)r.x,
            .y = (uint32_t)r.y,
            .w = (uint32_t)r.w,
            .h = (uint32_t)r.h});
}

/* Opens and reads the file that the tile, or the image, is in. */
static bool read_file(
    struct watch_slot *slot, const struct scan_pyramid *pyramid, size_t *length, struct error *err)
{
    int fd;
    slot->file = (struct tile_file){0};
    if (pyramid->format == SCAN_IMAGE) {
        slot->stored = pyramid->size;
        fd = pyramid_open_image(pyramid, err);
    } else {
        fd = pyramid_open_tile(
            pyramid, slot->key.level, slot->key.x, slot->key.y, &slot->stored, &slot->inner, err);
    }
    if (fd < 0) {
        return false;
    }
    struct error why;
    slot->file = tile_file_of(fd);
    bool read = decoder_fill(&slot->decoder, fd, length, &why);
    if (!read) {
        error_set_at(err, ERROR_INPUT, pyramid->path, 0, 0, "%s", why.message);
    }
    close(fd);
    return read;
}

/* Begins with the tile; the page was there a moment ago. Every way out settles the slot or leaves it waiting
 * for a reply. */
void slot_begin(struct watch *watch, struct watch_slot *slot)
{
    struct error err = {0};
    size_t length = 0;
    pthread_mutex_lock(&watch->mutex);
    struct watch_page *page = watch_page(watch, slot->key);
    const struct scan_pyramid *pyramid = page == NULL ? NULL : page->pyramid;
    if (page == NULL) {
        settle(watch, slot);
    } else {
        page->reading = true;
        slot->edition = page->edition;
    }
    pthread_mutex_unlock(&watch->mutex);
    if (pyramid == NULL) {
        return;
    }
    slot->request.op = 0;
    if (!start_slot(watch, slot, &err)) {
        fail(watch, slot, false, &err);
    } else if (slot_is_loaded(slot, slot->key)) {
        ask_cut(watch, slot, pyramid);
    } else if (!read_file(slot, pyramid, &length, &err)) {
        fail(watch, slot, pyramid->format == SCAN_IMAGE, &err);
    } else if (pyramid->format == SCAN_IMAGE) {
        slot->has_image = true;
        slot->page = slot->key.page;
        slot->generation = slot->key.generation;
        ask(watch, slot,
            (struct decode_request){.op = DECODE_LOAD,
                .length = length,
                .limit_pixels = SCAN_IMAGE_LIMIT_PIXELS,
                .levels = (uint32_t)pyramid->level_count});
    } else {
        ask(watch, slot,
            (struct decode_request){.op = DECODE_TILE,
                .length = length,
                .limit_pixels = (uint64_t)slot->stored.w * (uint64_t)slot->stored.h});
    }
    slot->used = ++watch->clock;
    pthread_mutex_lock(&watch->mutex);
    page = &watch->pages[slot->key.page]; /* the array may have moved; the page waits for us */
    page->reading = false;
    pthread_cond_broadcast(&watch->changed);
    pthread_mutex_unlock(&watch->mutex);
}

static uint32_t *copy_inner(const struct watch_slot *slot)
{
    struct rect in = slot->inner;
    uint32_t *pixels = malloc((size_t)in.w * (size_t)in.h * sizeof *pixels);
    for (int y = 0; pixels != NULL && y < in.h; y++) {
        const uint32_t *from = slot->decoder.pixels + (size_t)(in.y + y) * (size_t)slot->stored.w + in.x;
        memcpy(pixels + (size_t)y * (size_t)in.w, from, (size_t)in.w * sizeof *pixels);
    }
    return pixels;
}

static void finish_tile(struct watch *watch, struct watch_slot *slot)
{
    uint32_t *pixels = copy_inner(slot);
    struct error err;
    if (pixels == NULL) {
        error_memory(&err);
        fail(watch, slot, false, &err);
        return;
    }
    pthread_mutex_lock(&watch->mutex);
    if (begins_again(watch, slot)) {
        free(pixels);
        pthread_mutex_unlock(&watch->mutex);
        return;
    }
    watch_give(watch, slot->key, pixels, (struct size){slot->inner.w, slot->inner.h}, slot->file);
    settle(watch, slot);
    pthread_mutex_unlock(&watch->mutex);
}

/* A sound reply has come. */
static void take_reply(struct watch *watch, struct watch_slot *slot, const struct decode_reply *reply)
{
    struct error err;
    char what[160];
    bool loading = slot->request.op == DECODE_LOAD;
    decoder_drain(&slot->decoder);
    if (reply->status != DECODE_DONE) {
        slot->has_image = slot->has_image && !loading;
        name_file(watch, slot->key, &err, reply->reason);
        fail(watch, slot, loading, &err);
        return;
    }
    if (reply->w != (uint32_t)slot->stored.w || reply->h != (uint32_t)slot->stored.h) {
        snprintf(what, sizeof what, "%u x %u pixels where %d x %d should be", reply->w, reply->h,
            slot->stored.w, slot->stored.h);
        slot->has_image = slot->has_image && !loading;
        name_file(watch, slot->key, &err, what);
        fail(watch, slot, loading, &err);
        return;
    }
    if (!loading) {
        finish_tile(watch, slot);
        return;
    }
    pthread_mutex_lock(&watch->mutex);
    struct watch_page *page = watch_page(watch, slot->key);
    if (page != NULL) {
        page->ends =
            (struct watch_ends){0, 0}; /* it can be decoded: a death from now on has another reason */
    }
    pthread_mutex_unlock(&watch->mutex);
    slot_begin(watch, slot); /* it is loaded now: cut */
}

void slot_hear(struct watch *watch, struct watch_slot *slot)
{
    struct decode_reply reply;
    if (!slot->busy) {
        slot_stop(watch, slot); /* nothing was asked: this is its end, or nonsense */
        return;
    }
    switch (decoder_hear(&slot->decoder, &slot->request, &reply)) {
    case DECODER_ANSWERED:
        take_reply(watch, slot, &reply);
        break;
    case DECODER_DEAD:
        lose(watch, slot, "the image decoder broke down over it", true);
        break;
    case DECODER_LIES:
        lose(watch, slot, "the image decoder gave a reply that cannot be right", false);
        break;
    case DECODER_SILENT:
        break;
    }
}

void slot_give_up(struct watch *watch, struct watch_slot *slot)
{
    lose(watch, slot, "the image decoder took too long over it", false);
}
