#include "player/record.h"

#include "base/stream.h"

#include "script.h"

#include <errno.h>
#include <string.h>

bool record_open(struct record *record, const char *path, struct size window, struct error *err)
{
    *record = (struct record){.window = window};
    record->file = stream_open(path, "w");
    if (record->file == NULL) {
        return error_set_at(err, ERROR_MACHINE, path, 0, 0, "cannot be written: %s", strerror(errno));
    }
    setvbuf(record->file, NULL, _IOLBF, 0); /* so that a visit that ends badly is there up to its end */
    return true;
}

static double fraction(double value, int whole)
{
    double f = whole > 0 ? value / whole : 0;
    return !(f > 0) ? 0 : f < 1 ? f : 1;
}

/* The number of a finger in the script; 0 when it is not down or there are too many. */
static int finger_number(struct record *record, const struct player_event *event)
{
    int free_at = -1, at = -1;
    for (int i = 0; i < RECORD_FINGERS; i++) {
        if (record->fingers[i].down && record->fingers[i].finger == event->finger) {
            at = i;
        } else if (!record->fingers[i].down && free_at < 0) {
            free_at = i;
        }
    }
    if (at < 0 && event->kind == PLAYER_FINGER_DOWN && free_at >= 0) {
        at = free_at;
        record->fingers[at].down = true;
        record->fingers[at].finger = event->finger;
    }
    if (at >= 0 && event->kind == PLAYER_FINGER_UP) {
        record->fingers[at].down = false;
    }
    return at + 1;
}

static void record_finger(struct record *record, const struct player_event *event, double x, double y)
{
    static const char *const verbs[] = {
        [PLAYER_FINGER_DOWN] = "down", [PLAYER_FINGER_MOVE] = "move", [PLAYER_FINGER_UP] = "up"};
    int number = finger_number(record, event);
    if (number > 0) {
        fprintf(record->file, "%lld %s %d %.6f %.6f\n", (long long)record->last_ms, verbs[event->kind],
            number, x, y);
    }
}

void record_event(struct record *record, const struct player_event *event, int64_t ms)
{
    if (record->file == NULL) {
        return;
    }
    record->last_ms = ms > record->last_ms ? ms : record->last_ms;
    double x = fraction(event->x_win, record->window.w), y = fraction(event->y_win, record->window.h);
    long long at = record->last_ms;
    switch (event->kind) {
    case PLAYER_FINGER_DOWN:
    case PLAYER_FINGER_MOVE:
    case PLAYER_FINGER_UP:
        record_finger(record, event, x, y);
        break;
    case PLAYER_WHEEL:
        fprintf(record->file, "%lld wheel %.6f %.6f %g\n", at, x, y, event->wheel);
        break;
    case PLAYER_KEY:
        if (event->key != KEY_NONE) {
            fprintf(record->file, "%lld key %s\n", at, script_key_name(event->key));
        }
        break;
    case PLAYER_TEXT:
        fprintf(record->file, "%lld type %s\n", at, event->text);
        break;
    case PLAYER_RESIZE:
        record->window = event->window;
        fprintf(record->file, "%lld resize %d %d\n", at, event->window.w, event->window.h);
        break;
    case PLAYER_FINGERS_LOST:
    case PLAYER_RELOAD:
        break;
    }
}

bool record_close(struct record *record, int64_t ms)
{
    if (record->file == NULL) {
        return true;
    }
    fprintf(record->file, "%lld quit\n", (long long)(ms > record->last_ms ? ms : record->last_ms));
    bool ok = ferror(record->file) == 0;
    ok = fclose(record->file) == 0 && ok;
    record->file = NULL;
    return ok;
}
