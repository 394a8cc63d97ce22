/* Which screens an exhibit has something for: known from the start, so that home offers what there is and
 * reads nothing more. */
#include "internal.h"

#include "path.h"

static const struct {
    enum place_kind kind;
    enum list_kind list;
} list_screens[] = {{PLACE_PEOPLE, LIST_PEOPLE}, {PLACE_PLACES, LIST_PLACES}, {PLACE_TIMELINE, LIST_TIMELINE},
    {PLACE_WORDS, LIST_GLOSSARY}, {PLACE_QUESTIONS, LIST_QUESTIONS}};

void screens_find(struct exhibit *exhibit)
{
    for (int i = 0; i < LISTS; i++) {
        exhibit->lists[i].there =
            path_try(exhibit->root, list_file((enum list_kind)i), LIMIT_YAML_BYTES) == PATH_GOOD;
    }
}

bool exhibit_has_screen(const struct exhibit *exhibit, enum place_kind kind)
{
    for (size_t i = 0; i < sizeof list_screens / sizeof list_screens[0]; i++) {
        if (list_screens[i].kind == kind) {
            return exhibit->lists[list_screens[i].list].there;
        }
    }
    if (kind == PLACE_MEANING) {
        return exhibit->head.meaning_count > 0;
    }
    if (kind == PLACE_RELATED) {
        const struct document *home = exhibit_find_document(exhibit, NULL);
        return home == NULL || home->related_count > 0;
    }
    if (kind == PLACE_SEARCH) {
        return exhibit->root >= 0; /* a single image has no words */
    }
    return kind > PLACE_NONE && kind <= PLACE_ABOUT;
}
