/* Where lines end: the first that fits, as books in ragged setting have it. */
#include "layout.h"

enum { SOFT_HYPHEN = 0x00AD };

/* Without the spaces that hang at its end. */
static int trim(const struct paragraph *p, int from, int end)
{
    while (end > from && (p->marks[end - 1] & MARK_SPACE) != 0) {
        end--;
    }
    return end;
}

/* The best places so far to end the line in hand. */
struct places {
    int good, poor;
    int safe; /* inside a word, where no letter changes by it */
    int any;
};

static int choose(const struct places *places, int from, int at)
{
    if (places->good > from) {
        return places->good;
    }
    if (places->poor > from) {
        return places->poor;
    }
    if (places->safe > from) {
        return places->safe;
    }
    return places->any > from ? places->any : at;
}

static int next_grapheme(const struct paragraph *p, int at)
{
    do {
        at++;
    } while (at < p->source.length && (p->marks[at] & MARK_GRAPHEME) == 0);
    return at;
}

static struct fit finish(const struct paragraph *p, int from, int next)
{
    bool soft = next > from && next < p->source.length && p->source.units[next - 1] == SOFT_HYPHEN;
    return (struct fit){.end = trim(p, from, next), .next = next, .hyphen = soft};
}

struct fit fit_line(const struct paragraph *p, int from, int32_t width, int32_t hyphen, enum squeeze_way way)
{
    struct places places = {from, from, from, from};
    int64_t pen = 0; /* up to `at`; a space that hangs adds to it, but is never too wide */
    int length = p->source.length;
    if (way != SQUEEZE_NONE && squeeze_opens(p->source.units[from])) {
        pen -= p->advance[from] / 2; /* it gives way at the line's start */
    }
    for (int at = from; at < length; at++) {
        uint8_t mark = p->marks[at];
        if (at > from) {
            if ((mark & MARK_HARD) != 0) {
                return finish(p, from, at);
            }
            bool room = p->source.units[at - 1] != SOFT_HYPHEN || pen + hyphen <= width;
            if ((mark & MARK_BREAK) != 0 && room) {
                places.good = at;
            } else if ((mark & MARK_POOR) != 0) {
                places.poor = at;
            }
            if ((mark & MARK_GRAPHEME) != 0 && room) {
                places.any = at;
                places.safe = (mark & MARK_UNSAFE) == 0 ? at : places.safe;
            }
        }
        pen += p->advance[at];
        int64_t hangs =
            pen > width && squeeze_hangs(p->source.units[at], way) ? squeeze_hang(p->advance[at]) : 0;
        if (pen - hangs > width && p->advance[at] > 0 && (mark & MARK_SPACE) == 0) {
            return finish(p, from, choose(&places, from, next_grapheme(p, at)));
        }
    }
    return finish(p, from, length);
}

int fit_truncated(const struct paragraph *p, int from, int stop, int32_t width, int32_t ellipsis)
{
    int64_t pen = 0, at_word = 0;
    int end = from, word = from;
    for (int at = from; at < stop; at++) {
        if ((p->marks[at] & MARK_GRAPHEME) != 0) {
            if (pen + ellipsis > width) {
                break;
            }
            end = (p->marks[at] & MARK_UNSAFE) == 0 ? at : end; /* cut letters may be wider than whole ones */
            if ((p->marks[at] & MARK_BREAK) != 0) {
                word = at;
                at_word = pen;
            }
        }
        pen += p->advance[at];
    }
    if (pen + ellipsis <= width) {
        end = stop;
    } else if (at_word * 4 >= (int64_t)width * 3) {
        end = word;
    }
    return trim(p, from, end);
}
