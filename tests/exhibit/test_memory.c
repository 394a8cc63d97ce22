/* Memory may end anywhere: then a load says so, and nothing is lost or read that is not there. */
#include "internal.h"

#include "check.h"

#define SMALL TEST_SOURCE_DIR "/tests/exhibits/small"

static size_t whole_use(void)
{
    struct exhibit *exhibit = exhibit_open(SMALL, NULL, NULL);
    CHECK(exhibit_load_all(exhibit));
    size_t used = exhibit->arena.used;
    exhibit_destroy(exhibit);
    return used;
}

static void every_shortage_is_survived(void)
{
    size_t all = whole_use(), failures = 0, rounds = 0;
    for (size_t extra = 1; extra < all; extra += extra / 16 + 48) {
        struct findings *findings = findings_create();
        struct exhibit *exhibit = exhibit_open(SMALL, findings, NULL);
        exhibit->arena.limit = exhibit->arena.used + extra;
        bool loaded = exhibit_load_all(exhibit);
        failures += !loaded;
        rounds++;
        CHECK(loaded || exhibit->arena.used <= exhibit->arena.limit);
        exhibit_destroy(exhibit);
        findings_destroy(findings);
    }
    CHECK_THAT(failures > 30 && failures < rounds, "%zu of %zu", failures, rounds);
}

int main(void)
{
    RUN(every_shortage_is_survived);
    return check_report();
}
