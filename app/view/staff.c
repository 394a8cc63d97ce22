/* The staff's menu, in place of any other screen: the pad for the code, the menu, and what it leads to. */
#include "internal.h"

#include "base/array.h"

#include <string.h>

static struct place_button staff_button(const struct view *v, struct str label, const char *argument)
{
    return (struct place_button){.kind = BUTTON_OUTLINED,
        .label = label,
        .style = STYLE_BODY,
        .verb = ACTION_STAFF,
        .argument = format(v, "%s", argument)};
}

static int put_line(struct view *v, int parent, struct rect where, enum box_role role, enum style style,
    struct str text, enum text_align align, const char *id)
{
    struct place_text place = {role, style, text, COLOUR_NONE, NULL, 0, align, 0};
    return box_height(v, put_text(v, parent, where, place, id));
}

/* Title, the way back and the way out; returns where the rest begins. */
static int put_staff_head(struct view *v, const char *key, bool back)
{
    int side = v->target + px(v, 2), x = v->margin + (back ? side : 0), right = v->in->window.w - v->margin;
    struct place_button close = {.kind = BUTTON_PLAIN,
        .icon = ICON_CLOSE,
        .name = words(v, "panel.close"),
        .style = STYLE_BODY,
        .verb = ACTION_STAFF,
        .argument = STR("close")};
    struct place_button menu = {.kind = BUTTON_PLAIN,
        .icon = ICON_BACK,
        .name = words(v, "staff.menu"),
        .style = STYLE_BODY,
        .verb = ACTION_STAFF,
        .argument = STR("go menu")};
    struct rect title = {x, v->margin, right - side - x, 0};
    int height =
        put_line(v, v->root, title, BOX_HEADING, STYLE_HEADING, words(v, key), TEXT_START, "staff.title");
    if (back) {
        put_button(
            v, v->root, (struct rect){v->margin, v->margin, v->target, v->target}, &menu, "staff.back");
    }
    put_button(
        v, v->root, (struct rect){right - v->target, v->margin, v->target, v->target}, &close, "staff.close");
    return v->margin + (height > v->target ? height : v->target) + px(v, 3);
}

static struct str reply_words(const struct view *v)
{
    const struct visit_staff *staff = &v->visit->staff;
    switch (staff->reply) {
    case REPLY_WRONG:
        return words(v, "staff.wrong");
    case REPLY_WAIT:
        return words_with(v, "staff.wait", number(v, staff->wait_s), STR(""));
    case REPLY_DONE:
        return words(v, "staff.done");
    case REPLY_NO_STICK:
        return words(v, "staff.no-stick");
    case REPLY_REFUSED:
        return words(v, "staff.refused");
    case REPLY_FAILED:
        return words(v, "staff.failed");
    default:
        return STR("");
    }
}

/* `room`: a line is left for it, so that nothing moves away under a finger when it comes. */
static int put_reply(struct view *v, int y, enum text_align align, bool room)
{
    struct str text = reply_words(v);
    struct rect where = {v->margin, y, v->in->window.w - 2 * v->margin, 0};
    int line = room ? (int)style_line(v, STYLE_BODY, v->language) + px(v, 2) : 0, said = 0;
    if (text.length > 0) {
        said = put_line(v, v->root, where, BOX_ALERT, STYLE_BODY, text, align, "staff.reply") + px(v, 2);
    }
    return said > line ? said : line;
}

/* ---- the pad */

static void put_digit(struct view *v, struct rect where, int i)
{
    static const char *const arguments[] = {"digit 1", "digit 2", "digit 3", "digit 4", "digit 5", "digit 6",
        "digit 7", "digit 8", "digit 9", "erase", "digit 0", "enter"};
    struct place_button key = staff_button(v, STR(""), arguments[i]);
    key.style = STYLE_LEAD;
    if (i == 9) {
        key.icon = ICON_ERASE;
        key.name = words(v, "staff.erase");
    } else if (i == 11) {
        key.kind = BUTTON_PRIMARY;
        key.icon = ICON_CHECK;
        key.name = words(v, "staff.enter");
    } else {
        key.label = number(v, i == 10 ? 0 : i + 1);
    }
    struct box *b =
        box_at(v, put_button(v, v->root, where, &key, c_string(v, format(v, "staff.key.%d", i + 1))));
    if (key.label.length > 0) {
        b->look.text = lay(v, STYLE_LEAD, key.label, NULL, where.w, 0, v->theme.accent, TEXT_CENTRE, 1);
        b->look.text_at.x = 0;
        b->look.text_width_px = where.w;
    }
}

static void put_pad(struct view *v)
{
    static const char dots[] = "●●●●●●●●●●●●●●●●";
    size_t typed = strlen(v->visit->staff.code);
    int y = put_staff_head(v, "staff.code", false), gap = px(v, 1), w = v->in->window.w;
    struct str shown = typed > 0 ? str_slice(str_from(dots), 0, typed * 3) : STR("–");
    y += put_line(v, v->root, (struct rect){v->margin, y, w - 2 * v->margin, 0}, BOX_TEXT, STYLE_LEAD, shown,
             TEXT_CENTRE, "staff.typed") +
         px(v, 2);
    y += put_reply(v, y, TEXT_CENTRE, true);
    int left = v->in->window.h - y - v->margin, tall = (left - 3 * gap) / 4, most = px(v, 16);
    tall = tall > most ? most : tall < v->target ? v->target : tall;
    int wide = tall * 3 / 2, x = (w - 3 * wide - 2 * gap) / 2;
    for (int i = 0; i < 12; i++) {
        int column =
            v->tree->rtl ? 2 - i % 3 : i % 3; /* a pad is the same everywhere: it is mirrored later */
        put_digit(v, (struct rect){x + column * (wide + gap), y + i / 3 * (tall + gap), wide, tall}, i);
    }
}

/* ---- the menu */

static void put_staff_menu(struct view *v)
{
    static const struct {
        const char *key, *argument;
    } items[] = {{"staff.about", "go about"}, {"staff.exhibits", "go exhibits"}, {"staff.touch", "go touch"},
        {"staff.picture", "go picture"}, {"staff.sound", "do sound"}, {"staff.export", "do export"},
        {"staff.restart", "do restart"}, {"staff.shell", "do shell"}};
    size_t count = ARRAY_LENGTH(items) - (v->in->staff != NULL && v->in->staff->shell ? 0 : 1);
    int y = put_staff_head(v, "staff.menu", false), gap = px(v, 1.5);
    y += put_reply(v, y, TEXT_START, true);
    int columns = v->portrait ? 1 : 2, room = v->in->window.w - 2 * v->margin;
    int wide = (room - (columns - 1) * gap) / columns, tall = v->target;
    for (size_t i = 0; i < count; i++) {
        struct place_button button = staff_button(v, words(v, items[i].key), items[i].argument);
        int needed = button_height(v, &button, wide);
        tall = needed > tall ? needed : tall;
    }
    for (size_t i = 0; i < count; i++) {
        struct place_button button = staff_button(v, words(v, items[i].key), items[i].argument);
        struct rect where = {
            v->margin + (int)i % columns * (wide + gap), y + (int)i / columns * (tall + gap), wide, tall};
        put_button(v, v->root, where, &button, c_string(v, format(v, "staff.item.%zu", i + 1)));
    }
}

/* ---- what it leads to */

/* `language` of the value; NULL: the screen's. Returns the height, 0 for what is not known. */
static int put_fact(struct view *v, int y, const char *key, struct str value, const char *language)
{
    int most = style_measure(v, STYLE_BODY, 80), room = v->in->window.w - 2 * v->margin;
    struct rect where = {v->margin, y, room > most ? most : room, 0};
    struct place_text text = {BOX_TEXT, STYLE_BODY, value, COLOUR_NONE, language, 0, TEXT_START, 0};
    if (value.length == 0) {
        return 0;
    }
    where.y += put_line(v, v->root, where, BOX_LABEL, STYLE_LABEL, words(v, key), TEXT_START,
        c_string(v, format(v, "%s.label", key)));
    return box_bottom(v, put_text(v, v->root, where, text, key)) + px(v, 2) - y;
}

static struct str uptime_words(const struct view *v, int64_t seconds)
{
    long minutes = (long)(seconds / 60), hours = minutes / 60, days = hours / 24;
    return days > 0 ? words_with(v, "staff.uptime.days", number(v, days), number(v, hours % 24))
                    : words_with(v, "staff.uptime.hours", number(v, hours), number(v, minutes % 60));
}

static void put_facts(struct view *v)
{
    const struct view_staff *facts = v->in->staff;
    int y = put_staff_head(v, "staff.about", true);
    if (facts == NULL) {
        return;
    }
    y += put_fact(v, y, "staff.version", str_from(facts->version), "en");
    y += put_fact(v, y, "staff.system", str_from(facts->system), "en");
    y += put_fact(v, y, "staff.uptime", uptime_words(v, facts->uptime_s), NULL);
    y += put_fact(v, y, "staff.exhibit", str_from(facts->title), facts->title_language);
    y += put_fact(v, y, "staff.folder", str_from(facts->exhibit), "en");
    if (facts->mistakes >= 0) {
        put_fact(v, y, "staff.check",
            words_with(v, "staff.check.text", number(v, facts->mistakes), number(v, facts->warnings)), NULL);
    }
}

/* ---- the exhibits to choose from */

static struct str exhibit_state(const struct view *v, const struct view_exhibit *exhibit)
{
    struct str version = words(v, "staff.version");
    struct str when = exhibit->version[0] != '\0' ? format(v, "%.*s %s", STR_ARGS(version), exhibit->version)
                      : exhibit->date.year != 0   ? date_words(v, exhibit->date)
                                                  : STR("");
    struct str check = exhibit->mistakes < 0 ? words(v, "staff.unreadable")
                                             : words_with(v, "staff.check.text", number(v, exhibit->mistakes),
                                                   number(v, exhibit->warnings));
    return when.length > 0 ? format(v, "%.*s · %.*s", STR_ARGS(when), STR_ARGS(check)) : check;
}

/* The title, what there is to know, and beside them, or where there is no room below, the way to take it. */
static int put_exhibit(struct view *v, int region, int item, struct rect where, void *context)
{
    const struct view_exhibit *exhibit = &v->in->staff->exhibits[item];
    (void)context;
    struct place_button take = staff_button(v, words(v, "staff.play"), "choose");
    take.argument = format(v, "choose %d", item);
    take.name = format(v, "%.*s: %s", STR_ARGS(take.label), exhibit->title);
    int gap = px(v, 2), wide = button_width(v, &take), tall;
    bool beside = wide <= where.w / 3;
    wide = wide < where.w ? wide : where.w;
    tall = button_height(v, &take, wide);
    struct rect text = {where.x, where.y + gap, beside ? where.w - wide - v->gutter : where.w, 0};
    struct place_text title = {BOX_LABEL, STYLE_SUBHEADING, str_from(exhibit->title), COLOUR_NONE,
        exhibit->language, 0, TEXT_START, 0};
    struct place_text state = {
        BOX_TEXT, STYLE_LABEL, exhibit_state(v, exhibit), v->theme.quiet, NULL, 0, TEXT_START, 0};
    struct place_text playing = {
        BOX_TEXT, STYLE_LABEL, words(v, "staff.playing"), v->theme.accent, NULL, TEXT_BOLD, TEXT_START, 0};
    text.y +=
        box_height(v, put_text(v, region, text, title, c_string(v, format(v, "staff.exhibit.%d", item + 1))));
    text.y += box_height(
        v, put_text(v, region, text, state, c_string(v, format(v, "staff.exhibit.%d.state", item + 1))));
    if (exhibit->playing) {
        text.y += box_height(v,
            put_text(v, region, text, playing, c_string(v, format(v, "staff.exhibit.%d.playing", item + 1))));
    }
    int bottom = text.y;
    if (exhibit->offered) {
        struct rect at = {beside ? where.x + where.w - wide : where.x,
            beside ? where.y + gap : bottom + px(v, 1), wide, tall};
        put_button(v, region, at, &take, c_string(v, format(v, "staff.take.%d", item + 1)));
        bottom = at.y + tall > bottom ? at.y + tall : bottom;
    }
    struct rect line = {where.x, bottom + gap, where.w, px(v, 0.25) > 0 ? px(v, 0.25) : 1};
    int rule = put_group(
        v, region, BOX_GROUP, line, STR(""), c_string(v, format(v, "staff.exhibit.%d.line", item + 1)));
    box_at(v, rule)->look.fill = v->theme.outline;
    return line.y + line.h - where.y;
}

static void put_exhibits(struct view *v)
{
    const struct view_staff *facts = v->in->staff;
    int y = put_staff_head(v, "staff.exhibits", true);
    y += put_reply(v, y, TEXT_START, false);
    if (facts == NULL) {
        return;
    }
    int room = v->in->window.w - 2 * v->margin - v->target, most = style_measure(v, STYLE_BODY, 90);
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = "staff.exhibits",
        .name = words(v, "staff.exhibits"),
        .count = facts->exhibit_count,
        .put = put_exhibit,
        .max_width = room < most ? room : most,
        .pad_side = v->margin,
        .pad_bottom = px(v, 4)};
    put_flow(v, v->root, (struct rect){0, y, v->in->window.w, v->in->window.h - y}, &flow);
}

/* ---- tests of touch and picture */

/* Every square turns dark when it was touched; what stays light the panel does not feel. */
static void put_touch(struct view *v)
{
    int y = put_staff_head(v, "staff.touch", true), w = v->in->window.w, h = v->in->window.h;
    for (int i = 0; i < VISIT_CELLS; i++) {
        int column = i % VISIT_CELL_COLUMNS, row = i / VISIT_CELL_COLUMNS;
        int x0 = w * column / VISIT_CELL_COLUMNS, x1 = w * (column + 1) / VISIT_CELL_COLUMNS;
        int y0 = y + (h - y) * row / VISIT_CELL_ROWS, y1 = y + (h - y) * (row + 1) / VISIT_CELL_ROWS;
        bool touched = (v->visit->staff.touched >> i & 1) != 0;
        int box = put_group(v, v->root, BOX_BUTTON, (struct rect){x0, y0, x1 - x0, y1 - y0}, number(v, i + 1),
            c_string(v, format(v, "staff.cell.%d", i + 1)));
        box_at(v, box)->look.fill = touched ? v->theme.accent : v->theme.ground;
        box_at(v, box)->look.outline = v->theme.outline;
        box_at(v, box)->look.outline_px = 1;
        box_at(v, box)->states |= touched ? BOX_CHECKED : 0;
        set_action(v, box, ACTION_STAFF, format(v, "cell %d", i));
    }
}

static void put_patch(struct view *v, struct rect where, colour fill, const char *id)
{
    int box = put_group(v, v->root, BOX_IMAGE, where, STR(""), id);
    box_at(v, box)->look.fill = fill;
}

/* White, black, red, green, blue, and steps of grey with a frame that shows whether the edges are seen. */
static void put_test_picture(struct view *v)
{
    static const colour plain[] = {COLOUR_RGB(0xffffff), COLOUR_RGB(0x000000), COLOUR_RGB(0xff0000),
        COLOUR_RGB(0x00ff00), COLOUR_RGB(0x0000ff)};
    int w = v->in->window.w, h = v->in->window.h, picture = v->visit->staff.picture;
    struct rect whole = {0, 0, w, h};
    if (picture < (int)ARRAY_LENGTH(plain)) {
        put_patch(v, whole, plain[picture], "staff.patch");
    } else {
        for (int i = 0; i < 16; i++) {
            unsigned grey = (unsigned)i * 17;
            put_patch(v, (struct rect){w * i / 16, 0, w * (i + 1) / 16 - w * i / 16, h},
                COLOUR_RGB(grey << 16 | grey << 8 | grey), c_string(v, format(v, "staff.patch.%d", i + 1)));
        }
    }
    int over = put_group(v, v->root, BOX_BUTTON, whole, words(v, "staff.picture"), "staff.picture");
    box_at(v, over)->look.outline = COLOUR_RGB(0xff0000);
    box_at(v, over)->look.outline_px = 2;
    set_action(v, over, ACTION_STAFF, STR("next"));
}

void put_staff(struct view *v)
{
    switch (v->visit->staff.screen) {
    case STAFF_CODE:
        put_pad(v);
        break;
    case STAFF_ABOUT:
        put_facts(v);
        break;
    case STAFF_EXHIBITS:
        put_exhibits(v);
        break;
    case STAFF_TOUCH:
        put_touch(v);
        break;
    case STAFF_PICTURE:
        put_test_picture(v);
        break;
    default:
        put_staff_menu(v);
        break;
    }
}
