#include "visit/action.h"

#include <string.h>

static const char *const words[ACTION_VERBS] = {
    [ACTION_NONE] = "none",
    [ACTION_GO] = "go",
    [ACTION_BACK] = "back",
    [ACTION_HOME] = "home",
    [ACTION_CLOSE] = "close",
    [ACTION_BEGIN] = "begin",
    [ACTION_MENU] = "menu",
    [ACTION_LANGUAGE] = "language",
    [ACTION_TEXT_SIZE] = "text-size",
    [ACTION_CONTRAST] = "contrast",
    [ACTION_LOW_REACH] = "low-reach",
    [ACTION_LISTEN] = "listen",
    [ACTION_SPEED] = "speed",
    [ACTION_VOLUME] = "volume",
    [ACTION_MOTION] = "motion",
    [ACTION_SHORTCUTS] = "shortcuts",
    [ACTION_SELECT] = "select",
    [ACTION_PANE] = "pane",
    [ACTION_ZOOM] = "zoom",
    [ACTION_ROTATE] = "rotate",
    [ACTION_MOVE] = "move",
    [ACTION_CENTRE] = "centre",
    [ACTION_PAGE] = "page",
    [ACTION_TOUR] = "tour",
    [ACTION_REVEAL] = "reveal",
    [ACTION_TYPE] = "type",
    [ACTION_KEYBOARD] = "keyboard",
    [ACTION_PICK] = "pick",
    [ACTION_FIND] = "find",
    [ACTION_PEN] = "pen",
    [ACTION_SPOTLIGHT] = "spotlight",
    [ACTION_BLANK] = "blank",
    [ACTION_SECTION] = "section",
    [ACTION_SCROLL] = "scroll",
    [ACTION_STAY] = "stay",
    [ACTION_UNLOCK_NOTE] = "unlock-note",
    [ACTION_STAFF] = "staff",
};

const char *action_word(enum action_verb verb)
{
    return (unsigned)verb < ACTION_VERBS ? words[verb] : words[ACTION_NONE];
}

enum action_verb action_from_word(struct str word)
{
    for (int verb = ACTION_NONE + 1; verb < ACTION_VERBS; verb++) {
        if (str_equal_c(word, words[verb])) {
            return (enum action_verb)verb;
        }
    }
    return ACTION_NONE;
}

struct action action_make(enum action_verb verb, struct str argument)
{
    struct action action;
    memset(&action, 0, sizeof action);
    action.verb = verb;
    struct str cut = str_slice(argument, 0, sizeof action.argument - 1);
    if (cut.length != 0) {
        memcpy(action.argument, cut.data, cut.length);
    }
    return action;
}
