#include "statistics/collect.h"

#include <stdio.h>
#include <string.h>

static const char *const mode_names[COLLECT_MODES] = {
    [MODE_TEXT_125] = "text-125",
    [MODE_TEXT_150] = "text-150",
    [MODE_TEXT_200] = "text-200",
    [MODE_CONTRAST] = "contrast",
    [MODE_LOW_REACH] = "low-reach",
    [MODE_CALM] = "less-movement",
    [MODE_LISTEN] = "listen",
    [MODE_CAPTIONS] = "captions",
    [MODE_KEYS] = "keys",
};

static const char *const use_names[COLLECT_USES] = {
    [USED_ZOOM] = "zoom",
    [USED_LISTEN] = "listen",
    [USED_TOUR] = "guided-reading",
    [USED_SEARCH] = "search",
    [USED_ANSWERS] = "answers",
    [USED_LINES] = "lines",
};

const char *collect_mode_name(int mode)
{
    return mode_names[mode];
}

const char *collect_use_name(int use)
{
    return use_names[use];
}

static bool is_nobody(const struct visit *visit)
{
    return visit->here.place.kind == PLACE_ATTRACT || visit->tour.by_itself;
}

/* ---- places and languages */

/* The part of this name; the last one takes what there is no room for. */
static int part_of(struct collect_part *parts, int *count, int most, const char *name)
{
    for (int i = 0; i < *count; i++) {
        if (strcmp(parts[i].name, name) == 0) {
            return i;
        }
    }
    if (*count == most) {
        return most - 1;
    }
    struct collect_part *part = &parts[*count];
    *part = (struct collect_part){.ms = 0};
    snprintf(part->name, sizeof part->name, "%s", *count + 1 < most ? name : CELL_OTHER);
    return (*count)++;
}

/* What is looked at: the panel where one is open. Which paragraph of it is nobody's business. */
static void name_place(const struct visit *visit, char name[CELL_NAME_MAX + 1])
{
    struct place place = visit->here.panel.kind != PLACE_NONE ? visit->here.panel : visit->here.place;
    const struct document *document =
        place.kind == PLACE_DOCUMENT && place.id[0] == '\0' ? visit_document(visit) : NULL;
    if (document != NULL) {
        snprintf(place.id, sizeof place.id, "%s", document->id);
    }
    place.segment[0] = '\0';
    place_format(&place, name, CELL_NAME_MAX + 1);
}

static void arrive(struct collector *collector, const struct visit *visit)
{
    struct visit_sum *sum = &collector->sum;
    char name[CELL_NAME_MAX + 1];
    name_place(visit, name);
    int at = part_of(sum->places, &sum->place_count, COLLECT_PLACES, name);
    if (at != sum->at) {
        sum->places[sum->at].timed = true;
        sum->at = at;
    }
    collector->language = part_of(sum->languages, &sum->language_count, COLLECT_LANGUAGES, visit->language);
}

/* ---- one look */

static unsigned modes_of(const struct visit *visit)
{
    unsigned modes = 0;
    modes |= (unsigned)(visit->text_size == 125) << MODE_TEXT_125;
    modes |= (unsigned)(visit->text_size == 150) << MODE_TEXT_150;
    modes |= (unsigned)(visit->text_size == 200) << MODE_TEXT_200;
    modes |= (unsigned)visit->high_contrast << MODE_CONTRAST;
    modes |= (unsigned)visit->low_reach << MODE_LOW_REACH;
    modes |= (unsigned)(visit->reduced_motion && !visit->frame.reduced_motion) << MODE_CALM;
    modes |= (unsigned)visit->listening << MODE_LISTEN;
    modes |= (unsigned)(visit->listening && visit->volume == 0) << MODE_CAPTIONS;
    modes |= (unsigned)visit->focus_visible << MODE_KEYS;
    return modes;
}

static unsigned uses_of(const struct visit *visit)
{
    unsigned uses = 0;
    uses |= (unsigned)visit->listening << USED_LISTEN;
    uses |= (unsigned)visit->tour.active << USED_TOUR;
    uses |= (unsigned)(visit->here.place.kind == PLACE_SEARCH) << USED_SEARCH;
    uses |= (unsigned)(visit->revealed != 0) << USED_ANSWERS;
    uses |= (unsigned)(visit->here.segment[0] != '\0' && !visit->tour.active) << USED_LINES;
    return uses;
}

/* Time up to the last sign of somebody belongs to what was there until now. */
static void count_time(struct collector *collector)
{
    int64_t ms = collector->active_ms - collector->counted_ms;
    if (ms > 0) {
        collector->sum.places[collector->sum.at].ms += ms;
        collector->sum.languages[collector->language].ms += ms;
        collector->counted_ms = collector->active_ms;
    }
}

static void look(struct collector *collector, const struct visit *visit, int64_t now_ms)
{
    struct visit_sum *sum = &collector->sum;
    bool read_to = visit->reading || (visit->tour.active && !visit->tour.paused);
    if (visit->last_input_ms > collector->input_ms) {
        collector->input_ms = visit->last_input_ms;
        sum->touches++;
    }
    int64_t active = read_to ? now_ms : collector->input_ms;
    collector->active_ms = active > collector->active_ms ? active : collector->active_ms;
    count_time(collector);
    arrive(collector, visit);
    sum->modes |= modes_of(visit);
    sum->uses |= uses_of(visit);
    sum->cleaned = sum->cleaned || visit->locked_until_ms != 0;
}

static void begin(struct collector *collector, const struct visit *visit, int64_t now_ms)
{
    memset(&collector->sum, 0, sizeof collector->sum);
    collector->running = true;
    collector->begun_ms = collector->active_ms = collector->counted_ms = collector->input_ms =
        visit->last_input_ms < now_ms ? visit->last_input_ms : now_ms;
    collector->sum.touches = 1;
    collector->language = 0;
    look(collector, visit, now_ms);
}

enum collected collect_stop(struct collector *collector, struct visit_sum *ended)
{
    if (!collector->running) {
        return COLLECTED_NOTHING;
    }
    collector->sum.length_ms = collector->active_ms - collector->begun_ms;
    *ended = collector->sum;
    bool bounced = collect_bounced(ended);
    collector->running = false;
    collector->row = bounced ? collector->row + 1 : 0;
    memset(&collector->sum, 0, sizeof collector->sum);
    return COLLECTED_END;
}

enum collected collect_see(
    struct collector *collector, const struct visit *visit, int64_t now_ms, struct visit_sum *ended)
{
    if (visit->frame.mode == MODE_CLASSROOM) {
        return COLLECTED_NOTHING;
    }
    if (is_nobody(visit)) {
        return collect_stop(collector, ended);
    }
    if (collector->running) {
        look(collector, visit, now_ms);
        return COLLECTED_NOTHING;
    }
    begin(collector, visit, now_ms);
    return COLLECTED_BEGIN;
}

void collect_zoom(struct collector *collector)
{
    if (collector->running) {
        collector->sum.uses |= 1U << USED_ZOOM;
    }
}

/* ---- the sum */

bool collect_bounced(const struct visit_sum *sum)
{
    return sum->touches <= 1 && sum->place_count <= 1 && sum->uses == 0;
}

bool collect_suspect(const struct visit_sum *sum)
{
    bool nothing = sum->place_count <= 1 && sum->uses == 0;
    return sum->length_ms >= COLLECT_LONGEST_MS || (nothing && sum->length_ms >= COLLECT_SUSPECT_MS);
}

static bool add_places(const struct visit_sum *sum, int day, struct cells *cells)
{
    bool good = true;
    for (int i = 0; i < sum->place_count && good; i++) {
        const struct collect_part *part = &sum->places[i];
        good = cells_add(cells, day, CELL_SEEN, part->name, 0, 1);
        /* How long somebody went on reading after the last touch cannot be known. */
        if (good && part->timed) {
            good =
                cells_add(cells, day, CELL_DWELL, part->name, cells_time_bin((double)part->ms / 1000.0), 1);
        }
    }
    return good && cells_add(cells, day, CELL_END, sum->places[sum->at].name, 0, 1);
}

static bool add_bits(
    unsigned bits, int count, const char *const *names, int day, enum cell_kind kind, struct cells *cells)
{
    bool good = true;
    for (int i = 0; i < count && good; i++) {
        good = (bits >> i & 1) == 0 || cells_add(cells, day, kind, names[i], 0, 1);
    }
    return good;
}

static const char *language_of(const struct visit_sum *sum)
{
    int most = 0;
    for (int i = 1; i < sum->language_count; i++) {
        most = sum->languages[i].ms > sum->languages[most].ms ? i : most;
    }
    return sum->languages[most].name;
}

bool collect_add(const struct visit_sum *sum, int day, int hour, struct cells *cells)
{
    if (sum->cleaned || collect_suspect(sum)) {
        return cells_add(cells, day, CELL_NOTE, sum->cleaned ? "cleaning" : "suspect", 0, 1);
    }
    int count = sum->place_count < CELL_COUNT_MOST ? sum->place_count : CELL_COUNT_MOST;
    double seconds = (double)sum->length_ms / 1000.0;
    return cells_add(cells, day, CELL_VISITS, NULL, 0, 1) &&
           cells_add(cells, day, CELL_HOUR, NULL, cells_weekday(day) * 24 + hour, 1) &&
           cells_add(cells, day, CELL_LENGTH, NULL, cells_time_bin(seconds), 1) &&
           cells_add(cells, day, CELL_COUNT, NULL, count, 1) && add_places(sum, day, cells) &&
           cells_add(cells, day, CELL_LANGUAGE, language_of(sum), 0, 1) &&
           add_bits(sum->modes, COLLECT_MODES, mode_names, day, CELL_MODE, cells) &&
           add_bits(sum->uses, COLLECT_USES, use_names, day, CELL_USED, cells);
}
