/* Running text as a book has it: lines of a good length in every script, quotations set apart, a heading
 * never alone at the foot. */
#include "check.h"
#include "stand.h"

#include "base/utf8.h"
#include "text/text.h"

#define LANGUAGES TEST_SOURCE_DIR "/tests/exhibits/languages"

static bool stands_on_its_own(uint32_t c)
{
    return !((c >= 0x0300 && c <= 0x036F) || (c >= 0x0591 && c <= 0x05C7) || (c >= 0x064B && c <= 0x0652) ||
             (c >= 0x0900 && c <= 0x0903) || (c >= 0x093A && c <= 0x094F) || c == 0x0E31 ||
             (c >= 0x0E34 && c <= 0x0E3A) || (c >= 0x0E47 && c <= 0x0E4E) || c == 0xAD ||
             (c >= 0x200B && c <= 0x200F) || c >= 0xE0000);
}

static int count_characters(struct str s)
{
    int count = 0;
    for (size_t at = 0; at < s.length;) {
        count += stands_on_its_own(utf8_next(s, &at)) ? 1 : 0;
    }
    return count;
}

/* Characters in a line, over all paragraphs of three lines and more; 0 when there is none. */
static double line_length(const struct box_tree *tree)
{
    double characters = 0, lines = 0;
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (box->segment != NULL && box->role == BOX_TEXT && box->look.text != NULL &&
            text_measure(box->look.text).line_count >= 3 && strcmp(box->segment, "long") != 0) {
            characters += count_characters(box->name);
            lines += text_measure(box->look.text).line_count - 0.5; /* the last is half full */
        }
    }
    return lines > 0 ? characters / lines : 0;
}

static bool is_dense(const char *language)
{
    return strncmp(language, "zh", 2) == 0 || strcmp(language, "ja") == 0;
}

static void lines_have_a_good_length(void)
{
    static const int text_sizes[] = {100, 125, 150, 200};
    struct stand stand;
    CHECK(stand_open(&stand, LANGUAGES, (struct size){1920, 1080}));
    if (stand.player == NULL) {
        return;
    }
    player_complete(stand.player, true);
    const struct exhibit_head *head = exhibit_head(player_exhibit(stand.player));
    for (size_t l = 0; l < head->language_count; l++) {
        const char *language = head->languages[l];
        int seen = 0;
        for (size_t t = 0; t < sizeof text_sizes / sizeof text_sizes[0]; t++) {
            stand_appear(&stand, language, text_sizes[t], false, false);
            double length = line_length(stand_at(&stand, "text"));
            double least = is_dense(language) ? 25 : strcmp(language, "ko") == 0 ? 28 : 45;
            double most = is_dense(language) ? 40 : 75;
            CHECK_THAT(length == 0 || (length >= least && length <= most),
                "%s at %d: %.1f characters in a line", language, text_sizes[t], length);
            seen += length > 0 ? 1 : 0;
        }
        CHECK_THAT(seen > 0, "%s has no paragraph of three lines", language);
    }
    stand_close(&stand);
}

static void quotations_stand_apart(void)
{
    static const char *const languages[] = {"en", "ar"};
    struct stand stand;
    CHECK(stand_open(&stand, LANGUAGES, (struct size){1920, 1080}));
    for (int i = 0; stand.player != NULL && i < 2; i++) {
        stand_appear(&stand, languages[i], 100, false, false);
        const struct box_tree *tree = stand_at(&stand, "text");
        int quote = box_find(tree, "text.article-1"), rule = box_find(tree, "quote.rule"),
            plain = box_find(tree, "text.date");
        CHECK(quote >= 0 && rule >= 0 && plain >= 0);
        if (quote >= 0 && rule >= 0 && plain >= 0) {
            const struct box *q = &tree->boxes[quote], *r = &tree->boxes[rule], *p = &tree->boxes[plain];
            int q_left = q->rect.x + q->look.text_at.x, q_right = q_left + q->look.text_width_px;
            int p_left = p->rect.x + p->look.text_at.x, p_right = p_left + p->look.text_width_px;
            bool rtl = i == 1; /* the indent and the rule are at the start, which is right in Arabic */
            CHECK_THAT(rtl ? q_right < p_right && q_left == p_left : q_left > p_left && q_right == p_right,
                "%d..%d, %d..%d", q_left, q_right, p_left, p_right);
            CHECK(
                rtl ? r->rect.x > q_right && r->rect.x < p_right : r->rect.x < q_left && r->rect.x > p_left);
        }
    }
    stand_close(&stand);
}

/* Is any of the text drawn? */
static bool shows(const struct box *box)
{
    struct rect seen = rect_intersect(box->rect, box->clip);
    return !rect_empty(seen) && (!box->look.text_cut || box->look.text_to_px > box->look.text_from_px);
}

static void a_heading_is_never_alone_at_the_foot(void)
{
    struct stand stand;
    CHECK(stand_open(&stand, LANGUAGES, (struct size){1024, 600}));
    if (stand.player == NULL) {
        return;
    }
    stand_appear(&stand, "en", 150, false, false);
    stand_at(&stand, "text");
    struct player_event event = {.kind = PLAYER_FINGER_DOWN, .finger = 1, .x_win = 200, .y_win = 470};
    player_event(stand.player, &event, stand.now_ms);
    event.kind = PLAYER_FINGER_MOVE;
    int hidden = 0, shown = 0;
    for (int step = 0; step < 160; step++) {
        event.y_win -= 2; /* upwards, to the text's end, and the heading comes in at the foot */
        stand.now_ms += 16;
        player_event(stand.player, &event, stand.now_ms);
        player_update(stand.player, stand.now_ms);
        const struct box_tree *tree = player_tree(stand.player);
        int heading = box_find(tree, "text.trials"), next = box_find(tree, "text.nested");
        if (heading >= 0 && next >= 0) {
            const struct box *h = &tree->boxes[heading], *n = &tree->boxes[next];
            int foot = h->clip.y + h->clip.h;
            bool inside = h->rect.y >= h->clip.y && h->rect.y + h->rect.h <= foot;
            CHECK_THAT(!inside || shows(h) == shows(n), "heading at %d, text at %d, foot %d", h->rect.y,
                n->rect.y, foot);
            hidden += inside && !shows(h) ? 1 : 0;
            shown += inside && shows(h) ? 1 : 0;
        }
    }
    CHECK_THAT(hidden > 0 && shown > 0, "%d hidden, %d shown", hidden, shown);
    stand_close(&stand);
}

int main(void)
{
    RUN(lines_have_a_good_length);
    RUN(quotations_stand_apart);
    RUN(a_heading_is_never_alone_at_the_foot);
    return check_report();
}
