#include "check.h"
#include "visit/action.h"

static void words_are_read_as_they_are_written(void)
{
    for (int verb = ACTION_NONE + 1; verb < ACTION_VERBS; verb++) {
        const char *word = action_word((enum action_verb)verb);
        CHECK(word != NULL && word[0] >= 'a' && word[0] <= 'z');
        CHECK_INT(action_from_word(str_from(word)), verb);
    }
    CHECK_TEXT(action_word(ACTION_GO), "go");
    CHECK_TEXT(action_word(ACTION_TEXT_SIZE), "text-size");
}

static void unknown_words_are_no_verb(void)
{
    CHECK_INT(action_from_word(STR("")), ACTION_NONE);
    CHECK_INT(action_from_word(STR("none")), ACTION_NONE);
    CHECK_INT(action_from_word(STR("GO")), ACTION_NONE);
    CHECK_INT(action_from_word(STR("gone")), ACTION_NONE);
    CHECK_TEXT(action_word((enum action_verb)4711), "none");
    CHECK_TEXT(action_word((enum action_verb) - 1), "none");
}

static void arguments_are_copied_and_cut(void)
{
    char much[400];
    memset(much, 'x', sizeof much);
    struct action action = action_make(ACTION_GO, STR("person:stalin"));
    CHECK_INT(action.verb, ACTION_GO);
    CHECK_TEXT(action.argument, "person:stalin");
    action = action_make(ACTION_GO, (struct str){much, sizeof much});
    CHECK_INT(strlen(action.argument), sizeof action.argument - 1);
    action = action_make(ACTION_BACK, (struct str){NULL, 0});
    CHECK_TEXT(action.argument, "");
}

int main(void)
{
    RUN(words_are_read_as_they_are_written);
    RUN(unknown_words_are_no_verb);
    RUN(arguments_are_copied_and_cut);
    return check_report();
}
