/* The thread that makes the index, and what is asked of it when it is there. */
#include "find.h"
#include "suggest.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct search {
    pthread_t thread;
    pthread_mutex_t lock; /* of `index`, `stop` and `over` */
    pthread_cond_t done;
    bool started, stop, over;
    struct index *index; /* NULL until it is made; never changes afterwards */
    char *path;
    void (*wake)(void *context);
    void *context;
    struct finder finder; /* of whoever asks */
    struct folded scratch;
};

static bool told_to_stop(void *context)
{
    struct search *search = context;
    pthread_mutex_lock(&search->lock);
    bool stop = search->stop;
    pthread_mutex_unlock(&search->lock);
    return stop;
}

static void *make(void *context)
{
    struct search *search = context;
    struct index *index = index_create();
    if (index != NULL && (!gather(index, search->path, told_to_stop, search) || !words_collect(index))) {
        /* What was gathered before memory ran out can be searched. */
        index->incomplete = true;
    }
    pthread_mutex_lock(&search->lock);
    search->index = index;
    search->over = true;
    bool wake = !search->stop && search->wake != NULL;
    pthread_cond_broadcast(&search->done);
    pthread_mutex_unlock(&search->lock);
    if (wake) {
        search->wake(search->context);
    }
    return NULL;
}

static bool start_waiting(struct search *search)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0) {
        return false;
    }
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    bool ok = pthread_cond_init(&search->done, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return ok;
}

struct search *search_create(const char *path, void (*wake)(void *context), void *context)
{
    struct search *search = calloc(1, sizeof *search);
    if (search == NULL || !start_waiting(search)) {
        free(search);
        return NULL;
    }
    pthread_mutex_init(&search->lock, NULL);
    search->path = strdup(path);
    search->wake = wake;
    search->context = context;
    search->started = search->path != NULL && pthread_create(&search->thread, NULL, make, search) == 0;
    if (!search->started) {
        search_destroy(search);
        return NULL;
    }
    return search;
}

void search_destroy(struct search *search)
{
    if (search == NULL) {
        return;
    }
    if (search->started) {
        pthread_mutex_lock(&search->lock);
        search->stop = true;
        pthread_mutex_unlock(&search->lock);
        pthread_join(search->thread, NULL);
    }
    pthread_cond_destroy(&search->done);
    pthread_mutex_destroy(&search->lock);
    index_destroy(search->index);
    finder_finish(&search->finder);
    folded_finish(&search->scratch);
    free(search->path);
    free(search);
}

bool search_ready(struct search *search)
{
    if (search == NULL) {
        return false;
    }
    pthread_mutex_lock(&search->lock);
    bool over = search->over;
    pthread_mutex_unlock(&search->lock);
    return over;
}

bool search_wait(struct search *search, int64_t timeout_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)(timeout_ms / 1000);
    until.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    if (search == NULL) {
        return false;
    }
    pthread_mutex_lock(&search->lock);
    int result = 0;
    while (!search->over && result != ETIMEDOUT) {
        result = pthread_cond_timedwait(&search->done, &search->lock, &until);
    }
    bool over = search->over;
    pthread_mutex_unlock(&search->lock);
    return over;
}

static const struct index *index_of(struct search *search)
{
    return search_ready(search) ? search->index : NULL;
}

size_t search_bytes(struct search *search)
{
    const struct index *index = index_of(search);
    return index != NULL ? index_bytes(index) : 0;
}

size_t search_text_bytes(struct search *search)
{
    const struct index *index = index_of(search);
    return index != NULL ? index->text_bytes : 0;
}

bool search_find(
    struct search *search, struct str query, const char *language, struct search_results *results)
{
    const struct index *index = index_of(search);
    if (index == NULL) {
        search_results_finish(results);
        return true;
    }
    return find(index, &search->finder, query, language, results);
}

void search_results_finish(struct search_results *results)
{
    arena_finish(&results->arena);
    *results = (struct search_results){.hits = NULL};
}

size_t search_suggest(
    struct search *search, struct str query, const char *language, struct search_word *out, size_t capacity)
{
    const struct index *index = index_of(search);
    return index != NULL ? suggest(index, &search->scratch, query, language, out, capacity) : 0;
}

struct str search_folded(struct str text, struct arena *arena)
{
    struct fold *fold = fold_create();
    struct folded folded = {.bytes = NULL};
    struct str result = STR("");
    if (fold != NULL && fold_text(fold, text, false, &folded) && folded.length > 0) {
        result = arena_copy(arena, (struct str){folded.bytes, folded.length});
    }
    folded_finish(&folded);
    fold_destroy(fold);
    return result;
}
