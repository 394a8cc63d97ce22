/* How long this machine takes to copy a window's bytes twice (memcpy): the measure of a frame's cost. Prints
 * the median of many in milliseconds.
 *
 *     bench_copy WIDTH HEIGHT */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 201 };

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* From one buffer to a second and on to a third, as a picture goes from where it is composed to the window
 * and to the screen. The compiler must not see that nobody looks. */
static double copy_twice(unsigned char *buffers[3], size_t bytes, int round)
{
    void *(*volatile copy)(void *, const void *, size_t) = memcpy;
    buffers[0][(size_t)round % bytes]++;
    double start = now_ms();
    copy(buffers[1], buffers[0], bytes);
    copy(buffers[2], buffers[1], bytes);
    return now_ms() - start;
}

static bool measure(size_t bytes, double *median_ms)
{
    unsigned char *buffers[3] = {malloc(bytes), malloc(bytes), malloc(bytes)};
    double times[ROUNDS];
    bool good = buffers[0] != NULL && buffers[1] != NULL && buffers[2] != NULL;
    for (int i = 0; good && i < 3; i++) {
        memset(buffers[i], i + 1, bytes);
    }
    for (int round = 0; good && round < ROUNDS; round++) {
        times[round] = copy_twice(buffers, bytes, round);
    }
    if (good) {
        qsort(times, ROUNDS, sizeof *times, compare);
        *median_ms = times[ROUNDS / 2];
    }
    for (int i = 0; i < 3; i++) {
        free(buffers[i]);
    }
    return good;
}

static long side(const char *word)
{
    char *end;
    errno = 0;
    long value = strtol(word, &end, 10);
    return errno == 0 && end != word && *end == '\0' && value > 0 && value <= 32768 ? value : 0;
}

int main(int argc, char **argv)
{
    long width = argc == 3 ? side(argv[1]) : 0, height = argc == 3 ? side(argv[2]) : 0;
    double median_ms;
    if (width == 0 || height == 0) {
        fprintf(stderr, "bench_copy WIDTH HEIGHT\n");
        return 2;
    }
    if (!measure((size_t)width * (size_t)height * 4, &median_ms)) {
        fprintf(stderr, "bench_copy: not enough memory\n");
        return 3;
    }
    printf("%.3f\n", median_ms);
    return 0;
}
