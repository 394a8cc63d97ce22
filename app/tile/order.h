/* What was asked for, and what became of it. */
#ifndef TILE_ORDER_H
#define TILE_ORDER_H

#include <stdbool.h>

struct order {
    const char *image, *output; /* lent from the command line */
    long page;                  /* from 1; 0: not given, which is the first */
    long resolution;            /* of a PDF, in pixels an inch; 0: not given */
    bool lossless, force;
};

/* Written by the process that does the work, read by the one that waits for it. */
struct outcome {
    int width, height; /* image pixels */
    int resolution;    /* pixels an inch; 0: the image does not say */
    int pages;         /* of a PDF; 0 for all else */
    char warning[240]; /* one line about the image; empty when there is none */
};

#endif
