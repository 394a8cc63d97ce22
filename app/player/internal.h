/* The player among its own files. Each prefix is a file. */
#ifndef PLAYER_INTERNAL_H
#define PLAYER_INTERNAL_H

#include "player/player.h"

#include "base/arena.h"
#include "base/log.h"
#include "box/gesture.h"
#include "exhibit/interface.h"
#include "view/view.h"

#include <sys/stat.h>

/* ---- assets.c: fonts; coast.c: coast lines */
struct assets {
    struct arena arena;
    struct text_catalogue catalogue;
    struct view_coast coast;
    bool coast_read;
};
/* Reads fonts.yaml. */
bool assets_open(struct assets *assets, const char *folder, struct error *err);
/* The first time reads map/coast.txt where there is one (a map without coast lines is drawn without). False
 * when out of memory only. */
bool assets_open_coast(struct assets *assets, const char *folder, const struct log *log);
void assets_finish(struct assets *assets);

/* ---- pages.c: documents' pages as the scan engine knows them */
struct page_entry {
    char document[PLACE_ID_MAX + 1];
    int page;
    int handle; /* the engine's; -1: cannot be shown */
    enum scan_format format;
    char path[PLAYER_PATH_MAX];
    struct timespec changed; /* of the file, to know a new picture after a reload */
    off_t bytes;
};
struct pages {
    struct scan *scan;
    struct page_entry **entries;
    struct view_page_size *sizes; /* beside the entries */
    size_t count, capacity, size_capacity;
};
/* Opens a page that is not open yet. False when out of memory only. */
bool pages_need(struct pages *pages, const struct exhibit *exhibit, const struct document *document, int page,
    const struct log *log);
/* The engine's number of a page, -1 when it cannot be shown. */
int pages_find(const struct pages *pages, const char *document, int page);
/* The same as paint asks for it; the context is struct pages. */
int pages_handle(void *context, const char *document, int page);
/* Marks pages whose one image could not be decoded. True when one was found. */
bool pages_note_failures(struct pages *pages, const struct scan_view *views, size_t count);
/* Forgets pages whose files are others now than they were. */
void pages_refresh(struct pages *pages, const struct exhibit *exhibit);
void pages_finish(struct pages *pages);

/* ---- fade.c: from one screen to the next */
struct fade {
    uint32_t *old, *now; /* what was on the screen; what will be. NULL: no fade */
    int width, height;
    int64_t start_ms;
    struct rect area; /* where they differ */
    bool apart;       /* it runs without pictures: whoever shows it has them */
};
bool fade_begin(struct fade *fade, const struct paint_target *target, int64_t now_ms);
/* What is to be painted while the fade runs. */
struct paint_target fade_target(const struct fade *fade);
/* Mixes into the target for this moment; ends the fade when its time is over. Returns the area. */
struct rect fade_mix(struct fade *fade, const struct paint_target *target, int64_t now_ms);
void fade_end(struct fade *fade);
bool fade_runs(const struct fade *fade);
/* For a host that keeps the old picture and mixes by itself. */
void fade_begin_apart(struct fade *fade, int64_t now_ms);
/* How much of the old picture is seen, of 256; ends the fade when its time is over. */
int fade_share(struct fade *fade, int64_t now_ms);

/* ---- input.c, keys.c */
enum hold { HOLD_NONE, HOLD_PAGE, HOLD_OVERVIEW, HOLD_REGION };
struct input {
    struct gesture gesture;
    char pressed[128]; /* id of the box under the finger; empty: none */
    bool swallow;      /* this touch has had its effect (a warning went away): the rest of it means nothing */
    bool asleep;       /* nobody was there when the finger came down: its lift begins the visit */
    enum hold hold;    /* what a drag has hold of */
    int scroller;
    struct rect page_win;
    bool writing; /* the pen is down ... */
    int64_t pen;  /* ... in this finger */
};
void input_init(struct player *player);
void input_tick(struct player *player);
/* True: leave. */
bool input_event(struct player *player, const struct player_event *event);
bool keys_press(struct player *player, enum player_key key);
void keys_type(struct player *player, struct str text);

/* ---- find.c: what the search screen shows */
struct finding_state {
    struct search *search;       /* NULL: nobody has searched yet */
    struct keyboards *keyboards; /* or they could not be read */
    struct search_results results;
    struct search_word *words;
    struct view_search view;
    char asked[VISIT_QUERY_MAX + VISIT_LANGUAGE_MAX * 2 + 4]; /* what `results` answer */
    bool asked_ready, opened;
    int64_t began_ms; /* when the index was begun */
};
/* Before a layout of the search screen: the index is begun, the query answered. */
void find_update(struct player *player);
/* Has the index come in since the screen was laid out? */
bool find_arrived(struct player *player);
/* When the index is there, where that is known beforehand; else INT64_MAX. */
int64_t find_deadline(const struct player *player);
/* Is nothing awaited on this screen? */
bool find_ready(const struct player *player);
/* The exhibit is another one now. */
void find_forget(struct player *player);
void find_finish(struct player *player);

/* ---- focus.c */
/* On the keyboard: to the key above (-1) or below (+1). False when the focus is not there, or leaves it. */
bool focus_row(struct player *player, int step);
/* Moves the focus to the next (+1) or previous (-1) box that can be focused, scrolling regions to what was
 * not laid out, and brings it into view. */
void focus_move(struct player *player, int step);

/* ---- speech.c, say.c */
enum speech_kind {
    SPEECH_NONE,
    SPEECH_SCREEN, /* the visitor has it read out */
    SPEECH_FOCUS,
    SPEECH_OFFER, /* how to listen, to who began with a key */
    SPEECH_ALERT
};
#define SPEECH_MUTE_MAX 8
struct speech {
    const struct player_speaker *speaker; /* NULL: captions only */
    FILE *log;                            /* NULL: none */
    struct arena arena;                   /* what is found in one tree */
    enum speech_kind kind;                /* what is being said */
    bool reading;                         /* a sentence of the screen was said to its end */
    bool captioned;                       /* it is shown, for it cannot be heard */
    int64_t until_ms;                     /* how long a caption stands */
    char *text;                           /* of the focus, offer or alert: all that is to be said */
    size_t length, at;
    char language[VISIT_LANGUAGE_MAX + 1]; /* the text's */
    char caption[1024];
    char caption_language[VISIT_LANGUAGE_MAX + 1];
    /* The sentence, in case that it cannot be said after all; its text is the caption's. */
    struct player_sentence said;
    uint64_t focus;    /* what the focus was when it was spoken last; 0: nothing was focused */
    uint64_t query;    /* what was looked for, and how much was found, at that time */
    int64_t warned_ms; /* the warning that was spoken */
    size_t offered;    /* in how many of the exhibit's languages it was said how to listen */
    char mute[SPEECH_MUTE_MAX][VISIT_LANGUAGE_MAX + 1]; /* languages that turned out to have no voice */
    size_t mute_count;
};
bool speech_open(struct speech *speech, const struct player_options *options, struct error *err);
void speech_finish(struct speech *speech);
/* Input: whatever is being said ends now. */
void speech_hush(struct player *player);
/* The visit starts over, or the exhibit was read anew: what was spoken of it is forgotten. */
void speech_reset(struct player *player);
/* Says how to listen in each of the exhibit's languages, the one on the screen first. Where nothing can be
 * heard it does nothing: Listen can be seen. */
void speech_offer(struct player *player);
/* Goes on with what is to be said at now_ms; lays out. */
void speech_update(struct player *player);
int64_t speech_deadline(const struct player *player);
/* Are captions to be shown beside what is read? */
bool speech_captions(const struct player *player);

/* say.c: one sentence, aloud or as a caption */
void say_sentence(
    struct player *player, struct str text, const char *language, const char *id, int least_volume);
/* Is the sentence over? One that failed becomes a caption. */
bool say_over(struct player *player);

/* reading.c: the next sentence of the screen; what is read is brought into view. */
void reading_next(struct player *player);
/* The words for a box that has the focus: name, role, state. The arena's. */
struct str reading_of_control(const struct player *player, int box, struct arena *arena);
/* On the search screen: what is looked for and how much was found; empty elsewhere, and while it is not
 * known. The arena's. */
struct str reading_of_query(const struct player *player, struct arena *arena);

/* ---- the player */
#define NEEDS_MAX 4 /* places that visit_needs() names */

/* Where an exhibit lies. */
struct opened {
    char *path;    /* without links; malloc'd */
    uint64_t node; /* the folder's number on its disk: one that was mended has the same path */
};

struct player {
    struct player_paths paths;
    char *exhibit_path;    /* as it was named; it may be a link */
    struct opened opened;  /* what is open */
    struct opened refused; /* where the link led to something that cannot be shown; path NULL: nowhere */
    char *given_language;  /* by the command line; NULL: none */
    struct assets assets;
    struct interface *interface;
    struct text *text;
    struct scan *scan;
    struct paint *paint;
    struct exhibit *exhibit;
    struct findings *findings; /* of the exhibit, after a reload; it outlives it */
    struct pages pages;
    struct place loaded[NEEDS_MAX]; /* what was read for the last layout */
    size_t loaded_count;
    struct visit visit;
    struct visit_metrics metrics; /* of the tree */
    struct arena arena;           /* the tree's */
    struct box_tree tree;
    struct input input;
    struct fade fade;
    struct finding_state find;
    void (*wake)(void *context);
    void *wake_context;
    struct size window;
    const struct player_staff *staff; /* NULL: there is no menu */
    struct view_staff staff_facts;
    enum visit_staff_screen staff_seen; /* for which they were asked */
    struct player_trouble trouble;
    struct view_trouble trouble_view; /* of it; `what` NULL: there is none */
    struct site site;                 /* zero: none was given */
    struct speech speech;
    struct player_observer observer;
    const struct log *log;
    char *mistake;
    int64_t now_ms;
    int64_t alarm_ms;  /* when the visit changes by itself */
    int64_t faded_ms;  /* the visit's last transition that was seen */
    int64_t expect_ms; /* when the next fonts are read ahead */
    size_t expected;   /* of the exhibit's languages, times the faces: whose fonts were asked for ahead */
    bool dirty;        /* the tree is out of date */
    bool touched;      /* the visit may be another one than in the tree: `laid` tells */
    struct visit laid; /* the visit, and what was pressed, in the tree */
    char laid_pressed[sizeof((struct input *)0)->pressed];
    unsigned long layouts;
    int undrawn;      /* trees built since one was drawn */
    bool unbuilt;     /* memory ran out before the tree was whole: what is on the screen stays there */
    bool unread;      /* and what it shows was not read to its end: the exhibit must be read anew */
    int64_t again_ms; /* when it is tried again */
    bool forget;      /* texts of the tree drawn last may be gone: what it looked like cannot be compared */
    bool tiles_changed;
    bool complete;
    bool steady; /* player_options.source was given */
    bool closed; /* outside the opening hours */
    bool drawn;
    int64_t drawn_ms; /* the last time */
};

/* ---- lay.c */
#define VIEWS_MAX 16 /* pages on one screen */
/* Builds the tree if it is out of date, so that what is measured fits the state. */
void player_lay_out(struct player *player);
/* Memory was out: what could not be shown is tried again, a second later. */
void player_try_again(struct player *player);
/* What the first screen needs, before there is one. */
void player_ask_early(struct player *player);
/* Tiles came, or failed: what failed is said on its page. */
void player_note_failures(struct player *player);
/* The views of all pages on the screen; returns how many, at most `capacity`. */
size_t player_views(const struct player *player, struct scan_view *views, size_t capacity);
/* Units of 1/135 of the screen's shorter edge in pixels. */
int player_units(const struct player *player, double units);

/* ---- act.c */
/* Does an action, or a box's, as if it had been touched. */
void player_act(struct player *player, enum action_verb verb, struct str argument);
void player_act_box(struct player *player, int box);

/* ---- staff.c */
/* True: the event was the last of a knock, and means nothing else. */
bool staff_knock(struct player *player, const struct player_event *event);
/* Figures of a real keyboard type the code. */
bool staff_key(struct player *player, enum player_key key);
/* Nothing is shown: it is outside the opening hours, and none of the staff is there. */
bool staff_dark(const struct player *player);
/* Does what the staff's menu asks for. */
void staff_serve(struct player *player);

/* ---- site.c */
/* A player that has nothing but a message. */
bool player_open_trouble(struct player *player, const struct player_trouble *trouble, struct error *err);
/* Of all the player's languages the one that it begins with: the one given, else what the site speaks. */
const char *player_trouble_language(const struct player *player, const char *given);

/* The display as the view needs it, for the window as it is. */
struct view_display player_display(const struct player *player);
/* Leaves the exhibit only the languages that the site offers. */
void player_offer_languages(const struct player *player, struct exhibit *exhibit);
/* After how long an exhibit's visit is thought to be over: the site's word, or else the exhibit's. */
int player_idle_s(const struct player *player, const struct exhibit *exhibit);

/* A volume in percent as the site wants it. */
int player_loudness(const struct player *player, int volume);

/* ---- opening.c */
/* Opens what player->exhibit_path leads to now; its path without links is the caller's. NULL with *err. */
struct exhibit *opening_open(
    struct player *player, struct findings *findings, struct opened *opened, struct error *err);
/* The exhibit to begin with. ERROR_USAGE when it is not in the language that was asked for (NULL: in any). */
bool opening_first(struct player *player, const char *language, struct error *err);
/* What each visit begins with; lent by the exhibit. */
const char *opening_language(const struct player *player, const struct exhibit *exhibit);

/* ---- observe.c */
/* Shows the observer the visit as it is now; a zoom, by whatever it was asked for. */
void observe(struct player *player);
void observe_act(const struct player *player, enum action_verb verb);

/* ---- reload.c */
/* The same exhibit, at the same place; a mistake stands on the screen. */
void reload(struct player *player);
/* Another exhibit, for another visit. False, with a line in the log and nothing changed, when there is a
 * mistake in it. */
bool reload_other(struct player *player);

#endif
