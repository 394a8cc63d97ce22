/* Home: what this is, why it matters, and where one can go. */
#include "internal.h"

struct entry {
    const char *id, *key, *place;
};

static const struct entry entries[] = {
    {"home.meaning", "meaning", "meaning"},
    {"home.people", "people", "people"},
    {"home.places", "places", "places"},
    {"home.timeline", "timeline", "timeline"},
    {"home.words", "words", "words"},
    {"home.related", "related", "related"},
    {"home.questions", "questions", "questions"},
    {"home.about", "about", "about"},
};
#define ENTRIES (int)(sizeof entries / sizeof entries[0])

#define WAYS 3 /* into the document, through it, and by a word */

struct home {
    enum style style; /* of the buttons */
    int columns;      /* of the entries, where their words fit */
    bool tight, picture_below;
    int minutes; /* of the guided reading */
};

enum { HOME_HEAD, HOME_LEAD, HOME_WAYS, HOME_ENTRIES, HOME_PICTURE, HOME_ITEMS };

static int tour_minutes(const struct view *v, const struct exhibit_head *head)
{
    int64_t ms = 0;
    for (size_t i = 0; i < head->tour_count; i++) {
        ms += visit_tour_dwell(v->in->exhibit, &head->tour[i], v->language);
    }
    return (int)((ms + 59999) / 60000);
}

static int put_home_head(struct view *v, int region, const struct exhibit_head *head, struct rect where)
{
    const char *language = NULL;
    int y = where.y;
    if (head->date.year != 0) {
        struct place_text date = {
            BOX_LABEL, STYLE_LABEL, date_words(v, head->date), v->theme.quiet, NULL, 0, TEXT_START, 0};
        y += box_height(v, put_text(v, region, where, date, "home.date")) + px(v, 0.5);
    }
    struct str title = say(v, &head->title, &language);
    struct place_text text = {BOX_HEADING, STYLE_DISPLAY, title, COLOUR_NONE, language, 0, TEXT_START, 0};
    y += box_height(v, put_text(v, region, (struct rect){where.x, y, where.w, 0}, text, "home.title"));
    return y - where.y + px(v, 3);
}

static int put_home_ways(
    struct view *v, int region, const struct exhibit_head *head, const struct home *home, struct rect where)
{
    struct place_button ways[WAYS] = {0};
    const char *const ids[WAYS] = {"home.read", "home.tour", "home.search"};
    struct str read = say(v, &head->home_button, NULL);
    ways[0] = (struct place_button){.kind = BUTTON_PRIMARY,
        .icon_after = ICON_FORWARD,
        .label = read.length > 0 ? read : words(v, "home.read"),
        .style = home->style,
        .verb = ACTION_GO,
        .argument = STR("parallel")};
    ways[1] = (struct place_button){.kind = BUTTON_OUTLINED,
        .icon = ICON_PLAY,
        .label = words_count(v, "home.tour", home->minutes),
        .style = home->style,
        .verb = ACTION_TOUR,
        .argument = STR("start")};
    ways[2] = (struct place_button){.kind = BUTTON_OUTLINED,
        .icon = ICON_SEARCH,
        .label = words(v, "search"),
        .style = home->style,
        .verb = ACTION_GO,
        .argument = STR("search")};
    int x = where.x, y = where.y, tall = 0;
    for (int i = 0; i < WAYS; i++) {
        if ((i == 1 && head->tour_count == 0) ||
            (i == 2 && !exhibit_has_screen(v->in->exhibit, PLACE_SEARCH))) {
            continue;
        }
        int width = button_width(v, &ways[i]);
        width = width < where.w ? width : where.w;
        int height = button_height(v, &ways[i], width);
        if (x > where.x && x + width > where.x + where.w) {
            x = where.x;
            y += tall + px(v, 1.5);
        }
        if (put_control(v, region, (struct rect){x, y, width, height}, &ways[i], ids[i])) {
            x += width + px(v, 2);
            tall = height;
        }
    }
    return tall > 0 ? y + tall - where.y + px(v, 2.5) : 0;
}

static bool has_entry(const struct view *v, const struct entry *entry)
{
    struct place place;
    return place_parse(str_from(entry->place), &place) && exhibit_has_screen(v->in->exhibit, place.kind);
}

/* In a classroom a section says which number key leads to it, as long as one does. */
static struct str numbered(const struct view *v, enum place_kind kind, struct str label)
{
    struct place place;
    bool leads = v->visit->frame.mode == MODE_CLASSROOM && !v->visit->no_shortcuts;
    for (int i = 1; leads && i < 10; i++) {
        if (visit_section(v->in->exhibit, i, &place) &&
            (place.kind == kind || (kind == PLACE_READ && place.kind == PLACE_DOCUMENT))) {
            return format(v, "%d · %.*s", i, STR_ARGS(label));
        }
    }
    return label;
}

static enum place_kind kind_of(const struct entry *entry)
{
    struct place place = {.kind = PLACE_NONE};
    place_parse(str_from(entry->place), &place);
    return place.kind;
}

static int column_width(int columns, int width, int gap)
{
    return (width - gap * (columns - 1)) / columns;
}

/* The width of one of count entries: the last takes the rest of its row, so that the block has no hole. */
static int entry_width(int entry, int count, int columns, int width, int gap)
{
    int one = column_width(columns, width, gap);
    return entry == count - 1 ? width - entry % columns * (one + gap) : one;
}

/* As many columns as wished, or fewer: all the words fit. */
static int entry_columns(
    struct view *v, const struct place_button *buttons, int count, int wished, int width, int gap)
{
    for (int i = 0; i < count && wished > 1; i++) {
        if (entry_width(i, count, wished, width, gap) < button_width(v, &buttons[i])) {
            return entry_columns(v, buttons, count, wished - 1, width, gap);
        }
    }
    return wished;
}

static int put_home_entries(struct view *v, int region, const struct home *home, struct rect where)
{
    struct place_button buttons[ENTRIES] = {0};
    const char *ids[ENTRIES];
    int count = 0, tall = 0;
    for (int i = 0; i < ENTRIES; i++) {
        if (has_entry(v, &entries[i])) {
            ids[count] = entries[i].id;
            buttons[count++] = (struct place_button){.kind = BUTTON_OUTLINED,
                .label = numbered(v, kind_of(&entries[i]), words(v, entries[i].key)),
                .style = home->style,
                .verb = ACTION_GO,
                .argument = str_from(entries[i].place)};
        }
    }
    int gap = px(v, 1.5), columns = entry_columns(v, buttons, count, home->columns, where.w, gap);
    for (int i = 0; i < count; i++) {
        int height = button_height(v, &buttons[i], entry_width(i, count, columns, where.w, gap));
        tall = height > tall ? height : tall;
    }
    int placed = 0, step = column_width(columns, where.w, gap) + gap;
    for (int i = 0; i < count; i++) {
        struct rect at = {where.x + i % columns * step, where.y + i / columns * (tall + gap),
            entry_width(i, count, columns, where.w, gap), tall};
        placed += put_control(v, region, at, &buttons[i], ids[i]) ? 1 : 0;
    }
    return placed > 0 ? (count + columns - 1) / columns * (tall + gap) - gap : 0;
}

/* The document whose first page is home's picture, or NULL. */
static const struct document *home_picture(const struct view *v)
{
    const struct document *document = exhibit_find_document(v->in->exhibit, NULL);
    return document != NULL && document->page_count > 0 ? document : NULL;
}

static void put_home_picture(struct view *v, int parent, struct rect where)
{
    const struct document *document = home_picture(v);
    if (document != NULL) {
        put_captioned(
            v, parent, document, where, exhibit_head(v->in->exhibit)->home_picture_img, "home.page");
    }
}

static int put_picture_below(struct view *v, int region, const struct home *home, struct rect where)
{
    const struct document *document = home_picture(v);
    int height = v->area.h * (v->scale > 1.1 || home->tight ? 34 : 42) / 100;
    int least = document != NULL ? captioned_note(v, document, where.w) + px(v, 24) : 0;
    height = height > least ? height : least;
    put_home_picture(v, region, (struct rect){where.x, where.y + px(v, 3), where.w, height});
    return height + px(v, 3);
}

static int put_home_item(struct view *v, int region, int item, struct rect where, void *context)
{
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    const struct home *home = context;
    if (v->scale > 1.3 && (item == HOME_LEAD || item == HOME_WAYS)) {
        item = item == HOME_LEAD ? HOME_WAYS
                                 : HOME_LEAD; /* large type: the way in stands before the words about it */
    }
    switch (item) {
    case HOME_HEAD:
        return put_home_head(v, region, head, where);
    case HOME_LEAD:
        return put_prose_of(v, region, &head->lead, where, STYLE_LEAD, "home.lead") +
               px(v, home->tight ? 2 : 4);
    case HOME_WAYS:
        return put_home_ways(v, region, head, home, where);
    case HOME_ENTRIES:
        return put_home_entries(v, region, home, where);
    default:
        return home->picture_below ? put_picture_below(v, region, home, where) : 0;
    }
}

static int home_top(const struct view *v, const struct home *home)
{
    return home->tight ? px(v, 3) : v->margin;
}

static bool stands_whole(struct view *v, struct home *home, struct rect where)
{
    size_t before = v->tree->count;
    int reach_before = v->reach_count, height = home_top(v, home) + px(v, 2), right = v->target + px(v, 1);
    int width = where.w - v->margin - (right > v->margin ? right : v->margin);
    for (int i = 0; i < HOME_ITEMS; i++) {
        height += put_home_item(v, v->root, i, (struct rect){where.x + v->margin, 0, width, 0}, home);
    }
    box_truncate(v->tree, before);
    v->reach_count = reach_before;
    return height <= where.h;
}

/* The most generous way that stands on the screen whole; where none does, the closest, which scrolls. */
static struct home choose_home(struct view *v, bool picture_below, struct rect where)
{
    static const struct home ways[] = {
        {.style = STYLE_LEAD, .columns = 2},
        {.style = STYLE_BODY, .columns = 2},
        {.style = STYLE_BODY, .columns = 2, .tight = true},
        {.style = STYLE_BODY, .columns = 3, .tight = true},
    };
    struct home home = {0};
    size_t count = sizeof ways / sizeof ways[0];
    int minutes = tour_minutes(v, exhibit_head(v->in->exhibit));
    for (size_t i = v->visit->low_reach ? 1 : 0; i < count; i++) {
        home = ways[i];
        home.picture_below = picture_below;
        home.minutes = minutes;
        if (stands_whole(v, &home, where)) {
            break;
        }
    }
    return home;
}

void put_home(struct view *v)
{
    bool picture_below = v->portrait || v->scale > 1.6;
    struct rect where = v->area;
    if (!picture_below) {
        where.w = where.w * 62 / 100;
    }
    struct home home = choose_home(v, picture_below, where);
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = "home",
        .name = words(v, "bar.home"),
        .count = HOME_ITEMS,
        .put = put_home_item,
        .context = &home,
        .pad_top = home_top(v, &home),
        .pad_bottom = px(v, 2),
        .pad_side = v->margin};
    put_flow(v, v->root, where, &flow);
    if (!picture_below) {
        put_home_picture(
            v, v->root, (struct rect){v->area.x + where.w, v->area.y, v->area.w - where.w, v->area.h});
    }
}
