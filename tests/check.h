/* The whole of the test framework: checks that go on, cases that are counted, one closing line.
 *
 *     static void adds(void) { CHECK(1 + 1 == 2); }
 *     int main(void) { RUN(adds); return check_report(); } */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <stdio.h>
#include <string.h>

static int check_failures; /* in the running case */
static int check_passed, check_failed, check_skipped;
static const char *check_skip_reason;

#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            check_failures++;                                                                                \
            fprintf(stderr, "%s:%d: %s: not so: %s\n", __FILE__, __LINE__, __func__, #condition);            \
        }                                                                                                    \
    } while (0)

/* The same with a printf-style line that says what was found. */
#define CHECK_THAT(condition, ...)                                                                           \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            check_failures++;                                                                                \
            fprintf(stderr, "%s:%d: %s: not so: %s: ", __FILE__, __LINE__, __func__, #condition);            \
            fprintf(stderr, __VA_ARGS__);                                                                    \
            fputc('\n', stderr);                                                                             \
        }                                                                                                    \
    } while (0)

#define CHECK_INT(actual, expected)                                                                          \
    do {                                                                                                     \
        long long check_a = (long long)(actual), check_e = (long long)(expected);                            \
        CHECK_THAT(check_a == check_e, "%s is %lld, not %lld", #actual, check_a, check_e);                   \
    } while (0)

#define CHECK_TEXT(actual, expected)                                                                         \
    do {                                                                                                     \
        const char *check_a = (actual), *check_e = (expected);                                               \
        CHECK_THAT(check_a != NULL && strcmp(check_a, check_e) == 0, "%s is \"%s\", not \"%s\"", #actual,    \
            check_a ? check_a : "(null)", check_e);                                                          \
    } while (0)

/* Leaves a case that cannot be run here, and says why. */
#define SKIP(reason)                                                                                         \
    do {                                                                                                     \
        check_skip_reason = (reason);                                                                        \
        return;                                                                                              \
    } while (0)

#define RUN(test)                                                                                            \
    do {                                                                                                     \
        check_failures = 0;                                                                                  \
        check_skip_reason = NULL;                                                                            \
        test();                                                                                              \
        if (check_skip_reason) {                                                                             \
            check_skipped++;                                                                                 \
            printf("skipped %s: %s\n", #test, check_skip_reason);                                            \
        } else if (check_failures) {                                                                         \
            check_failed++;                                                                                  \
            printf("FAILED %s\n", #test);                                                                    \
        } else {                                                                                             \
            check_passed++;                                                                                  \
        }                                                                                                    \
    } while (0)

static inline int check_report(void)
{
    if (check_skipped) {
        printf("%d passed, %d failed, %d skipped\n", check_passed, check_failed, check_skipped);
    } else {
        printf("%d passed, %d failed\n", check_passed, check_failed);
    }
    return check_failed != 0 || check_passed + check_skipped == 0;
}

#endif
