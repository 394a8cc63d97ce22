/* Writes pictures in threads of their own while the next one is drawn: compressing takes longer than drawing.
 *
 *     pictures_take() ──▶ draw ──▶ pictures_write() ──▶ a thread compresses and writes ──▶ free again
 */
#ifndef AUTHOR_PICTURES_H
#define AUTHOR_PICTURES_H

#include "base/error.h"
#include "base/rect.h"

#include <stdbool.h>
#include <stdint.h>

struct pictures;

struct pictures *pictures_create(struct size size, struct error *err);
/* Waits for everything that is under way. Accepts NULL. */
void pictures_destroy(struct pictures *pictures);

/* Pixels to draw into, size.w x size.h words, rows without a gap; waits until some are free. What is in them
 * is left over. */
uint32_t *pictures_take(struct pictures *pictures);
/* Hands taken pixels over to be written; `path` is copied. */
void pictures_write(struct pictures *pictures, uint32_t *pixels, const char *path);
/* Has everything so far been written? Waits for it; the first failure stays. */
bool pictures_finish(struct pictures *pictures, struct error *err);
/* Did one fail already? Does not wait. */
bool pictures_failed(struct pictures *pictures);

#endif
