/* A player without a window on the small exhibit, and a folder for what it writes. */
#ifndef TESTS_PLAYER_WORK_H
#define TESTS_PLAYER_WORK_H

#include "player/player.h"
#include "player/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SMALL TEST_SOURCE_DIR "/tests/exhibits/small"

struct work {
    struct player_paths paths;
    struct player *player;
    struct size window;
    int64_t now_ms;
};

/* A new folder to work in, which becomes the current one; what is in it goes with it. */
static inline bool work_enter(char folder[32])
{
    snprintf(folder, 32, "/tmp/vitrine-player-XXXXXX");
    return mkdtemp(folder) != NULL && chdir(folder) == 0;
}

static inline int work_leave(const char *folder, int result)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return chdir("/") == 0 && system(command) == 0 ? result : 1;
}

static inline bool work_open_speaking(struct work *work, const char *exhibit, enum visit_mode mode,
    struct size window, const struct player_speaker *speaker)
{
    struct error err = {0};
    memset(work, 0, sizeof *work);
    work->window = window;
    work->now_ms = 1000;
    if (!player_find_paths(&work->paths, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return false;
    }
    struct player_options options = {
        .exhibit = exhibit, .paths = &work->paths, .mode = mode, .window = window, .speaker = speaker};
    work->player = player_create(&options, work->now_ms, &err);
    if (work->player == NULL) {
        fprintf(stderr, "%s\n", err.message);
        return false;
    }
    return player_wait_ready(work->player, 20000);
}

static inline bool work_open(struct work *work, const char *exhibit, enum visit_mode mode, struct size window)
{
    return work_open_speaking(work, exhibit, mode, window, NULL);
}

static inline void work_close(struct work *work)
{
    player_destroy(work->player);
    work->player = NULL;
}

/* Time goes on in steps of a frame. */
static inline void work_pass(struct work *work, int64_t ms)
{
    for (int64_t end = work->now_ms + ms; work->now_ms < end;) {
        work->now_ms += end - work->now_ms < 16 ? end - work->now_ms : 16;
        player_update(work->player, work->now_ms);
    }
}

static inline bool work_event(struct work *work, struct player_event event)
{
    return player_event(work->player, &event, work->now_ms);
}

static inline void work_finger(struct work *work, enum player_event_kind kind, double x, double y)
{
    work_event(work, (struct player_event){.kind = kind, .finger = 1, .x_win = x, .y_win = y});
}

static inline void work_tap_at(struct work *work, double x, double y)
{
    work_finger(work, PLAYER_FINGER_DOWN, x, y);
    work_pass(work, 50);
    work_finger(work, PLAYER_FINGER_UP, x, y);
    work_pass(work, 400); /* past the time in which the next tap would be the second of two, and past fades */
}

static inline const struct box *work_box(const struct work *work, const char *id)
{
    const struct box_tree *tree = player_tree(work->player);
    int index = box_find(tree, id);
    return index >= 0 ? &tree->boxes[index] : NULL;
}

static inline bool work_tap(struct work *work, const char *id)
{
    const struct box *box = work_box(work, id);
    if (box == NULL) {
        fprintf(stderr, "no box %s\n", id);
        return false;
    }
    struct rect r = rect_intersect(box->fragment_count > 0 ? box->fragments[0] : box->rect, box->clip);
    work_tap_at(work, r.x + r.w / 2.0, r.y + r.h / 2.0);
    return true;
}

static inline bool work_key(struct work *work, enum player_key key)
{
    bool leaves = work_event(work, (struct player_event){.kind = PLAYER_KEY, .key = key});
    work_pass(work, 50);
    return leaves;
}

static inline void work_go(struct work *work, const char *words)
{
    struct place place;
    if (place_parse(str_from(words), &place)) {
        player_go(work->player, &place, work->now_ms);
        work_pass(work, 300);
    }
}

static inline bool work_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    bool ok = file != NULL && fputs(text, file) >= 0;
    return file != NULL && fclose(file) == 0 && ok;
}

static inline char *work_read(const char *path)
{
    FILE *file = fopen(path, "rbe");
    static char text[1 << 20];
    size_t length = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    text[length] = '\0';
    return text;
}

#endif
