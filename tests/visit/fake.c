#include "fake.h"

#include "base/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct exhibit {
    struct exhibit_head head;
};

/* ---- the telegram */

#define SEGMENT(name)                                                                                        \
    {                                                                                                        \
        .kind = BLOCK_PARAGRAPH, .segment = name                                                             \
    }
static const struct block blocks[] = {SEGMENT("p1"), SEGMENT("p2"), SEGMENT("q1"), SEGMENT("tail")};

static const struct prose_text russian[] = {{.language = "ru", .blocks = blocks, .block_count = 4}};
static const struct prose_text english_korean[] = {{.language = "en", .blocks = blocks, .block_count = 4},
    {.language = "ko", .blocks = blocks, .block_count = 4}};
static const struct prose_text english[] = {{.language = "en", .blocks = blocks, .block_count = 4}};

static const struct layer layers[] = {
    {.id = "remarks", .kind = LAYER_COMMENTARY, .text = {english, 1}},
    {.id = "translation", .kind = LAYER_TRANSLATION, .text = {english_korean, 2}},
    {.id = "transcription", .kind = LAYER_TRANSCRIPTION, .text = {russian, 1}},
};

static const char p1[][PLACE_ID_MAX + 1] = {"p1"}, p2[][PLACE_ID_MAX + 1] = {"p2"},
                                      q1[][PLACE_ID_MAX + 1] = {"q1"};
static const struct zone first_zones[] = {
    {.bounds_img = {100, 100, 800, 100}, .segments = p1, .segment_count = 1},
    {.bounds_img = {100, 1200, 800, 100}, .segments = p2, .segment_count = 1},
};
static const struct zone second_zones[] = {
    {.bounds_img = {100, 300, 300, 150}, .segments = q1, .segment_count = 1}};
static const struct page pages[] = {
    {.zone_size = {1000, 1400}, .zones = first_zones, .zone_count = 2},
    {.zone_size = {500, 700},
        .zones = second_zones,
        .zone_count = 1}, /* measured in a picture of half the size */
};

static const struct document documents[] = {
    {.id = "telegram", .pages = pages, .page_count = 2, .layers = layers, .layer_count = 3},
    {.id = "letter"},
    {.id = "essay", .layers = layers, .layer_count = 2},
};

/* ---- the lists */

static const struct person people[] = {{.id = "stalin"}, {.id = "mao"}};
static const struct geo_place places[] = {{.id = "beijing"}};
static const struct term terms[] = {{.id = "comrade"}};
static const struct event events[] = {{.id = "may"}};
static const struct question questions[] = {{.id = "who"}, {.id = "when"}};

/* ---- the head */

static const struct span caption_spans[] = {{.text = {"Short.", 6}}};
static const struct block caption_blocks[] = {{.spans = caption_spans, .span_count = 1}};
static const struct prose_text captions[] = {{.blocks = caption_blocks, .block_count = 1}};
static const struct tour_step tour[] = {
    {.id = "one", .place = {.kind = PLACE_DOCUMENT, .view = PLACE_PARALLEL, .segment = "p1"}, .seconds = 10},
    {.id = "two",
        .place = {.kind = PLACE_DOCUMENT, .view = PLACE_PARALLEL, .id = "telegram", .segment = "p2"},
        .caption = {captions, 1}},
    {.id = "three",
        .place = {.kind = PLACE_DOCUMENT, .id = "telegram", .segment = "q1"},
        .camera_img = {0, 0, 500, 500},
        .seconds = 8},
};
static const char *const languages[] = {"en", "ko"};
static const char *const meaning[] = {"why"};
static const char *const about[] = {"record"};

#define HEAD                                                                                                 \
    .languages = languages, .language_count = 2, .home_document = "telegram", .meaning = meaning,            \
    .meaning_count = 1, .about = about, .about_count = 1, .idle_s = 90
const struct exhibit fake_exhibit = {{HEAD, .tour = tour, .tour_count = 3}};
const struct exhibit fake_exhibit_without_tour = {{HEAD}};

/* ---- what the visit asks the exhibit room for */

const struct exhibit_head *exhibit_head(const struct exhibit *exhibit)
{
    return &exhibit->head;
}

const struct prose_text *exhibit_prose(
    const struct exhibit *exhibit, const struct prose *prose, const char *language)
{
    (void)exhibit;
    for (size_t i = 0; i < prose->count; i++) {
        if (prose->texts[i].language == NULL || strcmp(prose->texts[i].language, language) == 0) {
            return &prose->texts[i];
        }
    }
    return prose->count != 0 ? &prose->texts[0] : NULL;
}

int exhibit_find_segment(const struct prose_text *text, const char *segment)
{
    for (size_t i = 0; i < text->block_count; i++) {
        if (strcmp(text->blocks[i].segment, segment) == 0) {
            return (int)i;
        }
    }
    return -1;
}

bool exhibit_segment_bounds(const struct page *page, const char *segment, struct rectf *bounds_img)
{
    for (size_t i = 0; i < page->zone_count; i++) {
        if (strcmp(page->zones[i].segments[0], segment) == 0) {
            *bounds_img = page->zones[i].bounds_img;
            return true;
        }
    }
    return false;
}

const struct document *exhibit_find_document(const struct exhibit *exhibit, const char *id)
{
    id = id == NULL || id[0] == '\0' ? exhibit->head.home_document : id;
    for (size_t i = 0; i < ARRAY_LENGTH(documents); i++) {
        if (strcmp(documents[i].id, id) == 0) {
            return &documents[i];
        }
    }
    return NULL;
}

#define LIST(type, name, all, one)                                                                           \
    const struct type *exhibit_##all(const struct exhibit *exhibit, size_t *count)                           \
    {                                                                                                        \
        (void)exhibit;                                                                                       \
        *count = ARRAY_LENGTH(name);                                                                         \
        return name;                                                                                         \
    }                                                                                                        \
    const struct type *exhibit_find_##one(const struct exhibit *exhibit, const char *id)                     \
    {                                                                                                        \
        (void)exhibit;                                                                                       \
        for (size_t i = 0; i < ARRAY_LENGTH(name); i++) {                                                    \
            if (strcmp(name[i].id, id) == 0) {                                                               \
                return &name[i];                                                                             \
            }                                                                                                \
        }                                                                                                    \
        return NULL;                                                                                         \
    }
LIST(person, people, people, person)
LIST(geo_place, places, places, place)
LIST(term, terms, glossary, term)
LIST(event, events, timeline, event)

const struct question *exhibit_questions(const struct exhibit *exhibit, size_t *count)
{
    (void)exhibit;
    *count = ARRAY_LENGTH(questions);
    return questions;
}

struct visit_frame fake_frame(enum visit_mode mode)
{
    struct visit_frame frame = {.exhibit = &fake_exhibit,
        .mode = mode,
        .language = "en",
        .idle_s = 90,
        .text_size = mode == MODE_CLASSROOM ? 125 : 100};
    return frame;
}

/* ---- the screen */

void fake_screen_init(struct fake_screen *screen)
{
    static const char *const segments[] = {"p1", "p2", "q1", "tail"};
    memset(screen, 0, sizeof *screen);
    screen->viewport_px = 500;
    for (int s = 0; s < SCROLLERS; s++) {
        screen->counts[s] = 20;
        for (int i = 0; i < FAKE_ITEMS; i++) {
            screen->heights[s][i] = 90 + 37 * (i * 7 % 5) + s;
            screen->keys[s][i] = i > 0 && i % 5 == 0 ? segments[(i / 5 - 1) % 4] : NULL;
        }
    }
}

static int total_px(const struct fake_screen *screen, int s)
{
    int total = 0;
    for (int i = 0; i < screen->counts[s]; i++) {
        total += screen->heights[s][i];
    }
    return total;
}

/* Where the region stands, in pixels from its content's start. */
static int offset_px(const struct fake_screen *screen, const struct visit *visit, int s)
{
    const struct visit_scroll *scroll = &visit->here.scroll[s];
    int y = 0, offset = 0;
    for (int i = 0; i < screen->counts[s]; i++) {
        const char *key = screen->keys[s][i];
        if (i == scroll->item) {
            offset = y + (int)(scroll->fraction * screen->heights[s][i] + 0.5);
        }
        if (key != NULL && visit->bring[0] != '\0' && strcmp(key, visit->bring) == 0) {
            offset = y;
            break;
        }
        y += screen->heights[s][i];
    }
    int most = total_px(screen, s) - screen->viewport_px;
    offset = offset < most ? offset : most;
    return offset > 0 ? offset : 0;
}

static void lay_out_region(struct fake_screen *screen, const struct visit *visit, int s)
{
    struct visit_region *region = &screen->metrics.regions[s];
    int offset = offset_px(screen, visit, s), y = -offset, first = 0, count = 0;
    for (int i = 0; i < screen->counts[s]; i++) {
        int height = screen->heights[s][i];
        bool near = y + height > -screen->viewport_px && y < 2 * screen->viewport_px;
        if (near || screen->whole) {
            first = count == 0 ? i : first;
            screen->tops[s][count++] = y;
        }
        y += height;
    }
    int last = first + count - 1;
    screen->tops[s][count] = count > 0 ? screen->tops[s][count - 1] + screen->heights[s][last] : 0;
    *region = (struct visit_region){.present = true,
        .first = first,
        .count = count,
        .total = screen->counts[s],
        .viewport_px = screen->viewport_px,
        .tops_px = screen->tops[s],
        .keys = &screen->keys[s][first],
        .at_start = offset == 0,
        .at_end = offset == total_px(screen, s) - screen->viewport_px};
}

static bool is_there(const struct visit *visit, int scroller)
{
    return scroller == SCROLLER_PANEL  ? visit->here.panel.kind != PLACE_NONE
           : scroller == SCROLLER_MENU ? visit->menu != MENU_NONE
                                       : scroller != SCROLLER_REACH || visit->low_reach;
}

static bool shows_page(const struct visit *visit)
{
    const struct document *document = visit_document(visit);
    return visit->here.place.kind == PLACE_DOCUMENT && document != NULL && document->page_count != 0 &&
           (visit->here.place.view == PLACE_SCAN || visit->here.place.view == PLACE_PARALLEL);
}

bool fake_layout(struct fake_screen *screen, struct visit *visit)
{
    memset(&screen->metrics, 0, sizeof screen->metrics);
    for (int s = 0; s < SCROLLERS; s++) {
        if (is_there(visit, s)) {
            lay_out_region(screen, visit, s);
        }
    }
    if (shows_page(visit)) {
        bool half = visit->here.place.view == PLACE_PARALLEL;
        screen->metrics.has_page = true;
        screen->metrics.page_view = (struct size){half ? 400 : 800, 600};
        screen->metrics.page = (struct camera_page){1000, 1400};
        screen->metrics.page_count = 2;
        screen->metrics.page_margin_px = 16;
        screen->metrics.page_max_scale = 4;
    }
    return visit_settle(visit, &screen->metrics);
}

void fake_act(struct fake_screen *screen, struct visit *visit, const char *words, int64_t now_ms)
{
    struct str argument = str_from(words), word = str_split(&argument, ' ');
    enum action_verb verb = action_from_word(word);
    if (verb == ACTION_NONE) {
        fprintf(stderr, "no such action: %s\n", words);
        exit(1);
    }
    struct action action = action_make(verb, argument);
    visit_act(visit, &action, &screen->metrics, now_ms);
}

void fake_do(struct fake_screen *screen, struct visit *visit, const char *words, int64_t now_ms)
{
    fake_act(screen, visit, words, now_ms);
    while (fake_layout(screen, visit)) {
    }
    visit_tick(visit, &screen->metrics, now_ms + 2000);
}

void fake_go(struct fake_screen *screen, struct visit *visit, const char *words, int64_t now_ms)
{
    struct place place;
    if (!place_parse(str_from(words), &place)) {
        fprintf(stderr, "no place: %s\n", words);
        exit(1);
    }
    visit_go(visit, &place, &screen->metrics, now_ms);
    while (fake_layout(screen, visit)) {
    }
}

const char *fake_where(const struct visit *visit)
{
    static char text[400];
    char place[160], panel[160];
    place_format(&visit->here.place, place, sizeof place);
    place_format(&visit->here.panel, panel, sizeof panel);
    snprintf(text, sizeof text, "%s%s%s", place, panel[0] != '\0' ? " + " : "", panel);
    return text;
}

bool exhibit_has_screen(const struct exhibit *exhibit, enum place_kind kind)
{
    (void)exhibit;
    return kind != PLACE_NONE;
}
