/* From what there is and where one is to boxes: view_build() is pure. One file per screen; nothing is
 * remembered from one call to the next except what the text room caches. */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "base/rect.h"
#include "box/box.h"
#include "exhibit/exhibit.h"
#include "exhibit/interface.h"
#include "search/keyboard.h"
#include "search/search.h"
#include "text/text.h"
#include "visit/visit.h"

#include <stdbool.h>
#include <stdint.h>

/* Coast lines for the map: polylines in degrees (x longitude, y latitude). */
struct view_coast {
    struct pointf *points;
    size_t point_count;
    const size_t *starts; /* line_count + 1 indices into points */
    size_t line_count;
};

/* The size of a page's image as the scan knows it; w 0 while it is not known or cannot be read. */
struct view_page_size {
    const char *document;
    int page;
    struct size size_img;
    bool failed; /* the image cannot be shown: say so on screen */
    bool torn;   /* a part of it cannot: the rest is shown, and said so */
};

/* What the search screen shows. */
struct view_search {
    const struct keyboards *keyboards;    /* or NULL: none could be read */
    const struct search_results *results; /* of the visit's query */
    const struct search_word *words;      /* to pick from */
    size_t word_count;
    bool ready; /* the texts have been gone through */
};

/* The display and where it stands, as far as the site file says; zero: not known. */
struct view_display {
    double millimetres_per_px; /* targets are 20 mm at least */
    double distance_mm;        /* of the visitor's eyes: a capital H is seen under 0.7 degrees at least */
    bool placed;               /* low reach keeps controls between 380 and 1220 mm above the floor */
    double floor_mm;           /* from the floor to the window's lower edge */
};

/* Nothing can be shown, and why: for the staff. */
struct view_trouble {
    const char *what; /* English, of an error */
    struct date since;
    const char *time; /* of that day, 14:05 */
};

/* What the staff's menu shows. */
#define VIEW_FACT_MAX 400
struct view_exhibit {
    char title[VIEW_FACT_MAX], language[VISIT_LANGUAGE_MAX + 1]; /* of the title */
    struct date date;                                            /* of its last change; year 0: not known */
    char version[32];        /* a number that the curator gave; empty: the date says it */
    long mistakes, warnings; /* of its check; mistakes < 0: it cannot be opened */
    bool playing;
    bool offered; /* it may be chosen */
};
struct view_staff {
    char version[VIEW_FACT_MAX], system[VIEW_FACT_MAX];
    int64_t uptime_s;
    char title[VIEW_FACT_MAX], title_language[VISIT_LANGUAGE_MAX + 1]; /* of the exhibit */
    char exhibit[VIEW_FACT_MAX];                                       /* where it lies, and its hash */
    long mistakes, warnings; /* of the exhibit's check; < 0: not known */
    bool shell;              /* there is a way to a login */
    int exhibit_count;       /* on this machine */
    struct view_exhibit exhibits[VISIT_EXHIBITS];
};

struct view_input {
    const struct exhibit *exhibit;     /* loaded for visit_needs() */
    const struct interface *interface; /* words */
    struct text *text;                 /* the measurer */
    const struct visit *visit;
    struct size window;
    int64_t now_ms;
    bool complete;                  /* lay out also what is scrolled out of view */
    const char *pressed;            /* id of the box under a finger, or NULL */
    const struct view_coast *coast; /* or NULL */
    const struct view_page_size *pages;
    size_t page_count;
    const struct view_search *search; /* on the search screen; or NULL */
    const char *mistake;              /* --watch: a mistake in the exhibit, to stand on the screen; or NULL */
    struct view_display display;
    const struct view_trouble *trouble; /* stands in place of everything; or NULL */
    const struct view_staff *staff;     /* while its menu is open; or NULL */
    bool closed;                        /* outside the opening hours: the screen is black */
    bool counts;                        /* visits are counted, which the about screen says */
    bool captions;                      /* what is read out is shown as well: it cannot be heard */
    struct str caption; /* the sentence that is being read out, of the language; empty: none */
    const char *caption_language;
};

/* The keyboard that a visitor types on: the one chosen, else that of the screen's language; NULL for none. */
const struct keyboard *view_keyboard(const struct keyboards *keyboards, const struct visit *visit);
/* What a display asks for. How high a capital H must be at least in px, 0: not known. */
double view_cap_px(const struct view_display *display);
/* Where controls can be reached from a wheelchair in a window of this height: from *top to *bottom, px. All
 * of it where the display's place is not known. */
void view_reach(const struct view_display *display, int height, int *top, int *bottom);

/* Builds the tree into `tree` (its arena is reset by the caller; everything is placed in it). False when
 * memory ran out. Boxes' actions carry visit's verbs. */
bool view_build(const struct view_input *input, struct box_tree *tree);

/* What visit needs to know of a tree. Pointers are the tree's. */
void view_metrics(const struct box_tree *tree, const struct view_input *input, struct visit_metrics *metrics);

/* The page images that the tree shows now (boxes with look.page) are asked of the tree; this is the page that
 * a flight under way leads to. False: none. */
bool view_destination(
    const struct view_input *input, const struct visit_metrics *metrics, struct box_page *page);

#endif
