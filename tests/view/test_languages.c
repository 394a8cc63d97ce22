/* The exhibit of ten languages, four of them hard to set and two from right to left: the same that must hold
 * of the exhibit that ships. */
#include "check.h"
#include "measured.h"

static const char *const screens[] = {"attract", "home", "read", "scan", "text", "parallel", "meaning",
    "people", "places", "timeline", "words", "related", "questions", "about", "person:mehta", "person:chang",
    "place:beirut", "event:adopted", "term:abstention", "note:how-it-was-written", "document:charter"};
int main(void)
{
    measure_looks(TEST_SOURCE_DIR "/tests/exhibits/languages", screens, ARRAY_LENGTH(screens));
    return check_report();
}
