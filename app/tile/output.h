/* Where a pyramid goes: OUTPUT.dzi and OUTPUT_files, written in a folder of another name beside them and
 * moved when they are whole, so that nobody ever sees half a pyramid.
 *
 *     letter.dzi.tmp-4711/page.dzi      ──rename──▶ letter.dzi       (second)
 *     letter.dzi.tmp-4711/page_files/   ──rename──▶ letter_files/    (first)
 *
 * Who is killed, or meets a power cut, leaves the folder letter.dzi.tmp-4711; nothing reads it, and the next
 * run for the same output mends what has to be mended and removes it. */
#ifndef TILE_OUTPUT_H
#define TILE_OUTPUT_H

#include "base/error.h"

#include <limits.h>

struct output {
    char descriptor[PATH_MAX], tiles[PATH_MAX]; /* OUTPUT.dzi, OUTPUT_files */
    char folder[PATH_MAX];                      /* the temporary one; empty when there is none */
    int lock;   /* on the temporary folder, as long as we live: it is somebody's; < 0: none */
    bool force; /* may replace what is there */
};

/* The name under which the pyramid is written in output->folder: page.dzi and page_files. */
#define OUTPUT_NAME "page"
/* What it replaces is moved there while it is replaced: old.dzi and old_files. */
#define OUTPUT_OLD "old"
/* Between the output's name and the number of the process. */
#define OUTPUT_TEMPORARY ".tmp-"

/* Checks the name and what is there already; touches nothing but what a run that was killed has left of this
 * output. ERROR_USAGE: no .dzi, or it exists and `force`
 * is false; ERROR_INPUT: what is there is not a pyramid's and is not replaced. */
bool output_plan(struct output *output, const char *name, bool force, struct error *err);
/* Makes the temporary folder. ERROR_MACHINE. */
bool output_begin(struct output *output, struct error *err);
/* Moves the pyramid to its place, an older one out of it. On failure everything is as it was. What is moved
 * must have reached the disk before. ERROR_MACHINE, or ERROR_USAGE when meanwhile somebody else wrote it. */
bool output_install(struct output *output, struct error *err);
/* Mends and removes what killed runs have left; what cannot be mended stays. (recover.c) */
void output_recover(struct output *output);
/* Removes the temporary folder with all that is in it. */
void output_discard(struct output *output);

#endif
