/* The filter's arithmetic, and that the fast form of it is the plain one. */
#include "help.h"

#include "filter.h"

#include "check.h"

#include <math.h>
#include <stdlib.h>

#define ONE ((int64_t)1 << 32)

static void weights_add_up(void)
{
    for (int i = 0; i < 200000; i++) {
        int64_t step = (int64_t)(help_random(0.01, 2) * (double)ONE),
                centre = (int64_t)(help_random(-3, 9000) * (double)ONE);
        struct filter_tap tap = filter_tap_at(centre, step);
        int sum = tap.weight[0] + tap.weight[1] + tap.weight[2];
        CHECK_INT(sum, FILTER_ONE);
        CHECK(tap.weight[1] <= FILTER_ONE && tap.weight[2] <= FILTER_ONE);
        /* The box stands around the centre. */
        double middle =
            (tap.weight[0] * 0.5 + tap.weight[1] * 1.5 + tap.weight[2] * 2.5) / FILTER_ONE + tap.first;
        CHECK(fabs(middle - (double)centre / (double)ONE) < 0.51);
        if (step <= ONE) {
            CHECK_INT(tap.weight[2], 0);
            CHECK(fabs(middle - (double)centre / (double)ONE) < 0.003);
        }
    }
}

static void exact_steps_are_exact(void)
{
    struct filter_tap one = filter_tap_at(7 * ONE + ONE / 2, ONE);
    CHECK_INT(one.first, 7);
    CHECK_INT(one.weight[0], FILTER_ONE);
    struct filter_tap two = filter_tap_at(8 * ONE, 2 * ONE);
    CHECK_INT(two.first, 7);
    CHECK_INT(two.weight[0], 128);
    CHECK_INT(two.weight[1], 128);
    struct filter_tap between = filter_tap_at(8 * ONE, ONE / 3);
    CHECK_INT(between.first, 7);
    CHECK_INT(between.weight[0], 128);
    CHECK_INT(between.weight[1], 128);
}

static uint32_t any_word(void)
{
    return (uint32_t)rand() << 16 ^ (uint32_t)rand();
}

static void rows_are_plain(const uint32_t rows[3][200])
{
    uint32_t fast[200], plain[200];
    uint16_t weight[3] = {(uint16_t)(rand() % 257), 0, 0};
    weight[1] = (uint16_t)(rand() % (257 - weight[0]));
    weight[2] = (uint16_t)(FILTER_ONE - weight[0] - weight[1]);
    size_t count = (size_t)rand() % 200;
    filter_rows_by(FILTER_PLAIN, plain, rows[0], rows[1], rows[2], weight, count);
    for (enum filter_unit unit = FILTER_SSSE3; unit <= filter_best_unit(); unit++) {
        filter_rows_by(unit, fast, rows[0], rows[1], rows[2], weight, count);
        CHECK_THAT(memcmp(fast, plain, count * sizeof fast[0]) == 0, "unit %d", (int)unit);
    }
}

static void columns_are_plain(const uint32_t row[200], double step, double centre)
{
    uint32_t fast[200], plain[200];
    struct filter_columns columns = {0};
    size_t count = (size_t)fmin(185 / step, 199) - 2;
    CHECK(filter_columns_reserve(&columns, count));
    filter_columns_set(&columns, count, (int64_t)(centre * (double)ONE), (int64_t)(step * (double)ONE));
    filter_across_by(FILTER_PLAIN, plain, row, 8, &columns, 1, count - 1);
    for (size_t i = 0; i < count - 1; i++) { /* and plain is what the taps say */
        struct filter_tap tap =
            filter_tap_at((int64_t)(centre * (double)ONE) + (int64_t)(i + 1) * (int64_t)(step * (double)ONE),
                (int64_t)(step * (double)ONE));
        for (int channel = 0; channel < 32; channel += 8) {
            uint32_t sum = FILTER_ONE / 2;
            for (int k = 0; k < 3; k++) {
                sum += tap.weight[k] == 0 ? 0 : tap.weight[k] * (row[tap.first + k - 8] >> channel & 0xFF);
            }
            CHECK_INT(plain[i] >> channel & 0xFF, sum / FILTER_ONE);
        }
    }
    for (enum filter_unit unit = FILTER_SSSE3; unit <= filter_best_unit(); unit++) {
        filter_across_by(unit, fast, row, 8, &columns, 1, count - 1);
        CHECK_THAT(memcmp(fast, plain, (count - 1) * sizeof fast[0]) == 0, "unit %d", (int)unit);
    }
    filter_columns_finish(&columns);
}

/* Weights and pixels of both ends among them, and steps at which a pixel is one source pixel. */
static void fast_is_plain(void)
{
    uint32_t rows[3][200];
    for (int n = 0; n < 2000; n++) {
        uint32_t end = n % 2 == 0 ? 0xFFFFFFFF : 0;
        for (int i = 0; i < 200; i++) {
            rows[0][i] = n % 10 < 2 ? end : any_word();
            rows[1][i] = n % 5 == 0 ? end : any_word();
            rows[2][i] = n % 5 == 0 ? end : any_word();
        }
        rows_are_plain(rows);
        columns_are_plain(rows[1], help_random(0.05, 2), help_random(10.5, 12));
        columns_are_plain(rows[1], n % 3 == 0 ? 1 : n % 3 == 1 ? 2 : 0.5, 10.5 + n % 7 * 0.0013);
    }
}

int main(void)
{
    srand(1950);
    RUN(weights_add_up);
    RUN(exact_steps_are_exact);
    RUN(fast_is_plain);
    return check_report();
}
