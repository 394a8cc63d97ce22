/* Looks at a screen from outside: maps the frame buffer that Xvfb keeps in a file (-fbdir), samples a grid of
 * its pixels five hundred times a second, and prints a line whenever they have changed:
 *
 *     <milliseconds since 1970> <how many different colours there are in the grid>
 *
 * So the first picture, the frames and the last change of any program are measured alike. From the first
 * picture on the colours are no longer counted. Ends when its input ends.
 *
 *     bench_watch FILE */
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ACROSS = 61, DOWN = 37, POINTS = ACROSS * DOWN, PERIOD_MS = 2, PICTURE = 64 };

struct screen {
    const uint8_t *bytes;
    size_t length;
    const uint8_t *pixels; /* words of 4 bytes */
    size_t width, height, stride;
};

/* The header of the X window dump format (XWDFile.h): 25 words, most significant byte first. */
static size_t header_word(const struct screen *screen, size_t index)
{
    const uint8_t *at = screen->bytes + index * 4;
    return (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
}

static bool map_screen(struct screen *screen, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    void *bytes = MAP_FAILED;
    if (file >= 0 && fstat(file, &status) == 0 && status.st_size > 100) {
        screen->length = (size_t)status.st_size;
        bytes = mmap(NULL, screen->length, PROT_READ, MAP_SHARED, file, 0);
    }
    if (file >= 0) {
        close(file);
    }
    if (bytes == MAP_FAILED) {
        return false;
    }
    screen->bytes = bytes;
    const size_t header_size = header_word(screen, 0), bits = header_word(screen, 11),
                 colours = header_word(screen, 19);
    screen->width = header_word(screen, 4);
    screen->height = header_word(screen, 5);
    screen->stride = header_word(screen, 12);
    size_t offset = header_size + colours * 12;
    screen->pixels = screen->bytes + offset;
    return bits == 32 && screen->width > 0 && screen->stride >= screen->width * 4 &&
           offset + screen->stride * screen->height <= screen->length;
}

static void sample(const struct screen *screen, uint32_t points[POINTS])
{
    for (size_t i = 0; i < POINTS; i++) {
        size_t x = (2 * (i % ACROSS) + 1) * screen->width / (2 * ACROSS);
        size_t y = (2 * (i / ACROSS) + 1) * screen->height / (2 * DOWN);
        memcpy(&points[i], screen->pixels + y * screen->stride + x * 4, 4);
    }
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static int count_colours(const uint32_t points[POINTS])
{
    uint32_t sorted[POINTS];
    int count = 1;
    memcpy(sorted, points, sizeof sorted);
    qsort(sorted, POINTS, sizeof *sorted, compare);
    for (size_t i = 1; i < POINTS; i++) {
        count += sorted[i] != sorted[i - 1];
    }
    return count;
}

static void print_change(const uint32_t points[POINTS], int *colours)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (*colours < PICTURE) {
        *colours = count_colours(points);
    }
    printf("%.1f %d\n", (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6, *colours);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    struct screen screen = {0};
    static uint32_t now[POINTS], before[POINTS];
    if (argc != 2) {
        fprintf(stderr, "bench_watch FILE\n");
        return 2;
    }
    if (!map_screen(&screen, argv[1])) {
        fprintf(stderr, "bench_watch: %s is no frame buffer of 32 bits a pixel\n", argv[1]);
        return 3;
    }
    int colours = 0;
    sample(&screen, before);
    print_change(before, &colours);
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    while (poll(&input, 1, PERIOD_MS) == 0) {
        sample(&screen, now);
        if (memcmp(now, before, sizeof now) != 0) {
            memcpy(before, now, sizeof now);
            print_change(now, &colours);
        }
    }
    return 0;
}
