/* The C library lets a program bring an allocator of its own, which all its libraries then use, too. This one
 * goes on to that of the sanitizer, where there is one. */
#include "allocator.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

#define CALLS 48

static struct {
    allocator_seen *seen;
    atomic_bool counts;
    bool for_good;
    long fails_at;
    atomic_long count, live;
} state;

/* The sanitizers ask for a thread's stack when it begins, and do not bear it that there is no memory. */
static _Thread_local bool exempt;
static int (*real_getattr)(pthread_t thread, pthread_attr_t *attributes);

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *piece);
void *__interceptor_malloc(size_t size) __attribute__((weak));
void *__interceptor_calloc(size_t count, size_t size) __attribute__((weak));
void *__interceptor_realloc(void *old, size_t size) __attribute__((weak));
void *__interceptor_memalign(size_t alignment, size_t size) __attribute__((weak));
void __interceptor_free(void *piece) __attribute__((weak));

void allocator_begin(long at, bool for_good, allocator_seen *seen)
{
    state.seen = seen;
    state.for_good = for_good;
    state.fails_at = at;
    atomic_store(&state.count, 0);
    atomic_store(&state.counts, true);
}

long allocator_end(void)
{
    atomic_store(&state.counts, false);
    return atomic_load(&state.count);
}

long allocator_live(void)
{
    return atomic_load(&state.live);
}

static bool runs_out(void)
{
    if (!atomic_load(&state.counts) || exempt) {
        return false;
    }
    long now = atomic_fetch_add(&state.count, 1), at = state.fails_at;
    if (state.seen != NULL && (at < 0 || now == at)) {
        void *calls[CALLS];
        state.seen(now, calls, backtrace(calls, CALLS));
    }
    return at >= 0 && (state.for_good ? now >= at : now == at);
}

static void *counted(void *piece)
{
    if (piece != NULL) {
        atomic_fetch_add(&state.live, 1);
    } else {
        errno = ENOMEM;
    }
    return piece;
}

void *malloc(size_t size)
{
    return counted(runs_out()                     ? NULL
                   : __interceptor_malloc != NULL ? __interceptor_malloc(size)
                                                  : __libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return counted(runs_out()                     ? NULL
                   : __interceptor_calloc != NULL ? __interceptor_calloc(count, size)
                                                  : __libc_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
    if (old == NULL) {
        return malloc(size);
    }
    if (size > 0 && runs_out()) {
        errno = ENOMEM;
        return NULL;
    }
    if (size == 0) {
        atomic_fetch_sub(&state.live, 1);
    }
    return __interceptor_realloc != NULL ? __interceptor_realloc(old, size) : __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size)
{
    return counted(runs_out()                       ? NULL
                   : __interceptor_memalign != NULL ? __interceptor_memalign(alignment, size)
                                                    : __libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *piece = memalign(alignment, size);
    *out = piece != NULL ? piece : *out;
    return piece != NULL ? 0 : ENOMEM;
}

void free(void *piece)
{
    if (piece != NULL) {
        atomic_fetch_sub(&state.live, 1);
    }
    if (__interceptor_free != NULL) {
        __interceptor_free(piece);
    } else {
        __libc_free(piece);
    }
}

int pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes)
{
    exempt = true;
    if (real_getattr == NULL) {
        *(void **)&real_getattr = dlsym(RTLD_NEXT, "pthread_getattr_np");
    }
    int result = real_getattr(thread, attributes);
    exempt = false;
    return result;
}
