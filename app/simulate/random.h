/* Random numbers that are the same on every machine: splitmix64. */
#ifndef SIMULATE_RANDOM_H
#define SIMULATE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

static inline uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* 0 .. below - 1; 0 for below <= 0. */
static inline int random_below(uint64_t *state, int below)
{
    return below > 0 ? (int)(random_next(state) >> 33) % below : 0;
}

/* Happens once in `times`. */
static inline bool random_once_in(uint64_t *state, int times)
{
    return random_below(state, times) == 0;
}

#endif
