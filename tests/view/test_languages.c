/* The exhibit of ten languages, four of them hard to set and two from right to left: the same that must hold
 * of the exhibit that ships. */
#include "check.h"
#include "measured.h"

static const char *const screens[] = {"attract", "home", "read", "scan", "text", "parallel", "meaning",
    "people", "places", "timeline", "words", "related", "questions", "about", "person:mehta", "person:chang",
    "place:beirut", "event:adopted", "term:abstention", "note:how-it-was-written", "document:charter"};
static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {3840, 2160}};

static void check_all(bool contrast, bool low_reach, int text_size)
{
    struct measured measured = {.exhibit = TEST_SOURCE_DIR "/tests/exhibits/languages",
        .screens = screens,
        .screen_count = sizeof screens / sizeof screens[0],
        .sizes = sizes,
        .size_count = sizeof sizes / sizeof sizes[0],
        .text_size = text_size,
        .contrast = contrast,
        .low_reach = low_reach};
    measure_screens(&measured);
}

static void at_100(void)
{
    check_all(false, false, 100);
}

static void at_125(void)
{
    check_all(false, false, 125);
}

static void at_150(void)
{
    check_all(false, false, 150);
}

static void at_200(void)
{
    check_all(false, false, 200);
}

static void in_high_contrast(void)
{
    check_all(true, false, 100);
}

static void in_low_reach(void)
{
    check_all(false, true, 100);
}

static void in_low_reach_at_200(void)
{
    check_all(false, true, 200);
}

int main(void)
{
    RUN(at_100);
    RUN(at_125);
    RUN(at_150);
    RUN(at_200);
    RUN(in_high_contrast);
    RUN(in_low_reach);
    RUN(in_low_reach_at_200);
    return check_report();
}
