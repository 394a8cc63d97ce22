/* The coast goes round the world: a map of any exhibit has one. */
#include "internal.h"

#include "base/array.h"
#include "check.h"

#include <math.h>

static double nearest(const struct view_coast *coast, double latitude, double longitude)
{
    double best = 1e9;
    for (size_t i = 0; i < coast->point_count; i++) {
        double d = hypot((coast->points[i].x - longitude) * cos(latitude * 3.14159265 / 180),
            coast->points[i].y - latitude);
        best = d < best ? d : best;
    }
    return best;
}

static void ports_lie_at_it(void)
{
    static const struct {
        const char *name;
        double latitude, longitude;
    } ports[] = {{"Busan", 35.1, 129.0}, {"Beirut", 33.9, 35.5}, {"London", 51.5, 0.5},
        {"Lisbon", 38.7, -9.2}, {"Reykjavik", 64.1, -21.9}, {"New York", 40.7, -74.0},
        {"San Francisco", 37.8, -122.4}, {"Lima", -12.0, -77.1}, {"Rio de Janeiro", -22.9, -43.2},
        {"Dakar", 14.7, -17.4}, {"Cape Town", -33.9, 18.4}, {"Mumbai", 19.0, 72.8}, {"Jakarta", -6.1, 106.8},
        {"Sydney", -33.9, 151.2}, {"Auckland", -36.8, 174.8}, {"Anchorage", 61.2, -149.9}};
    struct assets assets = {0};
    CHECK(assets_open_coast(&assets, TEST_SOURCE_DIR "/assets", NULL));
    const struct view_coast *coast = &assets.coast;
    CHECK_THAT(coast->point_count < 20000, "%zu points", coast->point_count);
    CHECK(coast->line_count > 100 && coast->starts[coast->line_count] == coast->point_count);
    for (size_t i = 0; i < ARRAY_LENGTH(ports); i++) {
        double away = nearest(coast, ports[i].latitude, ports[i].longitude);
        CHECK_THAT(away < 1.2, "%s is %.2f degrees from it", ports[i].name, away);
    }
    for (size_t i = 0; i < coast->point_count; i++) {
        struct pointf p = coast->points[i];
        CHECK(fabs(p.x) <= 180 && fabs(p.y) <= 90);
    }
    for (size_t l = 0; l < coast->line_count;
         l++) { /* none leaps across the map where the world is cut open */
        for (size_t i = coast->starts[l] + 1; i < coast->starts[l + 1]; i++) {
            CHECK(fabs(coast->points[i].x - coast->points[i - 1].x) < 15);
        }
    }
    size_t before = coast->point_count; /* asked for again it is there */
    CHECK(assets_open_coast(&assets, "/no/such/folder", NULL) && coast->point_count == before);
    assets_finish(&assets);
}

static void without_it_a_map_has_none(void)
{
    struct assets assets = {0};
    CHECK(assets_open_coast(&assets, "/no/such/folder", NULL) && assets.coast.line_count == 0);
    assets_finish(&assets);
}

int main(void)
{
    RUN(ports_lie_at_it);
    RUN(without_it_a_map_has_none);
    return check_report();
}
