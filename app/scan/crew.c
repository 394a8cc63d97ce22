#include "crew.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct crew {
    pthread_t thread;
    pthread_mutex_t mutex; /* guards all that follows */
    pthread_cond_t wanted; /* there is work, or an end */
    pthread_cond_t done;   /* the helper has put its piece down */
    crew_work *work;       /* NULL: none */
    void *context;
    int next, count;
    bool helping; /* the helper has a piece in hand */
    bool stopping;
};

static void *help(void *context)
{
    struct crew *crew = context;
    pthread_mutex_lock(&crew->mutex);
    while (!crew->stopping) {
        if (crew->work == NULL || crew->next >= crew->count) {
            pthread_cond_wait(&crew->wanted, &crew->mutex);
            continue;
        }
        int piece = crew->next++;
        crew->helping = true;
        pthread_mutex_unlock(&crew->mutex);
        crew->work(crew->context, 1, piece); /* both stand still as long as a piece is in hand */
        pthread_mutex_lock(&crew->mutex);
        crew->helping = false;
        pthread_cond_signal(&crew->done);
    }
    pthread_mutex_unlock(&crew->mutex);
    return NULL;
}

struct crew *crew_create(void)
{
    struct crew *crew = calloc(1, sizeof *crew);
    if (crew == NULL) {
        return NULL;
    }
    pthread_mutex_init(&crew->mutex, NULL);
    pthread_cond_init(&crew->wanted, NULL);
    pthread_cond_init(&crew->done, NULL);
    if (pthread_create(&crew->thread, NULL, help, crew) != 0) {
        pthread_cond_destroy(&crew->done);
        pthread_cond_destroy(&crew->wanted);
        pthread_mutex_destroy(&crew->mutex);
        free(crew);
        return NULL;
    }
    return crew;
}

void crew_destroy(struct crew *crew)
{
    if (crew == NULL) {
        return;
    }
    pthread_mutex_lock(&crew->mutex);
    crew->stopping = true;
    pthread_cond_signal(&crew->wanted);
    pthread_mutex_unlock(&crew->mutex);
    pthread_join(crew->thread, NULL);
    pthread_cond_destroy(&crew->done);
    pthread_cond_destroy(&crew->wanted);
    pthread_mutex_destroy(&crew->mutex);
    free(crew);
}

void crew_run(struct crew *crew, crew_work *work, void *context, int count)
{
    if (crew == NULL) {
        for (int piece = 0; piece < count; piece++) {
            work(context, 0, piece);
        }
        return;
    }
    pthread_mutex_lock(&crew->mutex);
    crew->work = work;
    crew->context = context;
    crew->next = 0;
    crew->count = count;
    pthread_cond_signal(&crew->wanted);
    while (crew->next < crew->count) {
        int piece = crew->next++;
        pthread_mutex_unlock(&crew->mutex);
        work(context, 0, piece);
        pthread_mutex_lock(&crew->mutex);
    }
    while (crew->helping) {
        pthread_cond_wait(&crew->done, &crew->mutex);
    }
    crew->work = NULL;
    pthread_mutex_unlock(&crew->mutex);
}
