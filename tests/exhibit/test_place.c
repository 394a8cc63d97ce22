/* The words of places, both ways. */
#include "base/array.h"
#include "exhibit/place.h"

#include "check.h"

#define SIXTY_FOUR "a123456789b123456789c123456789d123456789e123456789f123456789abcd"

static void reads_and_writes_every_form(void)
{
    static const struct {
        const char *words;
        enum place_kind kind;
        enum place_view view;
        const char *id, *segment, *again; /* again NULL: as it was */
    } rows[] = {
        {"attract", PLACE_ATTRACT, PLACE_RECORD, "", "", NULL},
        {"home", PLACE_HOME, PLACE_RECORD, "", "", NULL},
        {"read", PLACE_READ, PLACE_RECORD, "", "", NULL},
        {"meaning", PLACE_MEANING, PLACE_RECORD, "", "", NULL},
        {"people", PLACE_PEOPLE, PLACE_RECORD, "", "", NULL},
        {"places", PLACE_PLACES, PLACE_RECORD, "", "", NULL},
        {"timeline", PLACE_TIMELINE, PLACE_RECORD, "", "", NULL},
        {"words", PLACE_WORDS, PLACE_RECORD, "", "", NULL},
        {"related", PLACE_RELATED, PLACE_RECORD, "", "", NULL},
        {"questions", PLACE_QUESTIONS, PLACE_RECORD, "", "", NULL},
        {"about", PLACE_ABOUT, PLACE_RECORD, "", "", NULL},
        {"scan", PLACE_DOCUMENT, PLACE_SCAN, "", "", NULL},
        {"text", PLACE_DOCUMENT, PLACE_TEXT, "", "", NULL},
        {"parallel", PLACE_DOCUMENT, PLACE_PARALLEL, "", "", NULL},
        {"parallel#p2", PLACE_DOCUMENT, PLACE_PARALLEL, "", "p2", NULL},
        {"document:telegram", PLACE_DOCUMENT, PLACE_RECORD, "telegram", "", NULL},
        {"document:telegram#p2", PLACE_DOCUMENT, PLACE_PARALLEL, "telegram", "p2", NULL},
        {"document:telegram/scan", PLACE_DOCUMENT, PLACE_SCAN, "telegram", "", NULL},
        {"document:telegram/text#p2", PLACE_DOCUMENT, PLACE_TEXT, "telegram", "p2", NULL},
        {"document:telegram/parallel", PLACE_DOCUMENT, PLACE_PARALLEL, "telegram", "", NULL},
        {"document:telegram/parallel#p2", PLACE_DOCUMENT, PLACE_PARALLEL, "telegram", "p2",
            "document:telegram#p2"},
        {"note:" SIXTY_FOUR, PLACE_NOTE, PLACE_RECORD, SIXTY_FOUR, "", NULL},
        {"person:mao-zedong", PLACE_PERSON, PLACE_RECORD, "mao-zedong", "", NULL},
        {"place:38", PLACE_PLACE, PLACE_RECORD, "38", "", NULL},
        {"term:rok", PLACE_TERM, PLACE_RECORD, "rok", "", NULL},
        {"event:war-begins", PLACE_EVENT, PLACE_RECORD, "war-begins", "", NULL},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct place place = {.kind = PLACE_NONE};
        char buffer[160];
        CHECK_THAT(place_parse(str_from(rows[i].words), &place), "%s", rows[i].words);
        CHECK_INT(place.kind, rows[i].kind);
        CHECK_INT(place.view, rows[i].view);
        CHECK_TEXT(place.id, rows[i].id);
        CHECK_TEXT(place.segment, rows[i].segment);
        CHECK_TEXT(place_format(&place, buffer, sizeof buffer),
            rows[i].again != NULL ? rows[i].again : rows[i].words);
        CHECK_INT(place_is_panel(&place), rows[i].kind > PLACE_DOCUMENT);
    }
}

static void refuses_the_rest(void)
{
    static const char *const wrong[] = {"", ":", "#p2", "record", "home:", "home:x", "document",
        "document:", "document:/scan", "document:x/", "document:x/record", "document:x#", "document:X",
        "document:x#p 2", "document:x/scan/text", "document:-x", "person:", "person", "person:mao#p2",
        "person:mao/scan", "scan:x", "scan#", " home", "https://example.org", "note:" SIXTY_FOUR "e",
        "term:caf\xC3\xA9"};
    struct place before = {PLACE_TERM, PLACE_TEXT, "kept", "kept"}, place = before;
    for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
        CHECK_THAT(!place_parse(str_from(wrong[i]), &place), "\"%s\"", wrong[i]);
        CHECK(place_equal(&place, &before));
    }
    CHECK(!place_parse((struct str){"home\0x", 6}, &place));
}

static void compares_all_parts(void)
{
    struct place a = {PLACE_DOCUMENT, PLACE_TEXT, "x", "p1"}, b = a;
    CHECK(place_equal(&a, &b));
    b.view = PLACE_SCAN;
    CHECK(!place_equal(&a, &b));
    b = a;
    b.segment[1] = '2';
    CHECK(!place_equal(&a, &b));
    b = a;
    b.id[0] = 'y';
    CHECK(!place_equal(&a, &b));
}

static void a_record_view_writes_no_segment(void)
{
    struct place record = {PLACE_DOCUMENT, PLACE_RECORD, "x", "p1"},
                 home = {PLACE_DOCUMENT, PLACE_RECORD, "", ""}, none = {.kind = PLACE_NONE};
    char buffer[160] = "old";
    CHECK_TEXT(place_format(&record, buffer, sizeof buffer), "document:x");
    CHECK_TEXT(place_format(&home, buffer, sizeof buffer), "read");
    CHECK_TEXT(place_format(&none, buffer, sizeof buffer), "");
}

int main(void)
{
    RUN(reads_and_writes_every_form);
    RUN(refuses_the_rest);
    RUN(compares_all_parts);
    RUN(a_record_view_writes_no_segment);
    return check_report();
}
