/* What has changed of a view since it was drawn last: a page that is only moved is moved in memory, and what
 * comes into view is all that has to be composed. */
#ifndef SCAN_CHANGES_H
#define SCAN_CHANGES_H

#include "scan/scan.h"

/* What a view was drawn from: how the lens stood, and how far each tile was there. */
struct scan_drawing;

/* NULL without memory. */
struct scan_drawing *scan_drawing_create(void);
/* Accepts NULL. */
void scan_drawing_destroy(struct scan_drawing *drawing);

#define SCAN_CHANGES_MAX 8

struct scan_changes {
    bool all;           /* every pixel of the view may be another */
    struct point moved; /* else: the picture lies so many window pixels farther right and down than it did, */
    struct rect rects[SCAN_CHANGES_MAX]; /* and is another one within these, window pixels of the view. What
                                            has come into view by moving is not among them. */
    int count;
};

/* Compares what scan_compose() would draw of the view now with what it would have drawn when this was asked
 * last, and remembers the present. Says `all` the first time, without memory, and of a page that is not
 * there. What is not sharp yet counts as changed when anything has come or gone that it may be made of. */
void scan_compare(const struct scan *scan, struct scan_drawing *drawing, const struct scan_view *view,
    struct scan_changes *changes);

#endif
