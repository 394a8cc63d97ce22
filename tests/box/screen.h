/* A small screen, built box by box, for the tests of this folder. */
#ifndef TESTS_BOX_SCREEN_H
#define TESTS_BOX_SCREEN_H

#include "box/box.h"

#include <string.h>

struct screen {
    struct arena arena;
    struct box_tree tree;
};

/* An empty tree of 1000 x 800 with its root. */
static inline void screen_start(struct screen *screen)
{
    memset(screen, 0, sizeof *screen);
    box_start(&screen->tree, &screen->arena, (struct size){1000, 800});
    box_add(&screen->tree, -1, BOX_SCREEN, (struct rect){0, 0, 1000, 800}, "screen");
}

static inline void screen_finish(struct screen *screen)
{
    arena_finish(&screen->arena);
}

/* A box under the one called `parent`; with a word it has an action. */
static inline struct box *screen_add(struct screen *screen, const char *parent, enum box_role role,
    struct rect rect, const char *id, const char *word)
{
    int index = box_add(&screen->tree, box_find(&screen->tree, parent), role, rect, "%s", id);
    struct box *box = &screen->tree.boxes[index];
    if (word != NULL) {
        box->action.verb = 1;
        box->action.word = word;
    }
    return box;
}

static inline const char *screen_id(const struct screen *screen, int index)
{
    return index < 0 ? "" : screen->tree.boxes[index].id;
}

#endif
