/* A folder and everything in it, without following a link. */
#ifndef BUNDLE_REMOVE_H
#define BUNDLE_REMOVE_H

#include <stdbool.h>

/* True when there is no such thing any more. What cannot be removed is left, and the rest goes. */
bool remove_tree(int folder, const char *name);

#endif
