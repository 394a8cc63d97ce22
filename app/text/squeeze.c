#include "squeeze.h"

#include <string.h>

enum squeeze_way squeeze_way_of(const char *east)
{
    if (east == NULL || east[0] == 'k') {
        return SQUEEZE_NONE;
    }
    return east[0] == 'j'                 ? SQUEEZE_JAPANESE
           : strcmp(east, "zh-Hans") == 0 ? SQUEEZE_SIMPLIFIED
                                          : SQUEEZE_TRADITIONAL;
}

bool squeeze_opens(uint16_t c)
{
    switch (c) {
    case 0x2018:
    case 0x201C:
    case 0x3008:
    case 0x300A:
    case 0x300C:
    case 0x300E:
    case 0x3010:
    case 0x3014:
    case 0x3016:
    case 0x3018:
    case 0xFF08:
    case 0xFF3B:
    case 0xFF5B:
        return true;
    default:
        return false;
    }
}

/* Is the right half of its square empty? */
static bool closes(uint16_t c, enum squeeze_way way)
{
    switch (c) {
    case 0x2019:
    case 0x201D:
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x3015:
    case 0x3017:
    case 0x3019:
    case 0xFF09:
    case 0xFF3D:
    case 0xFF5D:
        return true;
    case 0x3001:
    case 0x3002:
    case 0xFF0C:
    case 0xFF0E:
        return way != SQUEEZE_TRADITIONAL;
    case 0xFF01:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF1F:
        return way == SQUEEZE_SIMPLIFIED;
    default:
        return false;
    }
}

/* The double angle bracket is wider than half its square. */
bool squeeze_hangs(uint16_t c, enum squeeze_way way)
{
    return way != SQUEEZE_NONE && c >= 0x3001 && c != 0x300B &&
           closes(c, way == SQUEEZE_SIMPLIFIED ? SQUEEZE_JAPANESE : way);
}

/* What precedes decides for an opening mark, what follows for a closing one: of a pair only one gives way. */
static bool gives_way(const uint16_t *units, int length, int at, enum squeeze_way way, int line_start)
{
    if (squeeze_opens(units[at])) {
        return at == line_start || (at > 0 && squeeze_opens(units[at - 1]));
    }
    return closes(units[at], way) && at + 1 < length &&
           (squeeze_opens(units[at + 1]) || closes(units[at + 1], way));
}

unsigned squeeze_marks(const uint16_t *units, int length, int from, int to, enum squeeze_way way,
    int line_start, hb_feature_t *out)
{
    unsigned count = 0;
    for (int at = from; at < to && count < SQUEEZE_MAX; at++) {
        if (units[at] >= 0x2018 && gives_way(units, length, at, way, line_start)) {
            out[count++] = (hb_feature_t){HB_TAG('h', 'a', 'l', 't'), 1, (unsigned)at, (unsigned)at + 1};
        }
    }
    return count;
}
