/* A visit script: steps of one line each, read into checked values before anything is played.
 *
 *     <milliseconds> <verb> <arguments>        a line whose first character is # is a comment
 *
 * Times count from the first frame and never go backwards. Besides the verbs of the contract there are `wheel
 * X Y STEPS` and `type TEXT` (to the line's end, what a real keyboard types), so that everything a visitor
 * can do can be recorded. */
#ifndef PLAYER_SCRIPT_H
#define PLAYER_SCRIPT_H

#include "base/error.h"
#include "base/str.h"
#include "player/player.h"

#include <stddef.h>
#include <stdint.h>

enum script_verb {
    SCRIPT_GO,
    SCRIPT_WAIT,
    SCRIPT_TAP,
    SCRIPT_DRAG,
    SCRIPT_PINCH,
    SCRIPT_LOOK,
    SCRIPT_KEY,
    SCRIPT_DOWN,
    SCRIPT_MOVE,
    SCRIPT_UP,
    SCRIPT_WHEEL,
    SCRIPT_TYPE,
    SCRIPT_RESIZE,
    SCRIPT_SCREENSHOT,
    SCRIPT_QUIT,
    SCRIPT_VERBS
};

struct script_step {
    int64_t ms;
    enum script_verb verb;
    int line;
    struct place place;  /* go */
    const char *text;    /* tap @ID: the id; screenshot: the path; type: the text; else NULL */
    enum player_key key; /* key */
    double n[5];         /* numbers, in the order in which they are written */
    int count;           /* of numbers */
};

struct script {
    char *name, *text; /* the file's; steps point into text */
    struct script_step *steps;
    size_t count, capacity;
};

/* ERROR_INPUT with file, line and column of the first mistake. */
bool script_open(struct script *script, const char *path, struct error *err);
/* The same from memory; `name` is for messages. */
bool script_parse(struct script *script, struct str text, const char *name, struct error *err);
void script_finish(struct script *script);

/* "Tab", "PageDown", ... and back. */
enum player_key script_key(struct str name);
const char *script_key_name(enum player_key key);

#endif
