/* Where exhibits are installed, so that one is there at every moment, the old one or the new one:
 *
 *     DIR/releases/<serial>-<hash>/   an exhibit
 *     DIR/current                     a link to the one that is played
 *     DIR/previous                    a link to the one before it, for going back
 *     DIR/chosen-<hash>               a link to the one that the staff chose instead of what the site file
 *                                     names; the hash is of its path, so that another word of the site's
 *                                     file holds again
 *     DIR/incoming/                   what is being copied; of no meaning otherwise
 *     DIR/lock                        held while something changes
 *
 * A player holds a lock (flock, shared) on the folder that it plays; a release that is neither current nor
 * previous nor chosen is removed with the next installation, when nobody does. */
#ifndef BUNDLE_RELEASE_H
#define BUNDLE_RELEASE_H

#include "bundle/bundle.h"

#define RELEASE_NAME_MAX 64

struct release_change {
    bool changed; /* false: it was there already, whole */
    bool refused; /* for what is in it: another bundle that is newer than what is installed may be good */
    char before[RELEASE_NAME_MAX]; /* folders in releases/; empty: none */
    char now[RELEASE_NAME_MAX];
};

/* Looks at the copy before it becomes the current one; false with *err refuses it. */
typedef bool release_accept(void *context, const char *folder, struct error *err);

/* Installs a bundle; makes DIR. Killed or failing at any point it leaves what was there, or the new one,
 * whole. ERROR_INPUT when it is neither newer than the current and the previous one nor the previous one
 * itself, when its contents do not fit its list, or `accept` (may be NULL) refuses it; ERROR_MACHINE when the
 * disk is full or fails, or another change is under way. */
bool release_install(const struct bundle *bundle, const char *dir, release_accept *accept, void *context,
    struct release_change *change, struct error *err);

/* Makes the previous release the current one and the current one the previous: twice is nothing. ERROR_INPUT
 * when there is nothing to go back to. */
bool release_rollback(const char *dir, struct release_change *change, struct error *err);

/* Takes one that is on the machine already. `what` is a folder's name in releases/, or the absolute path of
 * an exhibit elsewhere, which gets a link there with the lowest serial. `instead` NULL: it becomes the
 * current one, the current one the previous. Else it is played instead of the exhibit with that path, which
 * the site file names; `what` NULL: no longer. Makes DIR. Killed at any point it leaves one or the other.
 * ERROR_INPUT when it is not there, ERROR_MACHINE. */
bool release_choose(
    const char *dir, const char *instead, const char *what, struct release_change *change, struct error *err);
/* The link to what was chosen instead of `instead`. False: nothing was, or it is not there any more. */
bool release_chosen(const char *dir, const char *instead, char *path, size_t size);

#endif
