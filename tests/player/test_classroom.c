/* The teacher's tools, as a class sees them: on the telegram, in a window on a projector. */
#include "player/player.h"

#include "base/array.h"
#include "view/audit.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

static const struct size WINDOW = {1024, 768};

struct lesson {
    struct player_paths paths;
    struct player *player;
    uint32_t *pixels;
    int64_t now_ms;
};

static bool begin(struct lesson *lesson, enum visit_mode mode)
{
    struct error err = {0};
    memset(lesson, 0, sizeof *lesson);
    lesson->pixels = calloc((size_t)WINDOW.w * (size_t)WINDOW.h, sizeof *lesson->pixels);
    if (player_find_paths(&lesson->paths, &err)) {
        struct player_options options = {.exhibit = lesson->paths.exhibit,
            .paths = &lesson->paths,
            .mode = mode,
            .window = WINDOW,
            .reduced_motion = true};
        lesson->player = player_create(&options, 0, &err);
    }
    CHECK_THAT(lesson->player != NULL && lesson->pixels != NULL, "%s", err.message);
    return lesson->player != NULL && lesson->pixels != NULL;
}

static void end(struct lesson *lesson)
{
    player_destroy(lesson->player);
    free(lesson->pixels);
}

static void pass(struct lesson *lesson, int64_t ms)
{
    player_update(lesson->player, lesson->now_ms += ms);
}

static void go(struct lesson *lesson, const char *words)
{
    struct place place;
    CHECK(place_parse(str_from(words), &place));
    player_go(lesson->player, &place, ++lesson->now_ms);
    pass(lesson, 1500);
    player_wait_ready(lesson->player, 20000);
    pass(lesson, 10);
}

static void key(struct lesson *lesson, int number)
{
    struct player_event event = {.kind = PLAYER_KEY, .key = (enum player_key)number};
    lesson->now_ms += 50;
    player_event(lesson->player, &event, lesson->now_ms);
    pass(lesson, 50);
}

static void finger(struct lesson *lesson, enum player_event_kind kind, int64_t which, double x, double y)
{
    struct player_event event = {.kind = kind, .finger = which, .x_win = x, .y_win = y};
    lesson->now_ms += 20;
    player_event(lesson->player, &event, lesson->now_ms);
    pass(lesson, 5);
}

static void stroke(struct lesson *lesson, double x0, double y0, double x1, double y1)
{
    finger(lesson, PLAYER_FINGER_DOWN, 1, x0, y0);
    finger(lesson, PLAYER_FINGER_MOVE, 1, (x0 + x1) / 2, (y0 + y1) / 2);
    finger(lesson, PLAYER_FINGER_MOVE, 1, x1, y1);
    finger(lesson, PLAYER_FINGER_UP, 1, x1, y1);
}

static void draw(struct lesson *lesson)
{
    struct rect damage[PAINT_DAMAGE_MAX];
    struct paint_target target = {lesson->pixels, WINDOW.w, WINDOW.h, WINDOW.w};
    player_draw(lesson->player, &target, true, damage);
}

static int brightness(const struct lesson *lesson, int x, int y)
{
    uint32_t c = lesson->pixels[(size_t)y * (size_t)WINDOW.w + (size_t)x];
    return (int)((c >> 16 & 255) + (c >> 8 & 255) + (c & 255));
}

static const struct box *find(const struct lesson *lesson, const char *id)
{
    const struct box_tree *tree = player_tree(lesson->player);
    int index = box_find(tree, id);
    return index >= 0 ? &tree->boxes[index] : NULL;
}

static const struct visit *visit(const struct lesson *lesson)
{
    return player_visit(lesson->player);
}

static void the_pen_draws_on_the_page_and_is_wiped_on_leaving(void)
{
    struct lesson lesson;
    if (begin(&lesson, MODE_CLASSROOM)) {
        go(&lesson, "scan");
        double zoom = visit(&lesson)->here.camera.scale;
        stroke(&lesson, 300, 200, 340, 260); /* no pen in hand: a drag */
        CHECK_INT(visit(&lesson)->ink.stroke_count, 0);
        key(&lesson, KEY_PEN);
        stroke(&lesson, 400, 200, 600, 260);
        stroke(&lesson, 400, 300, 600, 300);
        CHECK_INT(visit(&lesson)->ink.stroke_count, 2);
        CHECK(visit(&lesson)->here.camera.scale == zoom);
        const struct box *drawing = find(&lesson, "page.drawing");
        CHECK(drawing != NULL && drawing->look.path_count == 2);
        if (drawing != NULL && drawing->look.path_count == 2) {
            struct pointf last = drawing->look.paths[1].points[drawing->look.paths[1].count - 1];
            CHECK_THAT(last.x + drawing->rect.x > 599 && last.x + drawing->rect.x < 601 &&
                           last.y + drawing->rect.y > 299 && last.y + drawing->rect.y < 301,
                "the stroke ends at %.1f,%.1f", last.x + drawing->rect.x, last.y + drawing->rect.y);
        }
        struct visit_point before = visit(&lesson)->ink.points_img[0];
        key(&lesson, KEY_PLUS); /* closer: the drawing stays where it is on the page */
        pass(&lesson, 2000);
        CHECK(memcmp(&before, &visit(&lesson)->ink.points_img[0], sizeof before) == 0);
        key(&lesson, KEY_UNDO);
        CHECK_INT(visit(&lesson)->ink.stroke_count, 1);
        go(&lesson, "parallel"); /* the same page, beside its text */
        CHECK_INT(visit(&lesson)->ink.stroke_count, 1);
        go(&lesson, "people");
        CHECK_INT(visit(&lesson)->ink.stroke_count, 0);
        go(&lesson, "scan");
        stroke(&lesson, 400, 200, 600, 260);
        key(&lesson, KEY_WIPE);
        CHECK_INT(visit(&lesson)->ink.stroke_count, 0);
    }
    end(&lesson);
}

/* Strokes are bounded, and other fingers mean nothing while one writes. */
static void the_pen_has_an_end(void)
{
    struct lesson lesson;
    if (begin(&lesson, MODE_CLASSROOM)) {
        go(&lesson, "scan");
        key(&lesson, KEY_PEN);
        for (int i = 0; i < VISIT_STROKES + 5; i++) {
            stroke(&lesson, 400, 150 + i, 600, 150 + i);
        }
        CHECK_INT(visit(&lesson)->ink.stroke_count, VISIT_STROKES);
        key(&lesson, KEY_WIPE);
        finger(&lesson, PLAYER_FINGER_DOWN, 1, 400, 200);
        for (int i = 0; i < VISIT_STROKE_POINTS + 500; i++) {
            finger(&lesson, PLAYER_FINGER_MOVE, 1, 350 + i % 2 * 200, 200 + i % 50);
            if (i % 100 == 0) {
                finger(&lesson, PLAYER_FINGER_DOWN, 2, 300, 300);
                finger(&lesson, PLAYER_FINGER_UP, 2, 300, 300);
            }
        }
        CHECK_INT(visit(&lesson)->ink.ends[0], VISIT_STROKE_POINTS);
        CHECK_INT(visit(&lesson)->ink.stroke_count, 1);
        finger(&lesson, PLAYER_FINGER_UP, 1, 400, 200);
        CHECK(!visit(&lesson)->ink.drawing);
    }
    end(&lesson);
}

static void the_spotlight_dims_all_but_what_is_lit(void)
{
    struct lesson lesson;
    if (begin(&lesson, MODE_CLASSROOM)) {
        go(&lesson, "text");
        draw(&lesson);
        int paper = brightness(&lesson, 5, 300);
        key(&lesson, KEY_SPOTLIGHT);
        pass(&lesson, 1500);
        CHECK(visit(&lesson)->here.segment[0] != '\0');
        const struct box_tree *tree = player_tree(lesson.player);
        const struct box *lit = NULL;
        for (size_t i = 0; i < tree->count; i++) {
            bool is = (tree->boxes[i].states & BOX_SELECTED) != 0 && tree->boxes[i].segment != NULL;
            lit = is ? &tree->boxes[i] : lit;
        }
        draw(&lesson);
        CHECK(lit != NULL && brightness(&lesson, 5, 300) < paper / 2);
        CHECK(lit != NULL &&
              brightness(&lesson, lit->rect.x + lit->rect.w - 3, lit->rect.y + 2) > paper * 3 / 4);
        char first[PLACE_ID_MAX + 1];
        snprintf(first, sizeof first, "%s", visit(&lesson)->here.segment);
        key(&lesson, KEY_PAGE_DOWN);
        pass(&lesson, 1500);
        CHECK(strcmp(first, visit(&lesson)->here.segment) != 0);
        key(&lesson, KEY_PAGE_UP);
        pass(&lesson, 1500);
        CHECK_TEXT(visit(&lesson)->here.segment, first);
        key(&lesson, KEY_SPOTLIGHT);
        draw(&lesson);
        CHECK_INT(brightness(&lesson, 5, 300), paper);
    }
    end(&lesson);
}

static void the_screen_goes_black_and_comes_back_with_any_key(void)
{
    static const enum player_key keys[] = {KEY_BLANK, KEY_RIGHT, KEY_SELECT, KEY_DIGIT_0 + 3, KEY_BACK};
    struct lesson lesson;
    if (begin(&lesson, MODE_CLASSROOM)) {
        go(&lesson, "people");
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
            key(&lesson, KEY_BLANK);
            draw(&lesson);
            int sum = 0;
            for (int p = 0; p < WINDOW.w * WINDOW.h; p += 97) {
                sum += brightness(&lesson, p % WINDOW.w, p / WINDOW.w);
            }
            CHECK_INT(sum, 0);
            key(&lesson, (int)keys[i]);
            CHECK(!visit(&lesson)->blank && visit(&lesson)->here.place.kind == PLACE_PEOPLE);
        }
        key(&lesson, KEY_BLANK);
        finger(&lesson, PLAYER_FINGER_DOWN, 1, 500, 300);
        finger(&lesson, PLAYER_FINGER_UP, 1, 500, 300);
        CHECK(!visit(&lesson)->blank && visit(&lesson)->here.panel.kind == PLACE_NONE);
    }
    end(&lesson);
}

static void answers_come_one_by_one(void)
{
    struct lesson lesson;
    if (begin(&lesson, MODE_CLASSROOM)) {
        go(&lesson, "questions");
        key(&lesson, KEY_PAGE_DOWN);
        CHECK(visit(&lesson)->revealed == 1);
        key(&lesson, KEY_PAGE_DOWN);
        CHECK(visit(&lesson)->revealed == 3);
        key(&lesson, KEY_PAGE_UP);
        CHECK(visit(&lesson)->revealed == 1);
        for (int i = 0; i < 40; i++) {
            key(&lesson, KEY_PAGE_DOWN); /* when all are shown it scrolls */
        }
        size_t count = 0;
        exhibit_questions(player_exhibit(lesson.player), &count);
        CHECK(count > 2 && visit(&lesson)->revealed == (UINT64_C(1) << count) - 1);
        CHECK(find(&lesson, "tool.next-answer") == NULL);
    }
    end(&lesson);
}

static void numbers_lead_to_sections_and_home_says_which(void)
{
    static const enum place_kind order[] = {PLACE_DOCUMENT, PLACE_MEANING, PLACE_PEOPLE, PLACE_PLACES,
        PLACE_TIMELINE, PLACE_WORDS, PLACE_RELATED, PLACE_QUESTIONS, PLACE_ABOUT};
    struct lesson lesson;
    if (begin(&lesson, MODE_CLASSROOM)) {
        player_complete(lesson.player, true);
        pass(&lesson, 10);
        const struct box *people = find(&lesson, "home.people");
        CHECK(people != NULL && people->name.length > 1 && people->name.data[0] == '3');
        for (int i = 0; i < 9; i++) {
            key(&lesson, KEY_DIGIT_0 + 1 + i);
            CHECK_THAT(visit(&lesson)->here.place.kind == order[i], "key %d leads to %d", i + 1,
                (int)visit(&lesson)->here.place.kind);
        }
        key(&lesson, KEY_DIGIT_0);
        CHECK(visit(&lesson)->here.place.kind == PLACE_HOME);
    }
    end(&lesson);
}

/* In a gallery nobody finds a black screen or a drawing. */
static void a_kiosk_has_none_of_it(void)
{
    struct lesson lesson;
    if (begin(&lesson, MODE_KIOSK)) {
        go(&lesson, "scan");
        CHECK(find(&lesson, "tools") == NULL);
        for (int k = KEY_BLANK; k <= KEY_DIGIT_9; k++) {
            key(&lesson, k);
        }
        stroke(&lesson, 400, 200, 600, 260);
        CHECK(!visit(&lesson)->blank && !visit(&lesson)->pen && !visit(&lesson)->spotlight);
        CHECK(visit(&lesson)->ink.stroke_count == 0 && visit(&lesson)->here.place.kind == PLACE_DOCUMENT);
    }
    end(&lesson);
}

/* Every screen holds in a window of 1024x768 with larger type and the tools below, in each language. */
static void every_screen_fits_the_projector(void)
{
    static const char *const screens[] = {"home", "read", "scan", "text", "parallel", "meaning", "people",
        "places", "timeline", "words", "related", "questions", "about", "search", "person:pak-heon-yeong",
        "note:about-this-record"};
    struct lesson lesson;
    if (!begin(&lesson, MODE_CLASSROOM)) {
        return;
    }
    const struct exhibit_head *head = exhibit_head(player_exhibit(lesson.player));
    for (size_t l = 0; l < head->language_count; l++) {
        struct player_appearance look = {.language = head->languages[l]};
        player_appear(lesson.player, &look, ++lesson.now_ms);
        for (size_t i = 0; i < ARRAY_LENGTH(screens); i++) {
            struct audit_breach breaches[3];
            go(&lesson, screens[i]);
            size_t count = view_audit(player_tree(lesson.player), false, breaches, ARRAY_LENGTH(breaches));
            CHECK_THAT(count == 0, "%s in %s: %s", screens[i], head->languages[l], breaches[0].message);
            bool tools = box_find(player_tree(lesson.player), "tools") >= 0,
                 panel = strchr(screens[i], ':') != NULL; /* it lies over them */
            CHECK_THAT(tools || panel || strcmp(screens[i], "search") == 0, "%s has no tools", screens[i]);
        }
    }
    CHECK(player_visit(lesson.player)->text_size > 100); /* larger type, without being asked for */
    end(&lesson);
}

int main(void)
{
    RUN(every_screen_fits_the_projector);
    RUN(the_pen_draws_on_the_page_and_is_wiped_on_leaving);
    RUN(the_pen_has_an_end);
    RUN(the_spotlight_dims_all_but_what_is_lit);
    RUN(the_screen_goes_black_and_comes_back_with_any_key);
    RUN(answers_come_one_by_one);
    RUN(numbers_lead_to_sections_and_home_says_which);
    RUN(a_kiosk_has_none_of_it);
    return check_report();
}
