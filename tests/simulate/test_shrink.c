/* A run that breaks a rule ends in a short script. No rule breaks by itself: the test asks for one that does.
 */
#include "check.h"

#include "simulate/simulate.h"

#include <stdlib.h>

static bool never_large_and_black(const struct visit *visit)
{
    return !visit->high_contrast || visit->text_size != 150;
}

/* A rule that breaks sooner or later: the seed's run is made a script of the few steps that it takes, and
 * only that rule's. */
static void a_breach_becomes_a_short_script(void)
{
    struct player_paths paths;
    struct error err = {0};
    struct simulate_outcome outcome = {0};
    struct simulate_options options = {
        .paths = &paths, .seed = 5, .events = 30000, .shrink = true, .holds = never_large_and_black};
    bool good = player_find_paths(&paths, &err);
    options.exhibit = paths.exhibit;
    good = good && simulate_run(&options, &outcome, &err);
    CHECK_THAT(
        good && !outcome.held && strcmp(outcome.rule, "asked") == 0, "%s%s", err.message, outcome.rule);
    CHECK(good && outcome.script != NULL);
    if (good && outcome.script != NULL) {
        CHECK_THAT(outcome.steps < outcome.event && outcome.steps <= 24, "%ld steps of %ld", outcome.steps,
            outcome.event);
        CHECK(strstr(outcome.script, " down ") != NULL || strstr(outcome.script, " key ") != NULL);
        CHECK(strstr(outcome.script, " quit") != NULL);
    }
    simulate_finish(&outcome);
}

int main(void)
{
    setenv("VITRINE_ASSETS", TEST_SOURCE_DIR "/assets", 0);
    setenv("VITRINE_EXHIBIT", TEST_SOURCE_DIR "/exhibits/telegram-1950", 0);
    setenv("VITRINE_DECODER", TEST_BINARY_DIR "/app/scan/vitrine-decode", 0);
    RUN(a_breach_becomes_a_short_script);
    return check_report();
}
