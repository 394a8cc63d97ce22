/* Whatever is folded: what comes out is UTF-8, has single spaces and none at its ends, is folded already, and
 * each of its bytes comes from a place in the text, in order. */
#include "fold.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct fold *fold; /* reading what ICU knows of Han takes a while: once for all inputs */

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    fold = fold_create();
    return fold != NULL ? 0 : 1;
}

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check_spaces(struct str text)
{
    for (size_t i = 0; i < text.length; i++) {
        bool edge = i == 0 || i + 1 == text.length;
        must(text.data[i] != ' ' || (!edge && text.data[i + 1] != ' '));
    }
}

static void check_places(const struct folded *folded, size_t size)
{
    for (size_t i = 0; i < folded->length; i++) {
        must(folded->at[i] < size && (i == 0 || folded->at[i] >= folded->at[i - 1]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct folded with = {.bytes = NULL}, without = {.bytes = NULL}, again = {.bytes = NULL};
    if (fold_text(fold, text, true, &with) && fold_text(fold, text, false, &without)) {
        struct str folded = {with.bytes, with.length};
        must(str_equal(folded, (struct str){without.bytes, without.length}));
        must(utf8_check(folded) == folded.length);
        check_spaces(folded);
        check_places(&with, size);
        must(!fold_text(fold, folded, false, &again) ||
             str_equal(folded, (struct str){again.bytes, again.length}));
    }
    folded_finish(&with);
    folded_finish(&without);
    folded_finish(&again);
    return 0;
}
