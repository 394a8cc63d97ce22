/* Inside watch.c, slot.c and dispatch.c: what the thread and the player's side share, and who may touch what.
 */
#ifndef SCAN_WATCH_STATE_H
#define SCAN_WATCH_STATE_H

#include "decoder.h"
#include "watch.h"

#include <pthread.h>

#define WATCH_SLOTS 4
#define WATCH_RETRIES 16

/* How often decoders have ended over something: by its fault, as far as one can know, or killed from outside.
 */
struct watch_ends {
    int broken, killed;
};

/* A tile that is to be tried again. */
struct watch_retry {
    struct tile_key key;
    struct watch_ends ends;
};

/* A decoder and what it is doing. Touched by the thread alone, but for `pid`, which is under the mutex. */
struct watch_slot {
    struct decoder decoder;
    bool running, busy;
    struct tile_key key;    /* busy: the tile it works for */
    struct watch_ends ends; /* of that tile */
    struct decode_request request;
    struct tile_file file;
    unsigned edition;   /* of the page's files, when this was begun */
    struct size stored; /* what the reply's size must be; of LOAD: the page's */
    struct rect inner;  /* the part of it that is the tile */
    int64_t deadline_ms;
    bool has_image; /* a page is loaded, or being loaded */
    int page;
    uint32_t generation;
    unsigned long used; /* when it last worked for that page */
    int pid;
};

struct watch_page {
    const struct scan_pyramid *pyramid; /* NULL: no such page */
    uint32_t generation;
    unsigned edition;       /* counts how often its files may have changed */
    bool dead;              /* an image that cannot be decoded: all its tiles fail */
    struct watch_ends ends; /* of decoders that were loading it */
    bool reading;           /* the thread reads its file */
    bool has_problem;
    struct error problem;
};

struct watch_results {
    struct watch_result *items;
    size_t count, capacity;
    size_t taken; /* of count, from the front */
    size_t bytes;
};

struct watch {
    struct scan_options options;
    char *executable;
    pthread_t thread; /* none with a source of one's own */
    int wake_fd;      /* an eventfd: the thread's doorbell */
    struct watch_slot slots[WATCH_SLOTS];
    int slot_count;
    unsigned long clock; /* for slot.used */

    pthread_mutex_t mutex; /* guards all that follows, and slot.pid */
    pthread_cond_t changed;
    bool stopping;
    struct watch_page *pages;
    size_t page_count, page_capacity;
    struct tile_key *queue;
    size_t queue_count, queue_at, queue_capacity;
    struct watch_retry retries[WATCH_RETRIES]; /* before the queue */
    size_t retry_count;
    struct tile_key under_way[WATCH_SLOTS];
    bool is_under_way[WATCH_SLOTS];
    struct watch_results results;
    struct scan_statistics statistics;
};

/* ---- watch.c, all under the mutex */

/* NULL when the page is gone, or its number now means another. */
struct watch_page *watch_page(struct watch *watch, struct tile_key key);
/* Keeps a page's first problem, and logs every one. */
void watch_note(struct watch *watch, struct tile_key key, const struct error *err);
/* Adds a result and takes the pixels (NULL: failed). */
void watch_give(
    struct watch *watch, struct tile_key key, uint32_t *pixels, struct size size, struct tile_file file);

/* Enough is waiting to be taken: more would only be memory that the cache does not know of. */
bool watch_is_full(const struct watch *watch);

/* ---- slot.c, on the thread, not under the mutex */

bool slot_is_loaded(const struct watch_slot *slot, struct tile_key key);
/* Begins with slot->key, which is busy from now on until a result, a retry or the page's end. */
void slot_begin(struct watch *watch, struct watch_slot *slot);
/* Its socket is readable. */
void slot_hear(struct watch *watch, struct watch_slot *slot);
/* Its deadline has passed. */
void slot_give_up(struct watch *watch, struct watch_slot *slot);
/* True when it had been killed from outside. */
bool slot_stop(struct watch *watch, struct watch_slot *slot);

/* ---- source.c, on the player's side */

/* With a source of one's own: the next tile of the queue becomes a result, where the source has it. */
void source_serve(struct watch *watch);

/* ---- dispatch.c */

/* The thread. */
void *dispatch_run(void *context);

#endif
