/* The curator's commands. Each takes its own words of the command line (argv[0] is the command's name), does
 * its work and returns the exit code of the contract: 0 done (warnings included), 1 the input is at fault, 2
 * wrong usage, 3 the machine is at fault. What went wrong is one line on io->err, "vitrine: ...". */
#ifndef AUTHOR_AUTHOR_H
#define AUTHOR_AUTHOR_H

#include "player/player.h"

#include <stdio.h>

struct author_io {
    FILE *out, *err;
    /* Where fonts, interface words and the decoder are; NULL: found by player_find_paths(). */
    const struct player_paths *paths;
};

/* Prints findings about one file, with the folder it is in; sorted. */
void author_report_file(struct findings *findings, const char *path, FILE *stream);

/* check EXHIBIT...
 * Reads everything of each exhibit, looks into its images, and asks the fonts for its characters. Prints the
 * findings on io->out, in the order of files and lines; nothing when all is well. 1 when one of them is an
 * error, or an exhibit cannot be opened. */
int author_check(int argc, char **argv, const struct author_io *io);

/* render EXHIBIT --output DIR [--size WxH] [--lang L]... [--place PLACE]... [--theme paper|high-contrast]
 * [--text-size N] [--low-reach] Writes DIR/<place>.<lang>.png for every place in every language, or those
 * that are asked for; makes DIR. Each picture shows a fresh visit two seconds after it came to the place.
 * What is wrong with the exhibit goes to io->err, and then the code is 1. */
int author_render(int argc, char **argv, const struct author_io *io);

/* render EXHIBIT --handout FILE.pdf|FILE.png [--lang L] [--paper a4|letter] writes pages for print instead:
 * the lead, the home document's text in one language and the questions, with where everything comes from. */
/* describe EXHIBIT --place PLACE [--lang L] [--size WxH] [--theme ..] [--text-size ..] [--low-reach]
 * Prints the whole tree of the place, also what is scrolled out of view, on io->out (box_describe()).
 * Findings as render. */
int author_describe(int argc, char **argv, const struct author_io *io);

/* typeset EXHIBIT DOCUMENT --layer LAYER.LANG --output DIR [--resolution DPI]
 * Sets one text of a layer as typewritten pages: DIR/1.png, 2.png ... and their zones DIR/1.yaml, 2.yaml ...;
 * makes DIR and prints the names of what it wrote. The same text and fonts give the same bytes. */
int author_typeset(int argc, char **argv, const struct author_io *io);

/* tile IMAGE OUTPUT.dzi [--page N] [--resolution DPI] [--lossless] [--force]
 * Becomes vitrine-tile, as git becomes its commands, so that nothing else links libvips; returns only when
 * that is not installed or cannot be started, which is the machine's fault. */
int author_tile(int argc, char **argv, const struct author_io *io);

/* pack EXHIBIT OUTPUT.vitrine [--key FILE] [--password-file FILE] [--serial N]
 * Writes an exhibit in which `check` finds no mistake as one file (bundle/bundle.h), signed when there is a
 * key. The same folder gives the same bytes. */
int author_pack(int argc, char **argv, const struct author_io *io);

/* install BUNDLE|FOLDER [--into DIR] [--public-key FILE]
 * Makes it the exhibit that is played (bundle/release.h). Of a folder without an exhibit in it the newest
 * bundle is taken. With a key, named or in /etc/vitrine/exhibits.pub, only what is signed with it. */
int author_install(int argc, char **argv, const struct author_io *io);
/* rollback [--into DIR]
 * Makes the exhibit before it the one that is played. */
int author_rollback(int argc, char **argv, const struct author_io *io);

/* simulate EXHIBIT [--seed N] [--events N]
 * Lets a visitor do anything (simulate/simulate.h) and prints what was played and covered, and of the first
 * rule that broke a short visit script that leads to it. 1 when a rule broke. The same seed prints the same.
 */
int author_simulate(int argc, char **argv, const struct author_io *io);

/* statistics [--from DATE] [--to DATE] [--csv] [--html FILE] [--lang L] [--database FILE|FOLDER | --site
 * FILE]
 * [--exhibit EXHIBIT] Prints what the visits of a period were like on io->out, as text or as CSV; --html
 * writes a page, FILE whole or not at all. The figures are those of the site file, or of a kiosk as it is
 * installed: of each exhibit that was played, or of the one named. Places have the names of the exhibit where
 * it is found. 1 when there are no statistics. */
int author_statistics(int argc, char **argv, const struct author_io *io);

#endif
