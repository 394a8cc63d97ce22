#include "pictures.h"

#include "paint/paint.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS_MAX = 4, FRAMES_MAX = THREADS_MAX + 1 };

enum frame_state { FRAME_FREE, FRAME_TAKEN, FRAME_WAITING, FRAME_WRITING };

struct frame {
    enum frame_state state;
    uint32_t *pixels;
    char path[4096];
};

struct pictures {
    struct size size;
    struct frame frames[FRAMES_MAX];
    int frame_count;
    pthread_t threads[THREADS_MAX];
    int thread_count;
    pthread_mutex_t lock; /* guards what follows and the frames' states */
    pthread_cond_t changed;
    bool ending, failed;
    struct error err;
};

static struct frame *find(struct pictures *pictures, enum frame_state state)
{
    for (int i = 0; i < pictures->frame_count; i++) {
        if (pictures->frames[i].state == state) {
            return &pictures->frames[i];
        }
    }
    return NULL;
}

static void *work(void *data)
{
    struct pictures *pictures = data;
    pthread_mutex_lock(&pictures->lock);
    for (;;) {
        struct frame *frame = find(pictures, FRAME_WAITING);
        if (frame == NULL && pictures->ending) {
            break;
        }
        if (frame == NULL) {
            pthread_cond_wait(&pictures->changed, &pictures->lock);
            continue;
        }
        frame->state = FRAME_WRITING;
        pthread_mutex_unlock(&pictures->lock);
        struct error err = {0};
        struct paint_target target = {frame->pixels, pictures->size.w, pictures->size.h, pictures->size.w};
        bool written = paint_write_png(frame->path, &target, 0, &err);
        pthread_mutex_lock(&pictures->lock);
        if (!written && !pictures->failed) {
            pictures->failed = true;
            pictures->err = err;
        }
        frame->state = FRAME_FREE;
        pthread_cond_broadcast(&pictures->changed);
    }
    pthread_mutex_unlock(&pictures->lock);
    return NULL;
}

static bool start(struct pictures *pictures)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int wanted = cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (int)cores;
    size_t bytes = (size_t)pictures->size.w * (size_t)pictures->size.h * sizeof(uint32_t);
    for (int i = 0; i < wanted + 1; i++) {
        uint32_t *pixels = malloc(bytes);
        if (pixels == NULL) {
            return false;
        }
        pictures->frames[pictures->frame_count++].pixels = pixels;
    }
    for (int i = 0; i < wanted; i++) {
        if (pthread_create(&pictures->threads[pictures->thread_count], NULL, work, pictures) != 0) {
            break; /* fewer will do */
        }
        pictures->thread_count++;
    }
    return pictures->thread_count > 0;
}

struct pictures *pictures_create(struct size size, struct error *err)
{
    struct pictures *pictures = calloc(1, sizeof *pictures);
    if (pictures == NULL) {
        error_memory(err);
        return NULL;
    }
    pictures->size = size;
    pthread_mutex_init(&pictures->lock, NULL);
    pthread_cond_init(&pictures->changed, NULL);
    if (!start(pictures)) {
        pictures_destroy(pictures);
        error_set(err, ERROR_MACHINE, "there is no memory or no thread left to write pictures");
        return NULL;
    }
    return pictures;
}

void pictures_destroy(struct pictures *pictures)
{
    if (pictures == NULL) {
        return;
    }
    pthread_mutex_lock(&pictures->lock);
    pictures->ending = true;
    pthread_cond_broadcast(&pictures->changed);
    pthread_mutex_unlock(&pictures->lock);
    for (int i = 0; i < pictures->thread_count; i++) {
        pthread_join(pictures->threads[i], NULL);
    }
    for (int i = 0; i < pictures->frame_count; i++) {
        free(pictures->frames[i].pixels);
    }
    pthread_cond_destroy(&pictures->changed);
    pthread_mutex_destroy(&pictures->lock);
    free(pictures);
}

uint32_t *pictures_take(struct pictures *pictures)
{
    struct frame *frame;
    pthread_mutex_lock(&pictures->lock);
    while ((frame = find(pictures, FRAME_FREE)) == NULL) {
        pthread_cond_wait(&pictures->changed, &pictures->lock);
    }
    frame->state = FRAME_TAKEN;
    pthread_mutex_unlock(&pictures->lock);
    return frame->pixels;
}

void pictures_write(struct pictures *pictures, uint32_t *pixels, const char *path)
{
    pthread_mutex_lock(&pictures->lock);
    for (int i = 0; i < pictures->frame_count; i++) {
        if (pictures->frames[i].pixels == pixels) {
            snprintf(pictures->frames[i].path, sizeof pictures->frames[i].path, "%s", path);
            pictures->frames[i].state = FRAME_WAITING;
        }
    }
    pthread_cond_broadcast(&pictures->changed);
    pthread_mutex_unlock(&pictures->lock);
}

bool pictures_finish(struct pictures *pictures, struct error *err)
{
    pthread_mutex_lock(&pictures->lock);
    while (find(pictures, FRAME_WAITING) != NULL || find(pictures, FRAME_WRITING) != NULL) {
        pthread_cond_wait(&pictures->changed, &pictures->lock);
    }
    bool ok = !pictures->failed;
    if (!ok && err != NULL) {
        *err = pictures->err;
    }
    pthread_mutex_unlock(&pictures->lock);
    return ok;
}

bool pictures_failed(struct pictures *pictures)
{
    pthread_mutex_lock(&pictures->lock);
    bool failed = pictures->failed;
    pthread_mutex_unlock(&pictures->lock);
    return failed;
}
