/* File operations that fail: a child, its threads and all that it starts run under a filter that hands each
 * of their system calls on files to the test, which lets it be or answers it itself. So what the C library,
 * the loader and other libraries do is met, too. Works on every machine that has seccomp's notifications
 * (Linux 5.5); needs no privileges. */
#ifndef FAILURES_INJECT_H
#define FAILURES_INJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Whose calls: each is counted by itself, so that number N is the same call every time, as far as it can. */
enum inject_who { INJECT_MAIN, INJECT_THREADS, INJECT_CHILDREN, INJECT_WHOS };

enum inject_kind {
    INJECT_EIO,
    INJECT_ENOSPC,
    INJECT_EINTR, /* of calls only that can be interrupted */
    INJECT_SHORT, /* half of what was asked for is read or written */
    INJECT_KINDS
};

#define INJECT_CALLS_MAX 20000

struct injection {
    enum inject_who who;
    enum inject_kind kind;
    long at; /* < 0: none fails */
    bool for_good;
    bool closes; /* close() fails, too; the descriptor stays open then */
};

struct injected {
    int status;                                 /* of the child, as waitpid() has it */
    long counts[INJECT_WHOS];                   /* of calls */
    short calls[INJECT_WHOS][INJECT_CALLS_MAX]; /* which they were: an index for inject_name() */
    char path[200];                             /* of the first that failed */
    bool met;                                   /* there was a call that failed */
};

/* Can number `call` of those that were counted fail in this way? */
bool inject_suits(const struct injected *counted, enum inject_who who, long call, enum inject_kind kind);
const char *inject_name(const struct injected *counted, enum inject_who who, long call);

/* Runs `act` in a child, whose exit status it returns. Between inject_begin() and inject_end() calls are
 * counted and fail. False, with errno, when this system does not let it. */
bool inject_run(
    const struct injection *injection, int (*act)(void *context), void *context, struct injected *injected);
/* In the child. */
void inject_begin(void);
void inject_end(void);

#endif
