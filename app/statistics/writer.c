#include "writer.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WAITING_MOST 64
#define PATH_MOST 1024

struct job {
    struct cells cells;
    int today, visits;
};

struct writer {
    pthread_t thread;
    pthread_mutex_t mutex; /* of what follows, up to `ends` */
    pthread_cond_t changed;
    struct job jobs[WAITING_MOST]; /* a ring */
    int first, count;
    int dropped; /* visits since the last that could be written */
    bool ends;
    /* the thread's own */
    struct store *store;
    char *folder, path[PATH_MOST];
    struct store_title title;
    struct site_hours hours;
    const struct log *log;
    char said[sizeof((struct error *)NULL)->message]; /* the last failure: it is said once */
};

static void say(struct writer *writer, const struct error *err)
{
    if (strcmp(writer->said, err->message) != 0) {
        memcpy(writer->said, err->message, sizeof writer->said);
        log_write(writer->log, LOG_WARNING, "%s: %s; what cannot be written is left out",
            writer->path[0] != '\0' ? writer->path : writer->folder, err->message);
    }
}

/* Only the last part of the folder's path is made: what lies above it is the site's. */
static struct store *open_store(struct writer *writer, struct error *err)
{
    mkdir(writer->folder, 0755);
    if (!store_path(writer->folder, &writer->title, writer->path, sizeof writer->path)) {
        error_set(err, ERROR_MACHINE, "the path is too long");
        return NULL;
    }
    struct store *store = store_open(writer->path, NULL, writer->log, err);
    if (store != NULL && strncmp(strrchr(writer->path, '/'), "/statistics-", 12) == 0) {
        store_entitle(store, &writer->title);
    }
    return store;
}

static bool write_job(struct writer *writer, struct job *job, int dropped)
{
    struct error err = {.message = ""};
    if (dropped > 0) {
        cells_add(&job->cells, job->today, CELL_NOTE, "dropped", 0, dropped);
    }
    if (writer->store == NULL) {
        writer->store = open_store(writer, &err);
    }
    bool good =
        writer->store != NULL && store_add(writer->store, &job->cells, job->today, &writer->hours, &err);
    if (!good) {
        say(writer, &err);
    }
    return good;
}

static void *run(void *context)
{
    struct writer *writer = context;
    pthread_mutex_lock(&writer->mutex);
    while (!writer->ends || writer->count > 0) {
        if (writer->count == 0) {
            pthread_cond_wait(&writer->changed, &writer->mutex);
            continue;
        }
        struct job job = writer->jobs[writer->first];
        int dropped = writer->dropped;
        writer->first = (writer->first + 1) % WAITING_MOST;
        writer->count--;
        pthread_mutex_unlock(&writer->mutex);
        bool good = write_job(writer, &job, dropped);
        cells_finish(&job.cells);
        pthread_mutex_lock(&writer->mutex);
        writer->dropped += good ? -dropped : job.visits;
    }
    pthread_mutex_unlock(&writer->mutex);
    store_close(writer->store);
    return NULL;
}

/* Signals are the player's: none may interrupt this thread, and none may be lost in it. */
static bool start(struct writer *writer)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&writer->thread, NULL, run, writer) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

struct writer *writer_create(const char *folder, const struct store_title *title,
    const struct site_hours *hours, const struct log *log, struct error *err)
{
    struct writer *writer = calloc(1, sizeof *writer);
    char *copy = strdup(folder);
    if (writer == NULL || copy == NULL) {
        free(writer);
        free(copy);
        error_memory(err);
        return NULL;
    }
    writer->folder = copy;
    writer->title = *title;
    writer->log = log;
    if (hours != NULL) {
        writer->hours = *hours;
    }
    pthread_mutex_init(&writer->mutex, NULL);
    pthread_cond_init(&writer->changed, NULL);
    if (!start(writer)) {
        pthread_cond_destroy(&writer->changed);
        pthread_mutex_destroy(&writer->mutex);
        free(writer->folder);
        free(writer);
        error_set(err, ERROR_MACHINE, "no thread for the statistics can be started");
        return NULL;
    }
    return writer;
}

void writer_put(struct writer *writer, struct cells *cells, int today, int visits)
{
    pthread_mutex_lock(&writer->mutex);
    bool room = writer->count < WAITING_MOST;
    if (room) {
        writer->jobs[(writer->first + writer->count++) % WAITING_MOST] = (struct job){*cells, today, visits};
        pthread_cond_signal(&writer->changed);
    } else {
        writer->dropped += visits;
    }
    pthread_mutex_unlock(&writer->mutex);
    if (!room) {
        cells_finish(cells);
    }
    *cells = (struct cells){NULL, 0, 0};
}

void writer_destroy(struct writer *writer)
{
    if (writer == NULL) {
        return;
    }
    pthread_mutex_lock(&writer->mutex);
    writer->ends = true;
    pthread_cond_signal(&writer->changed);
    pthread_mutex_unlock(&writer->mutex);
    pthread_join(writer->thread, NULL);
    pthread_cond_destroy(&writer->changed);
    pthread_mutex_destroy(&writer->mutex);
    free(writer->folder);
    free(writer);
}
