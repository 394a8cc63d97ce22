/* What the screens share: a drawing hand that knows the theme, the measure and the tree, and places text,
 * buttons and prose.
 *
 * Everything is laid out from left to right; view_build() mirrors the finished tree for languages that run
 * the other way. Memory that runs out is remembered in tree->failed; helpers return index -1 then and accept
 * it as a parent. */
#ifndef VIEW_INTERNAL_H
#define VIEW_INTERNAL_H

#include "view/view.h"

enum style {
    STYLE_DISPLAY, /* title on attract and home */
    STYLE_HEADING,
    STYLE_SUBHEADING, /* body size, bold */
    STYLE_LEAD,
    STYLE_BODY,
    STYLE_LABEL,
    STYLE_SOURCE,
    STYLE_COUNT
};

struct theme {
    colour ground, panel, ink, quiet, outline, accent, on_accent, highlight, highlight_ink, table, table_ink,
        table_quiet;
    bool high_contrast;
};

struct view {
    const struct view_input *in;
    const struct visit *visit;
    struct box_tree *tree;
    struct theme theme;
    const char *language;
    double u;                   /* shorter edge / 135, px */
    double scale;               /* text size, 1.0 to 2.0 */
    bool portrait;              /* of the area: higher than wide */
    int margin, gutter, target; /* px */
    int bar_height;
    int bar_top; /* where what belongs to the screen ends: at the bar, or at the classroom's tools above it */
    int bottom;  /* where the bar ends: the window's lower edge, in low reach not under 380 mm, px */
    double least_px[TEXT_FACES]; /* sizes of text: a capital H is seen under 0.7 degrees; 0: not known */
    int root;                    /* index of the screen box */
    struct rect area;    /* what the screen may use: above the bar, in low reach above the reach region, and
                            beside  the panel */
    bool beside_panel;   /* a panel has taken a part of the area */
    struct rect reach;   /* in low reach: where the controls are; empty otherwise */
    struct rect caption; /* where captions stand; empty: nowhere */
    struct rect listen_controls; /* where speed and volume stand when the bar has no room; empty otherwise */
    struct excerpt_kept *excerpts; /* EXCERPTS_KEPT, or NULL */
    struct reach_item *reach_items;
    int reach_count;
    size_t reach_capacity;
    colour on;         /* the ground that text is being placed on */
    struct box *scrap; /* stands in for a box that memory did not reach for; never read */
};

/* ---- style.c: measure, colours, words */
void style_init(struct view *v);
/* How small text may be on this display; lays a letter out. */
void style_least(struct view *v);
int px(const struct view *v, double units);      /* units of u to whole pixels */
int text_px(const struct view *v, double units); /* the same, grown with the text size */
double style_size(const struct view *v, enum style style);
enum text_face style_face(enum style style);
double style_line(const struct view *v, enum style style, const char *language);
/* The width of a line of running text in a style, in the screen's language or another: `characters` of Latin,
 * and in other scripts as many as are read as easily. */
int style_measure(const struct view *v, enum style style, int characters);
int style_measure_in(const struct view *v, enum style style, const char *language, int characters);
struct str words(const struct view *v, const char *key);
struct str words_with(const struct view *v, const char *key, struct str a, struct str b);
/* Words around a number, in the form that the language asks for. */
struct str words_count(const struct view *v, const char *key, long n);
struct str number(const struct view *v, long n);
struct str date_words(const struct view *v, struct date date);
/* A string of the exhibit in the screen's language; *language (may be NULL) is the one found. */
struct str say(const struct view *v, const struct string *string, const char **language);
struct str format(const struct view *v, const char *pattern, ...) __attribute__((format(printf, 2, 3)));
const char *c_string(const struct view *v, struct str s);

/* ---- script.c: what a language's script asks for */
/* The distance of lines, times the size, where Latin has `factor`. */
double script_line(const char *language, double factor, bool label);
/* The width in em of a line that has `characters` in Latin. */
double script_width(const char *language, int characters);

/* ---- placing one thing (style.c, prose.c) */
struct place_text {
    enum box_role role;
    enum style style;
    struct str text;
    colour ink;           /* COLOUR_NONE: the theme's ink */
    const char *language; /* NULL: the screen's */
    unsigned flags;       /* TEXT_BOLD ... */
    enum text_align align;
    int max_lines;
};
/* A text box at (x, y), width wide and as high as its lines; returns its index. */
int put_text(struct view *v, int parent, struct rect where, struct place_text text, const char *id);
int box_height(const struct view *v, int box);
int box_bottom(const struct view *v, int box);
struct box *box_at(const struct view *v, int box); /* never NULL: a scrap box when index is -1 */
/* Lays out a single-style text without placing it. Its start is the screen's, whichever way the text itself
 * runs. */
const struct text_layout *lay(const struct view *v, enum style style, struct str text, const char *language,
    int width, unsigned flags, colour ink, enum text_align align, int max_lines);

enum button_kind { BUTTON_PLAIN, BUTTON_OUTLINED, BUTTON_PRIMARY, BUTTON_TAB };
struct place_button {
    struct str label; /* empty: the icon alone; then `name` says what it is */
    struct str name;  /* accessible name; empty: the label */
    struct str argument;
    const char *language;
    enum button_kind kind;
    enum box_icon icon;       /* stands before the label, or alone */
    enum box_icon icon_after; /* stands after the label */
    enum style style;
    enum action_verb verb;
    unsigned states;
    int excerpt_lines; /* 0: all of the label; else, of a quotation, what stands in so many lines */
};
/* The height that a button of this width needs. */
int button_height(const struct view *v, const struct place_button *button, int width);
/* The width that its label needs on one line. */
int button_width(const struct view *v, const struct place_button *button);
int put_button(
    struct view *v, int parent, struct rect where, const struct place_button *button, const char *id);
/* A button that leads on, to something in the text: in low reach it stands below with the links. True when it
 * was placed here. */
bool put_way_on(
    struct view *v, int parent, struct rect where, const struct place_button *button, const char *id);
/* A control: a button that in low reach moves down to where a hand reaches from a wheelchair. True when it
 * was placed here. */
bool put_control(
    struct view *v, int parent, struct rect where, const struct place_button *button, const char *id);
void set_action(struct view *v, int box, enum action_verb verb, struct str argument);
/* A box that shows nothing and groups. */
int put_group(
    struct view *v, int parent, enum box_role role, struct rect where, struct str name, const char *id);

/* ---- prose.c */
struct place_prose {
    enum style style;
    const char *prefix;   /* ids are prefix.segment, prefix.segment.link1, ... */
    const char *language; /* of the text; NULL: the screen's */
    bool segments;        /* a layer: blocks select their segment, the lit one is lit */
    bool plain_links;     /* links are words only */
    bool bold;
    colour ink; /* COLOUR_NONE: ink */
};
/* One block at (x, y); returns its height without space after it. */
int put_block(
    struct view *v, int parent, const struct block *block, struct rect where, const struct place_prose *how);
/* The space between two blocks. */
int block_gap(const struct view *v, const struct block *before, const struct block *after,
    const struct place_prose *how);
/* All blocks below one another; returns the height. */
int put_prose(struct view *v, int parent, const struct prose_text *prose, struct rect where,
    const struct place_prose *how);
/* The same for a prose of the exhibit in the screen's language, with a line that says so where it is shown in
 * another one. */
int put_prose_of(struct view *v, int parent, const struct prose *prose, struct rect where, enum style style,
    const char *prefix);
/* The words of a prose without marks, for names and excerpts. */
struct str prose_words(
    const struct view *v, const struct prose_text *prose, size_t first_block, size_t blocks);
/* "Modern reconstruction. Exhibit team, 2026" : provenance, the last line of whatever it belongs to. Returns
 * its height. */
int put_provenance(struct view *v, int parent, const struct provenances *provenances,
    const char *text_language, struct rect where, const char *id);
/* Pinned beside something that scrolls: all of it where it stands in `lines` lines (0: as many as it takes),
 * else what it is and from what, else only what it is. Then the caller shows all of it at the end of what
 * scrolls. Its name is all of it. */
int put_provenance_pinned(struct view *v, int parent, const struct provenances *provenances,
    const char *text_language, struct rect where, int lines, const char *id);
bool provenance_fits(const struct view *v, const struct provenances *provenances, const char *text_language,
    int width, int lines);
/* "Shown in English: there is no Korean text yet", where `found` is not the screen's language. Returns its
 * height, 0 when not needed. */
int put_fallback(struct view *v, int parent, const char *found, struct rect where, const char *id);

/* ---- excerpt.c */
#define EXCERPTS_KEPT 64
/* Before the first excerpt of a tree; without memory each is cut anew. */
void excerpt_begin(struct view *v);
/* As much of `text` as stands in `lines` lines of this width: all of it, else whole sentences, else up to the
 * end of a clause or, failing that, of a word, with an ellipsis. */
struct str excerpt(
    const struct view *v, enum style style, struct str text, const char *language, int width, int lines);

/* ---- flow.c: regions that scroll. An item is placed at (x, y) with the width given and says how high it is.
 */
struct flow {
    enum visit_scroller scroller;
    const char *id;
    struct str name;
    int count;
    int (*put)(struct view *v, int region, int item, struct rect where, void *context);
    /* What `put` would return, without putting anything; NULL: it is put and taken away again. */
    int (*height)(const struct view *v, int item, const void *context);
    const char *(*key)(const struct view *v, int item,
        void *context); /* the segment or id of an item, or NULL; may be NULL */
    void *context;
    int pad_top, pad_bottom, pad_side; /* inside the region */
    int max_width;                     /* of the items, 0: all */
    int columns; /* items stand in rows of so many (0: 1); the first of a row places all of it, the others are
                    0 high: so a place among them is the same however many there are in a row */
};
int put_flow(struct view *v, int parent, struct rect where, struct flow *flow);

/* ---- reach.c */
/* What leads on: links, cards, paragraphs. They stand below the controls. */
void reach_add(struct view *v, const struct place_button *button, const char *id);
/* What moves and changes the screen itself. */
void reach_add_control(struct view *v, const struct place_button *button, const char *id);
void put_reach(struct view *v);

/* ---- staff.c */
void put_staff(struct view *v);

/* ---- trouble.c */
void put_trouble(struct view *v);

/* ---- bar.c */
struct bar_item {
    const char *id, *key, *argument; /* of its words; NULL: the label is set already */
    enum box_icon icon;
    enum action_verb verb;
    struct str label;
    struct str name; /* accessible name; empty: the label */
    unsigned states;
    bool toggles;
};
void put_bar(struct view *v);
/* A strip across the screen, from the one above it parted by a hairline. Its number. */
int put_band(
    struct view *v, enum box_role role, struct rect where, colour fill, struct str name, const char *id);
void put_bar_item(struct view *v, int bar, const struct bar_item *item, struct rect where, bool labelled);
/* Has the bar room for speed and volume, without anything on it moving? */
bool bar_has_room(const struct view *v);
void put_menu(struct view *v);
/* A short list beside the button with the id `anchor`. */
int put_menu_list(struct view *v, const char *anchor, int count, const struct place_button *buttons,
    struct str name, const char *id);

/* ---- listen.c */
enum { LISTEN_ITEMS = 2 };
/* Is somebody listening, on a screen with a bar? */
bool listen_shown(const struct view *v);
/* Takes what listening needs from the area: the caption, and speed and volume where the bar has no room. */
void listen_divide(struct view *v, bool controls_on_bar);
void listen_items(const struct view *v, struct bar_item items[LISTEN_ITEMS]);
void put_listen_controls(struct view *v);
void put_listen_menu(struct view *v, bool speed);
void put_caption(struct view *v);
/* Marks the sentence, or the box, that is being read out. */
void mark_spoken(struct view *v);

/* ---- overlay.c */
void put_warning(struct view *v);
void put_lock(struct view *v);
void put_mistake(struct view *v);

/* ---- classroom.c */
/* What the strip of tools takes above the bar; 0 in the other modes. */
int classroom_height(const struct view *v);
void put_tools(struct view *v);
/* What the pen drew on this page, over its image. */
void put_ink(struct view *v, int image, const char *document, struct camera camera, struct camera_page page);
/* Over the finished, mirrored screen. */
void put_spotlight(struct view *v);
void put_blank(struct view *v);

/* ---- page.c: a page of a document behind glass */
/* The page through the visit's camera, with its controls and its provenance, in at most so many lines (0: as
 * many as it takes), inside `where`. */
void put_page(struct view *v, int parent, const struct document *document, struct rect where, bool controls,
    int provenance_lines);
/* The page that the visitor has turned to, or NULL where there is none. */
const struct page *page_now(const struct view *v, const struct document *document);
/* The width that the provenance under a page has. */
int page_provenance_width(const struct view *v, int width);
/* The page through a camera of one's own, without controls or touch: home's picture, attract. */
int put_picture(struct view *v, int parent, const struct document *document, int page, struct rect where,
    struct camera camera, const char *id);
/* A picture that leads to the page, with its provenance under it: `crop_img`, or where its w is 0 the page
 * from its top, as wide as there is room. */
void put_captioned(struct view *v, int parent, const struct document *document, struct rect where,
    struct rectf crop_img, const char *id);
/* The height that the provenance takes under it. */
int captioned_note(struct view *v, const struct document *document, int width);
/* The overview in the corner of a page that is shown close; `shown` is how the page itself is drawn (NULL:
 * not at all). */
void put_overview(struct view *v, int image, struct camera camera, struct camera_page page,
    const struct box_page *shown); /* overview.c */
/* Lights the zones of a segment on a picture placed before. */
void light_picture(struct view *v, int picture, const struct page *page, const char *segment);
const struct view_page_size *page_size(const struct view *v, const char *document, int page);
int page_margin(const struct view *v);
double page_max_scale(const struct view *v);

/* ---- the head of a screen: its name and, if there is one, a line about it. Returns the y below it. */
int put_head(struct view *v, struct str title, struct str lead);

/* ---- lists.c: cards in columns, for every screen that lists things */
struct card {
    struct str title; /* subheading */
    struct str above; /* a small line over the title: a date */
    struct str below; /* a small line under it: a role */
    struct str text;  /* a few lines of prose */
    struct str argument;
    const char *language; /* of title and text, NULL: the screen's */
    const char *id;
    enum action_verb verb;
    int text_lines; /* at most */
    bool metadata;  /* the text is metadata, not prose */
    bool main;      /* in accent */
};
struct cards {
    const char *id;
    struct str name;
    int count, columns;
    void (*card)(const struct view *v, int index, struct card *card, void *context);
    void *context;
};
/* So many columns, at most `most`, that none is narrower than lines of text can be. */
int card_columns(const struct view *v, int width, int most);
void put_cards(struct view *v, struct rect where, struct cards *cards);
/* Where a screen's list goes: below its head. In low reach what can be touched in it has its like below. */
struct rect list_area(const struct view *v, int head_bottom);

/* ---- keys.c: the keyboard on the screen */
/* How high the keys are in a place that offers `most`; 0 when there is nothing to type on. */
int keys_height(const struct view *v, int most);
void put_keys(struct view *v, struct rect where);
/* A button in the form of a key. */
struct place_key {
    struct str label; /* empty: the icon alone */
    struct str name;  /* accessible name; empty: the label */
    const char *language;
    enum box_icon icon;
    enum action_verb verb;
    struct str argument;
    unsigned states;
    bool quiet; /* does not type: not as bright as those that do */
};
void put_key(struct view *v, int parent, struct rect where, const struct place_key *key, const char *id);
int key_width(const struct view *v, const struct place_key *key, int height);

/* ---- screens, each in the file of its name */
void put_attract(struct view *v);
void put_home(struct view *v);
void put_read(struct view *v, const struct document *document); /* record.c */
void put_document(struct view *v, const struct document *document, enum place_view view);
void put_tour(struct view *v);
void put_meaning(struct view *v);
void put_people(struct view *v);
void put_places(struct view *v);
void put_timeline(struct view *v);
void put_words(struct view *v);
void put_related(struct view *v);
void put_questions(struct view *v);
void put_about(struct view *v);
void put_search(struct view *v);
void put_panel(struct view *v);
/* What an open panel leaves of the area; empty when it covers all of it. */
struct rect beside_panel(const struct view *v);

#endif
