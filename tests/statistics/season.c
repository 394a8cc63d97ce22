#include "season.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

double season_random(struct season *season)
{
    season->state ^= season->state << 13;
    season->state ^= season->state >> 7;
    season->state ^= season->state << 17;
    return (double)(season->state >> 11) / 9007199254740992.0;
}

static double normal(struct season *season)
{
    double u = season_random(season) + 1e-12, v = season_random(season);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static const char *const places[] = {"home", "read", "document:telegram/scan", "document:telegram/parallel",
    "document:telegram/text", "meaning", "people", "person:stalin", "person:mao-zedong", "person:kim-il-sung",
    "places", "timeline", "words", "term:cipher-telegram", "note:why-it-matters", "related", "questions",
    "about", "search"};
static const char *const languages[] = {"en", "ko", "zh-Hans", "ru", "ja", "ar", "el"};

static void choose_place(struct season *season, char *name, size_t size)
{
    int count = (int)(sizeof places / sizeof places[0]);
    int all = season->place_count > 0 ? season->place_count : count;
    double skew = pow(season_random(season), 1.6);
    int chosen = (int)(skew * all);
    if (chosen < count) {
        snprintf(name, size, "%s", places[chosen]);
    } else {
        snprintf(name, size, "note:number-%d", chosen);
    }
}

static void see(struct season *season, struct visit_sum *sum, const char *name, bool last)
{
    int64_t ms = (int64_t)(1000 * exp(normal(season) * 0.9 + 2.6));
    sum->length_ms += ms;
    for (int i = 0; i < sum->place_count; i++) {
        if (strcmp(sum->places[i].name, name) == 0) {
            sum->places[i].ms += ms;
            sum->at = i;
            return;
        }
    }
    struct collect_part *part = &sum->places[sum->place_count];
    *part = (struct collect_part){.ms = ms, .timed = !last};
    snprintf(part->name, sizeof part->name, "%s", name);
    sum->at = sum->place_count++;
}

void season_visit(struct season *season, struct visit_sum *sum)
{
    memset(sum, 0, sizeof *sum);
    char name[CELL_NAME_MAX + 1];
    int count = 1 + (int)fabs(normal(season) * 4.5);
    see(season, sum, "home", count == 1);
    for (int i = 1; i < count && sum->place_count < COLLECT_PLACES; i++) {
        choose_place(season, name, sizeof name);
        see(season, sum, name, i == count - 1);
    }
    int language = (int)(pow(season_random(season), 2.2) * 7);
    snprintf(sum->languages[0].name, sizeof sum->languages[0].name, "%s", languages[language]);
    sum->languages[0].ms = sum->length_ms;
    sum->language_count = 1;
    sum->touches = count;
    for (int mode = 0; mode < COLLECT_MODES; mode++) {
        sum->modes |= (unsigned)(season_random(season) < 0.06 / (mode + 1)) << mode;
    }
    for (int use = 0; use < COLLECT_USES; use++) {
        sum->uses |= (unsigned)(season_random(season) < 0.45 / (use + 1)) << use;
    }
}

int season_day(struct season *season, int day, struct cells *cells)
{
    int weekday = cells_weekday(day), month = day / 100 % 100;
    if (weekday == 0) {
        return 0;
    }
    double usual = season->visits * (weekday >= 5 ? 1.7 : 1.0) * (month >= 6 && month <= 8 ? 1.3 : 0.9);
    int visits = (int)fmax(0, usual * (1 + 0.25 * normal(season)) + 0.5);
    for (int hour = 10; hour < 18; hour++) {
        cells_add(cells, day, CELL_RUN, NULL, weekday * 24 + hour, 3600);
    }
    struct visit_sum sum;
    for (int i = 0; i < visits; i++) {
        int hour = 10 + (int)fmin(7, fmax(0, 4 + 1.9 * normal(season)));
        season_visit(season, &sum);
        collect_add(&sum, day, hour, cells);
    }
    return visits;
}
