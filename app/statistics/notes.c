/* What to know about the figures before one believes them. */
#include "wording.h"

#include "base/array.h"

#include <string.h>

static const char *say_missed(struct wording *w, const struct figures *f)
{
    int64_t open = 0;
    for (int i = 0; i < CELL_WEEK_BINS; i++) {
        open += f->open_s[i];
    }
    if (!f->hours_known) {
        return told(w, "statistics.note.no-hours");
    }
    return f->missed_s > 0 ? told_with(w, "statistics.note.missed", wording_time(w, (double)f->missed_s),
                                 wording_share(w, f->missed_s, open), "")
                           : told(w, "statistics.note.ran");
}

static int64_t counted(const struct figures *f, const char *name)
{
    if (strcmp(name, "left-out") == 0) {
        return f->left_out;
    }
    return strcmp(name, "cut") != 0
               ? figures_note(f, name)
               : figures_note(f, "begun") - figures_note(f, "ended") - 1; /* it may be running now */
}

const char *wording_note(struct wording *w, const struct figures *f, int index)
{
    static const char *const numbered[] = {
        "left-out", "dropped", "damaged", "clock", "unset", "suspect", "row", "cleaning", "cut"};
    static const char *const fixed[] = {"end", "small", "median"};
    int said = 0;
    if (index == said) {
        return say_missed(w, f);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(numbered); i++) {
        int64_t n = counted(f, numbered[i]);
        if (n > 0 && ++said == index) {
            const char *key = told_text(w, "statistics.note.%s", numbered[i]);
            return told_with(w, key, wording_count(w, n), "", "");
        }
    }
    int which = index - said - 1;
    return which < (int)ARRAY_LENGTH(fixed) ? told(w, told_text(w, "statistics.note.%s", fixed[which]))
                                            : NULL;
}
