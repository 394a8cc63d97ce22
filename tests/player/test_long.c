/* An exhibit with a text of 1 MB opens at once and scrolls as any other: only what is near the screen is laid
 * out, and a scroll lays nothing out again. */
#include "internal.h"

#include "exhibit/folder.h"

#include "check.h"

#include <time.h>

enum { PARAGRAPHS = 5000, WIDTH = 1280, HEIGHT = 800 };

static const char sentence[] =
    "The comrades informed the committee about the following: the present situation differs from that of the "
    "past, and "
    "the question should be discussed once more, with care, before an answer is sent to those who asked. ";

/* `paragraphs` of the text, together 1 MB. */
static struct folder make(const char *name, int paragraphs)
{
    struct folder folder = folder_make(name);
    size_t size = 0, room = (size_t)1200 * 1000;
    char *text = malloc(room);
    folder_write(&folder, "exhibit.yaml",
        "vitrine: 1\ntitle: Long\nlanguages: [en]\nhome: {document: letter, lead: Long.}\n"
        "provenance: [{kind: editorial}]\n");
    folder_write(&folder, "documents/letter/document.yaml",
        "title: A long letter\nlayers:\n  - id: transcription\n    title: The text\n    kind: transcription\n"
        "    provenance: [{kind: transcription}]\n");
    for (int i = 0; text != NULL && i < PARAGRAPHS; i++) {
        bool starts = i % (PARAGRAPHS / paragraphs) == 0;
        int length =
            snprintf(text + size, room - size, starts ? "\n\n{#p%d} %d. %s" : "%d. %d. %s", i, i, sentence);
        size += length > 0 ? (size_t)length : 0;
    }
    if (text != NULL) {
        folder_write(&folder, "documents/letter/text/transcription.en.md", text);
        CHECK_THAT(size > 1000 * 1000, "%zu bytes", size);
    }
    free(text);
    return folder;
}

struct long_stand {
    struct player *player;
    struct player_paths paths;
    int64_t now_ms;
};

static bool open_long(struct long_stand *stand, const struct folder *folder)
{
    struct error err = {0};
    memset(stand, 0, sizeof *stand);
    struct player_options options = {
        .exhibit = folder->path, .paths = &stand->paths, .window = {WIDTH, HEIGHT}, .reduced_motion = true};
    bool found = player_find_paths(&stand->paths, &err);
    stand->player = found ? player_create(&options, 0, &err) : NULL;
    CHECK_THAT(stand->player != NULL, "%s", err.message);
    return stand->player != NULL;
}

static void update(struct long_stand *stand, int ms)
{
    stand->now_ms += ms;
    player_update(stand->player, stand->now_ms);
}

static void go(struct long_stand *stand, const char *words)
{
    struct place place;
    CHECK(place_parse(str_from(words), &place));
    player_go(stand->player, &place, ++stand->now_ms);
    update(stand, 16);
    update(stand, 2000);
}

/* Draws a finger by `dy`, in steps. */
static void drag(struct long_stand *stand, int steps, double dy)
{
    struct player_event event = {.kind = PLAYER_FINGER_DOWN, .finger = 1, .x_win = 300, .y_win = 400};
    player_event(stand->player, &event, stand->now_ms);
    event.kind = PLAYER_FINGER_MOVE;
    for (int i = 0; i < steps; i++) {
        event.y_win += dy / steps;
        player_event(stand->player, &event, stand->now_ms);
        update(stand, 16);
    }
    update(stand, 500); /* it comes to rest under the finger, so that nothing glides */
    event.kind = PLAYER_FINGER_UP;
    player_event(stand->player, &event, stand->now_ms);
    update(stand, 16);
}

static int64_t made(const struct long_stand *stand)
{
    return text_layouts_made(stand->player->text);
}

static int top_of(const struct long_stand *stand, const char *id)
{
    int box = box_find(player_tree(stand->player), id);
    return box >= 0 ? player_tree(stand->player)->boxes[box].rect.y : INT32_MIN;
}

static void lays_out_only_what_is_near(void)
{
    struct folder folder = make("long", PARAGRAPHS);
    struct long_stand stand;
    if (open_long(&stand, &folder)) {
        update(&stand, 16);
        go(&stand, "document:letter/text");
        int64_t start = made(&stand);
        CHECK_THAT(start < 200, "%ld layouts to open", (long)start);
        int before = top_of(&stand, "text.p3");
        drag(&stand, 40, -320);
        int64_t down = made(&stand) - start;
        CHECK_INT(top_of(&stand, "text.p3"), before - 320);
        CHECK_THAT(down <= 12, "%ld layouts for a scroll of 320 px", (long)down);
        drag(&stand, 40, 320);
        CHECK_INT(top_of(&stand, "text.p3"), before);
        CHECK_INT((int)(made(&stand) - start - down), 0);
        int64_t near = made(&stand);
        go(&stand, "document:letter#p4321");
        int there = top_of(&stand, "text.p4321");
        CHECK_THAT(there >= 0 && there < HEIGHT, "%d", there);
        CHECK_THAT(made(&stand) - near < 200, "%ld layouts for a leap", (long)(made(&stand) - near));
        player_destroy(stand.player);
    }
    folder_remove(&folder);
}

/* In low reach what stands near can be chosen below, and not all that there is. */
static void low_reach_lays_out_no_more(void)
{
    struct folder folder = make("long-reach", PARAGRAPHS);
    struct long_stand stand;
    if (open_long(&stand, &folder)) {
        struct player_appearance low = {.low_reach = true};
        player_appear(stand.player, &low, stand.now_ms);
        update(&stand, 16);
        go(&stand, "document:letter/text");
        CHECK_THAT(made(&stand) < 400, "%ld layouts to open", (long)made(&stand));
        CHECK(box_find(player_tree(stand.player), "reach.p2") >= 0);
        CHECK(box_find(player_tree(stand.player), "reach.p2000") < 0);
        go(&stand, "document:letter#p2000");
        CHECK_THAT(made(&stand) < 800, "%ld layouts after a leap", (long)made(&stand));
        CHECK(box_find(player_tree(stand.player), "reach.p2000") >= 0);
        CHECK(box_find(player_tree(stand.player), "reach.p2") < 0);
        player_destroy(stand.player);
    }
    folder_remove(&folder);
}

/* One paragraph as long as a book is laid out once, and found again however it is scrolled. */
static void a_paragraph_of_a_megabyte(void)
{
    struct folder folder = make("long-one", 1);
    struct long_stand stand;
    if (open_long(&stand, &folder)) {
        update(&stand, 16);
        go(&stand, "document:letter/text");
        int64_t start = made(&stand);
        int before = top_of(&stand, "text.p0");
        drag(&stand, 40, -320);
        CHECK_INT(top_of(&stand, "text.p0"), before - 320);
        CHECK_THAT(made(&stand) - start <= 4, "%ld layouts for a scroll", (long)(made(&stand) - start));
        player_destroy(stand.player);
    }
    folder_remove(&folder);
}

int main(void)
{
    RUN(lays_out_only_what_is_near);
    RUN(low_reach_lays_out_no_more);
    RUN(a_paragraph_of_a_megabyte);
    return check_report();
}
