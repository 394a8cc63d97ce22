/* The thread that writes: takes cells, keeps a few that wait for the disk, and says once what goes wrong. */
#ifndef STATISTICS_WRITER_H
#define STATISTICS_WRITER_H

#include "statistics/store.h"

struct writer;

/* Into the exhibit's own file in the folder; folder, title and hours are copied. */
struct writer *writer_create(const char *folder, const struct store_title *title,
    const struct site_hours *hours, const struct log *log, struct error *err);
/* Takes the cells, which are empty afterwards; `visits` of them are lost where they cannot be written. Never
 * waits for the disk. */
void writer_put(struct writer *writer, struct cells *cells, int today, int visits);
/* Writes what waits, or fails to, and ends. */
void writer_destroy(struct writer *writer);

#endif
