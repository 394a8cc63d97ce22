/* The tree of boxes: the one description of a screen. The same boxes are drawn, hit by a finger, walked by
 * keys, spoken, described and checked. A tree is a flat array in reading order, which is also painting order
 * (later covers earlier); a box's parent stands before it. Everything a box points at lives in the tree's
 * arena or longer. All coordinates are window pixels. */
#ifndef BOX_BOX_H
#define BOX_BOX_H

#include "base/arena.h"
#include "base/colour.h"
#include "base/rect.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct text_layout; /* text/text.h: the box only carries it */

enum box_role {
    BOX_SCREEN, /* the root */
    BOX_GROUP,
    BOX_BAR,    /* the fixed bar */
    BOX_REGION, /* scrolls */
    BOX_PANEL,  /* slides over what is below it; takes its touches */
    BOX_HEADING,
    BOX_TEXT,
    BOX_LABEL,      /* metadata, captions */
    BOX_PROVENANCE, /* where something comes from */
    BOX_BUTTON,
    BOX_LINK,
    BOX_TAB,
    BOX_LIST,
    BOX_ITEM,
    BOX_IMAGE, /* a page of a document, or a map */
    BOX_ZONE,  /* a part of an image that can be touched */
    BOX_ALERT, /* speaks up by itself: idle warning, mistake in the exhibit */
    BOX_ROLES
};

enum { /* states, in the order in which describe prints them */
    BOX_FOCUSED = 1 << 0,
    BOX_PRESSED = 1 << 1,
    BOX_SELECTED = 1 << 2, /* the lit segment, the chosen tab */
    BOX_CHECKED = 1 << 3,  /* a switch that is on */
    BOX_EXPANDED = 1 << 4, /* its menu is open */
    BOX_DISABLED = 1 << 5, /* seen but without effect; its action only says why */
    BOX_FALLBACK = 1 << 6, /* shown in another language than the screen's */
    BOX_MODAL = 1 << 7,    /* only its own boxes, later ones and the bar's have focus and touch */
    BOX_SPOKEN = 1 << 8    /* it is being read out */
};

enum box_icon {
    ICON_NONE,
    ICON_HOME,
    ICON_BACK,
    ICON_LANGUAGE,
    ICON_TEXT_SIZE,
    ICON_CONTRAST,
    ICON_LOW_REACH,
    ICON_LISTEN,
    ICON_CLOSE,
    ICON_PLUS,
    ICON_MINUS,
    ICON_WHOLE_PAGE,
    ICON_PREVIOUS,
    ICON_NEXT,
    ICON_PLAY,
    ICON_PAUSE,
    ICON_ROTATE,
    ICON_UP,
    ICON_DOWN,
    ICON_FORWARD /* -> */,
    ICON_CHECK,
    ICON_SEARCH,
    ICON_LOCK,
    ICON_CHEVRON_DOWN,
    ICON_ERASE,
    ICON_SHIFT,
    ICON_KEYBOARD,
    ICON_SPEED,
    ICON_VOLUME,
    ICON_SILENT,
    ICON_COUNT
};

/* What a finger or key does here. The box does not know what a verb means; visit/action.h does. */
struct box_action {
    int verb;            /* 0: none */
    const char *word;    /* as describe prints it */
    struct str argument; /* may be empty */
};

struct box_zone { /* a polygon in image pixels */
    const struct pointf *points_img;
    size_t count;
};

/* A page of a document, seen through a camera (camera/camera.h, resolved). */
struct box_page {
    const char *document; /* id */
    int page;             /* index */
    double x_page, y_page, scale;
    int quarter_turns;
    /* Polygons in image pixels that are lit (multiplied with `lit`, or outlined with outline_px in high
     * contrast). */
    const struct box_zone *zones;
    size_t zone_count;
    colour lit;
    int outline_px; /* 0: multiply */
    colour missing; /* hatching for parts that cannot be shown */
};

/* A line drawing: a map, a ruler, a diagram. Coordinates relative to the box. */
enum box_stroke { STROKE_LINE, STROKE_DASHED, STROKE_FILL, STROKE_ARROW };
struct box_path {
    const struct pointf *points;
    size_t count;
    bool closed;
    enum box_stroke stroke;
    double width_px;
    colour ink;
};

struct box_look {
    colour fill;    /* COLOUR_NONE: nothing */
    colour outline; /* COLOUR_NONE: nothing; inside the rectangle */
    int outline_px;
    int hairline_top_px; /* a line along the top edge only, in `outline` */
    const struct text_layout *text;
    struct point text_at; /* of the layout's top left, relative to the box */
    int text_width_px; /* the width the layout was set to, so that box_mirror can put it on the other side; 0:
                          it stays */
    bool text_cut;     /* the text is drawn only between these two, relative to the box: at the edge of what
                          scrolls no line is cut through */
    int text_from_px, text_to_px;
    colour ink; /* COLOUR_NONE: the spans' own */
    enum box_icon icon;
    struct rect icon_at; /* relative to the box */
    colour icon_ink;
    const struct box_page *page;
    const struct box_path *paths;
    size_t path_count;
    /* Behind the text, relative to it: the sentence that is being read out. */
    const struct rect *marks;
    size_t mark_count;
    colour mark;
    int mark_px; /* 0: filled; else outlined so thick */
    int veil;    /* 1 to 255: what lies below is darkened by so much, but for the holes (window pixels) */
    const struct rect *holes;
    size_t hole_count;
};

/* How a region scrolls: what visit needs to move it. Items are what the region lists, in order. */
struct box_scroll {
    int scroller;            /* visit's number of it */
    int first, count;        /* items laid out; the others are out of reach of one screen */
    const int *tops_px;      /* count + 1: top of each laid out item and bottom of the last, relative to the
                                region's top */
    const char *const *keys; /* count: the segment or id of each item, or NULL */
    int total;               /* items in all */
    int viewport_px;
    bool at_start, at_end;
};

struct box {
    const char *id;
    enum box_role role;
    struct str name;      /* accessible name; of a text its words */
    const char *language; /* BCP 47 of the name; NULL: the screen's */
    unsigned states;
    struct rect rect;
    struct rect clip; /* what of it can be seen: the ancestors' clips in common */
    int parent;       /* index, -1 for the root */
    int depth;
    struct box_action action;
    bool toggles; /* its action switches something: BOX_CHECKED says that it is on, nothing that it is off */
    const struct rect *fragments; /* of a link that runs over lines: what a finger hits, instead of rect */
    size_t fragment_count;
    const struct box_scroll *scroll; /* of a region */
    const char *segment;             /* the segment this box shows or belongs to, or NULL */
    struct box_look look;
    colour ground; /* what really is behind its text and icons, for contrast checks */
};

struct box_tree {
    struct arena *arena;
    struct box *boxes;
    size_t count, capacity;
    struct size window;
    colour ground;
    colour focus;        /* the ring around the box with BOX_FOCUSED ... */
    int focus_px;        /* ... this thick and this far outside the box (0.5u); 0: no ring */
    colour focus_lining; /* fills the gap between the two: the ring stands out on whatever lies there */
    bool failed;         /* memory ran out: the tree is incomplete */
    bool complete;       /* also what is scrolled out of view is there (describe) */
    const char *language;
    bool rtl;
};

/* An empty tree. The boxes themselves live in the arena too: call this whenever the arena was reset. */
void box_start(struct box_tree *tree, struct arena *arena, struct size window);
/* Adds a box under `parent` (-1 for the first) with everything else empty; its clip is the parent's (the
 * first one's its own rectangle). The id is copied into the arena; capitals in it become small letters
 * (language tags have them), what an id may not have becomes '-'. Returns its index, or -1 with tree->failed
 * set. Pointers into boxes are invalid after the next add. */
int box_add(struct box_tree *tree, int parent, enum box_role role, struct rect rect, const char *id_format,
    ...) __attribute__((format(printf, 5, 6)));
/* Moves boxes first .. count-1 by (dx, dy), their fragments too, clips not. */
void box_move(struct box_tree *tree, size_t first, int dx, int dy);
/* Removes the boxes from index `count` on. */
void box_truncate(struct box_tree *tree, size_t count);
/* Mirrors all boxes from `first` on within [left, left + width): for right-to-left languages. Texts, pages
 * and drawings keep their own direction: what lies on an image, and a link's fragments in its text, moves
 * with it as a whole. Icons change sides within their box, and texts whose look says how wide they were laid
 * out. Clips change sides where they lie within the range. */
void box_mirror(struct box_tree *tree, size_t first, int left, int width);

/* Index of the box with this id, or -1. */
int box_find(const struct box_tree *tree, const char *id);
/* The box with an action that a finger at (x, y) means. The topmost, except that a zone gives way to any
 * other box that is hit (and the smaller to the larger zone does not). Where nothing, or only a paragraph, is
 * hit the nearest link within slop_px is meant. Nothing is hit through a panel or a modal. Boxes that are
 * disabled are hit: their action says why. -1 when none. */
int box_hit(const struct box_tree *tree, int x, int y, int slop_px);
/* The innermost region / page image at a point, or -1; panels hide what they cover. */
int box_region_at(const struct box_tree *tree, int x, int y);
int box_page_at(const struct box_tree *tree, int x, int y);
/* Can it be focused: has an action, is not hidden by a modal nor wholly covered by a panel, and is in the
 * tree (scrolled out of view counts: it will be brought into view). */
bool box_focusable(const struct box_tree *tree, int index);
/* Focus order is array order. From `current` (an id or NULL) step +1 or -1, wrapping; -1 when nothing can be
 * focused. */
int box_focus_step(const struct box_tree *tree, const char *current, int step);

/* Prints the contract's description: one box per line, indented by two spaces per depth:
 * role "name" id x,y wxh {states} [action argument]
 * Control characters, quotes, backslashes and malformed bytes are C escapes; empty braces and brackets are
 * left out. */
void box_describe(const struct box_tree *tree, FILE *stream);
const char *box_role_word(enum box_role role);

/* Everything about a box that its pixels depend on, hashed: equal hashes draw equal pixels (text layouts by
 * identity, so layouts must not be freed while hashes are compared). */
uint64_t box_look_hash(const struct box *box);

#endif
