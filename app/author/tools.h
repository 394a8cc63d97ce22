/* What the curator's commands share. */
#ifndef AUTHOR_TOOLS_H
#define AUTHOR_TOOLS_H

#include "author/author.h"
#include "exhibit/exhibit.h"
#include "text/text.h"

/* Prints "vitrine: message" on io->err and returns the exit code of the error's category. */
int author_fail(const struct author_io *io, const struct error *err);

/* io's paths, or those that are found. */
bool author_paths(const struct author_io *io, struct player_paths *paths, struct error *err);

/* Makes a folder where there is none. */
bool author_make_folder(const char *path, struct error *err);

/* Like exhibit_open(); an exhibit that opens is read whole, and its images' headers and its characters are
 * looked at: everything that `check` knows, in the findings. `thorough`: decodes the images too. */
struct exhibit *author_inspect(const char *path, const struct player_paths *paths, bool thorough,
    struct findings *findings, struct error *err);

/* Prints the findings for an exhibit that was named `path`, sorted. */
void author_report(struct findings *findings, const char *path, FILE *stream);

/* ---- parts of the inspection */

/* images.c: page images. With `thorough` their pixels are decoded, by a decoder process. */
bool images_check(struct exhibit *exhibit, const struct player_paths *paths, bool thorough,
    struct findings *findings, struct error *err);
/* characters.c: characters that no font has. Each is reported once, where it is first met. */
bool characters_check(struct exhibit *exhibit, struct text *text, struct findings *findings);

#endif
