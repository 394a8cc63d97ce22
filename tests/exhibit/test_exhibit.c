/* An exhibit folder as data: what is read when, what falls back to what, and how segments, zones and links
 * hold together. */
#include "exhibit/exhibit.h"

#include "base/array.h"
#include "internal.h"

#include "check.h"
#include "folder.h"

#define SMALL TEST_SOURCE_DIR "/tests/exhibits/small"

static void print_all(const struct findings *findings)
{
    findings_print(findings, NULL, stderr);
}

static void check_silent(const struct findings *findings)
{
    CHECK_INT(findings_count(findings), 0);
    print_all(findings);
}

static struct exhibit *open_folder(const struct folder *folder, struct findings *findings)
{
    struct error err = {0};
    struct exhibit *exhibit = exhibit_open(folder->path, findings, &err);
    CHECK_THAT(exhibit != NULL, "%s", err.message);
    return exhibit;
}

static bool was_read(const struct exhibit *exhibit, const char *name)
{
    const char *const *files;
    size_t count = exhibit_files(exhibit, &files);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(files[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void the_small_example_is_clean_and_complete(void)
{
    struct findings *findings = findings_create();
    struct error err = {0};
    struct exhibit *exhibit = exhibit_open(SMALL, findings, &err);
    CHECK(exhibit != NULL);
    if (exhibit == NULL) {
        return;
    }
    CHECK(exhibit_load_all(exhibit));
    check_silent(findings);
    const struct exhibit_head *head = exhibit_head(exhibit);
    CHECK_INT(head->language_count, 2);
    CHECK_TEXT(head->languages[1], "ru");
    CHECK_TEXT(head->home_document, "notice");
    CHECK_INT(head->idle_s, 90);
    CHECK_INT(head->tour_count, 3);
    CHECK_INT(head->tour[1].camera_img.w, 800);
    CHECK(head->tour[1].seconds == 8 && head->tour[0].seconds == 0);
    CHECK(str_equal_c(exhibit_string(exhibit, &head->title, "ru", NULL), "Объявление на двери музея"));
    const struct document *document = exhibit_find_document(exhibit, NULL);
    CHECK(document != NULL && exhibit_find_document(exhibit, "notice") == document);
    CHECK_INT(document->page_count, 1);
    CHECK_INT(document->layer_count, 2);
    CHECK_INT(document->record_count, 2);
    CHECK(access(document->pages[0].image, R_OK) == 0 && document->pages[0].image[0] == '/');
    CHECK(document->pages[0].zone_size.w == 1000 && document->pages[0].zone_count == 6);
    CHECK_INT(document->pages[0].provenance.lists[0].entries[0].kind, PROVENANCE_RECONSTRUCTION);
    CHECK_TEXT(
        folder_words(&exhibit_prose(exhibit, &document->layers[1].text, "en")->blocks[5]), "[Stamp: SAMPLE]");
    size_t count;
    CHECK(exhibit_people(exhibit, &count) != NULL && count == 1);
    CHECK(exhibit_find_person(exhibit, "anna-beispiel")->in_count == 1);
    CHECK(exhibit_find_place(exhibit, "musterdorf")->latitude == 51.16);
    CHECK(exhibit_map_extent(exhibit).x == 5 && exhibit_map_extent(exhibit).y == 55 &&
          exhibit_map_extent(exhibit).h == 8);
    CHECK(exhibit_find_event(exhibit, "notice-hung")->main);
    CHECK(exhibit_find_term(exhibit, "stamp") != NULL);
    CHECK(exhibit_questions(exhibit, &count) != NULL && count == 1);
    CHECK(exhibit_find_note(exhibit, "what-it-is") != NULL);
    CHECK(exhibit_find_note(exhibit, "none") == NULL && exhibit_find_person(exhibit, "none") == NULL);
    exhibit_destroy(exhibit);
    findings_destroy(findings);
}

static void reads_only_what_is_asked_for(void)
{
    struct exhibit *exhibit = exhibit_open(SMALL, NULL, NULL);
    const char *const *files;
    CHECK_INT(exhibit_files(exhibit, &files), 1);
    CHECK(exhibit_find_document(exhibit, "notice") == NULL &&
          exhibit_find_person(exhibit, "anna-beispiel") == NULL);
    struct place place;
    CHECK(place_parse(STR("people"), &place) && exhibit_load_for(exhibit, &place));
    CHECK(was_read(exhibit, "people.yaml") && !was_read(exhibit, "documents/notice/document.yaml"));
    CHECK(place_parse(STR("person:anna-beispiel"), &place) && exhibit_load_for(exhibit, &place));
    CHECK(was_read(exhibit, "documents/notice/document.yaml")); /* its title is shown in the panel */
    CHECK(!was_read(exhibit, "places.yaml"));
    CHECK(place_parse(STR("note:what-it-is"), &place) && exhibit_load_for(exhibit, &place));
    CHECK(was_read(exhibit, "notes/what-it-is.ru.md") && !was_read(exhibit, "notes/about-this-sample.en.md"));
    size_t before = exhibit_files(exhibit, &files);
    CHECK(exhibit_load_for(exhibit, &place));
    CHECK_INT(exhibit_files(exhibit, &files), before);
    exhibit_destroy(exhibit);
}

static void every_place_can_be_loaded_for(void)
{
    static const char *const words[] = {"attract", "home", "read", "scan", "text", "parallel", "meaning",
        "people", "places", "timeline", "words", "related", "questions", "about", "document:notice",
        "note:what-it-is", "person:anna-beispiel", "place:musterdorf", "term:stamp", "event:notice-hung"};
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        struct exhibit *exhibit = exhibit_open(SMALL, NULL, NULL);
        struct place place;
        CHECK_THAT(
            place_parse(str_from(words[i]), &place) && exhibit_load_for(exhibit, &place), "%s", words[i]);
        CHECK_THAT(exhibit_has_place(exhibit, &place), "%s", words[i]);
        exhibit_destroy(exhibit);
    }
}

static void knows_which_places_there_are(void)
{
    static const char *const none[] = {"document:none", "document:notice#none", "note:none", "person:none",
        "place:none", "term:none", "event:none", "note:hello"};
    struct exhibit *exhibit = exhibit_open(SMALL, NULL, NULL);
    struct place place;
    for (size_t i = 0; i < ARRAY_LENGTH(none); i++) {
        CHECK(place_parse(str_from(none[i]), &place));
        CHECK_THAT(!exhibit_has_place(exhibit, &place), "%s", none[i]);
    }
    CHECK(place_parse(STR("document:notice#hours"), &place) && exhibit_has_place(exhibit, &place));
    CHECK(place_parse(STR("document:notice/text#hours"), &place) && exhibit_has_place(exhibit, &place));
    exhibit_destroy(exhibit);
}

static void knows_from_the_start_which_screens_have_something(void)
{
    static const enum place_kind kinds[] = {
        PLACE_MEANING, PLACE_PEOPLE, PLACE_PLACES, PLACE_TIMELINE, PLACE_WORDS, PLACE_QUESTIONS};
    struct folder folder = folder_sample("screens");
    struct exhibit *full = exhibit_open(SMALL, NULL, NULL), *bare = open_folder(&folder, NULL);
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
        CHECK_THAT(exhibit_has_screen(full, kinds[i]), "kind %d", kinds[i]);
        CHECK_THAT(!exhibit_has_screen(bare, kinds[i]), "kind %d", kinds[i]);
    }
    CHECK(exhibit_has_screen(bare, PLACE_HOME) && exhibit_has_screen(bare, PLACE_READ) &&
          exhibit_has_screen(bare, PLACE_ABOUT));
    CHECK(!exhibit_has_screen(bare, PLACE_NONE));
    const char *const *files;
    CHECK_INT(exhibit_files(full, &files), 1);
    exhibit_destroy(full);
    exhibit_destroy(bare);
    folder_remove(&folder);
}

static void names_the_files_to_watch(void)
{
    struct folder folder = folder_sample("watch");
    folder_write(&folder, "documents/letter/document.yaml",
        "title: t\npages:\n  - {image: pages/1.png, zones: zones/1.yaml, alt: a, provenance: [{kind: "
        "scan}]}\n");
    struct exhibit *exhibit = open_folder(&folder, NULL);
    CHECK(exhibit_load_document(exhibit, NULL));
    CHECK(was_read(exhibit, "exhibit.yaml") && was_read(exhibit, "documents/letter/document.yaml"));
    /* Named and not there: when they come, the screen must change. */
    CHECK(was_read(exhibit, "documents/letter/pages/1.png") &&
          was_read(exhibit, "documents/letter/zones/1.yaml"));
    CHECK(was_read(exhibit, "documents/letter/text"));
    exhibit_destroy(exhibit);
    folder_remove(&folder);
}

static void texts_fall_back_to_the_first_language(void)
{
    struct folder folder = folder_sample("fallback");
    folder_write(&folder, "exhibit.yaml",
        "vitrine: 1\ntitle: {ko: \"제목\", en: \"Title\"}\nlanguages: [en, ko, ru]\nhome: {document: letter, "
        "lead: {ko: \"한\"}}\n"
        "sponsor: \"For all\"\nprovenance: {ko: [{kind: scan}], en: [{kind: editorial}], ru: [{kind: "
        "editorial}]}\n");
    struct exhibit *exhibit = open_folder(&folder, NULL);
    const struct exhibit_head *head = exhibit_head(exhibit);
    const char *found = NULL;
    CHECK(
        str_equal_c(exhibit_string(exhibit, &head->title, "ko", &found), "제목") && strcmp(found, "ko") == 0);
    CHECK(str_equal_c(exhibit_string(exhibit, &head->title, "ru", &found), "Title") &&
          strcmp(found, "en") == 0);
    CHECK(str_equal_c(exhibit_string(exhibit, &head->sponsor, "ru", &found), "For all") &&
          strcmp(found, "ru") == 0);
    CHECK_TEXT(exhibit_prose(exhibit, &head->lead, "ru")->language, "ko");
    CHECK_INT(exhibit_string_exact(&head->title, "ru").length, 0);
    CHECK(str_equal_c(exhibit_string_exact(&head->sponsor, "ru"), "For all"));
    CHECK_INT(exhibit_provenance(&head->provenance, "ko")->entries[0].kind, PROVENANCE_SCAN);
    CHECK(exhibit_provenance(&head->provenance, "fr") == NULL);
    struct string nothing = {NULL, 0};
    CHECK_INT(exhibit_string(exhibit, &nothing, "en", &found).length, 0);
    exhibit_destroy(exhibit);
    folder_remove(&folder);
}

static void texts_align_by_order_or_by_anchor(void)
{
    struct folder folder = folder_sample("align");
    struct findings *findings = findings_create();
    folder_write(&folder, "documents/letter/document.yaml",
        "title: \"A letter\"\nlayers:\n  - {id: transcription, title: t, kind: transcription, provenance: "
        "[{kind: transcription}]}\n"
        "  - {id: translation, title: t, kind: translation, provenance: [{kind: translation}]}\n"
        "  - {id: comment, title: t, kind: commentary, provenance: [{kind: editorial}]}\n");
    folder_write(&folder, "documents/letter/text/transcription.de.md", "Lieber Freund,\n\nalles ist gut.\n");
    folder_write(&folder, "documents/letter/text/comment.en.md", "{#p2} Is it?\n");
    struct exhibit *exhibit = open_folder(&folder, findings);
    CHECK(exhibit_load_all(exhibit));
    check_silent(findings);
    const struct document *document = exhibit_find_document(exhibit, "letter");
    const struct prose_text *german = exhibit_prose(exhibit, &document->layers[0].text, "de");
    CHECK_TEXT(german->blocks[0].segment, "p1");
    CHECK_TEXT(german->blocks[1].segment, "p2");
    CHECK(!german->blocks[1].anchored);
    CHECK_INT(exhibit_find_segment(exhibit_prose(exhibit, &document->layers[2].text, "en"), "p2"), 0);
    exhibit_destroy(exhibit);
    findings_destroy(findings);
    folder_remove(&folder);
}

static void count_code(const struct findings *findings, int code, size_t wanted)
{
    size_t count = 0;
    for (size_t i = 0; i < findings_count(findings); i++) {
        count += findings_get(findings, i)->code == code;
    }
    CHECK_THAT(count == wanted && findings_count(findings) == wanted, "VIT-%d %zu times of %zu, not %zu",
        code, count, findings_count(findings), wanted);
    if (findings_count(findings) != wanted) {
        print_all(findings);
    }
}

/* Opens, loads all, and expects `wanted` findings of one code and no other. */
static void expect(struct folder *folder, int code, size_t wanted)
{
    struct findings *findings = findings_create();
    struct exhibit *exhibit = open_folder(folder, findings);
    if (exhibit != NULL) {
        CHECK(exhibit_load_all(exhibit));
        count_code(findings, code, wanted);
    }
    exhibit_destroy(exhibit);
    findings_destroy(findings);
}

static void unaligned_texts_are_reported(void)
{
    struct folder folder = folder_sample("unaligned");
    folder_write(&folder, "documents/letter/document.yaml",
        "title: \"A letter\"\nlayers:\n  - {id: transcription, title: t, kind: transcription, provenance: "
        "[{kind: transcription}]}\n"
        "  - {id: translation, title: t, kind: translation, provenance: [{kind: translation}]}\n");
    folder_write(
        &folder, "documents/letter/text/transcription.de.md", "Lieber Freund,\n\nalles ist gut.\n\nAnna\n");
    expect(&folder, FINDING_LAYERS_UNALIGNED, 1); /* by order: 3 and 2 */
    folder_write(&folder, "documents/letter/text/transcription.de.md", "{#p1} Lieber Freund,\n");
    expect(&folder, FINDING_LAYERS_UNALIGNED, 1); /* lacks p2 */
    folder_write(&folder, "documents/letter/text/transcription.de.md",
        "{#p1} Lieber\n\n{#p2} Freund\n\n{#p3} A\n\n{#p4} B\n");
    expect(
        &folder, FINDING_LAYERS_UNALIGNED, 2); /* the measure is the first text; the other lacks p3 and p4 */
    folder_write(&folder, "documents/letter/text/translation.en.md", "A\n\nB\n");
    folder_write(&folder, "documents/letter/text/transcription.de.md", "A\n\nB\n\nC\n");
    expect(&folder, FINDING_LAYERS_UNALIGNED, 1);
    folder_remove(&folder);
}

static void a_broken_list_makes_no_links_dangle(void)
{
    struct folder folder = folder_sample("partial");
    folder_write(&folder, "notes/hello.en.md", "# Hello\n\n[Anna](person:anna), [Boris](person:boris)\n");
    folder_write(&folder, "people.yaml", "- id: anna\n  name: Anna\n- id: boris\n  name: \"Boris\n");
    expect(&folder, FINDING_YAML_SYNTAX, 1);
    folder_write(&folder, "people.yaml", "people:\n  - id: anna\n    name: Anna\n");
    expect(&folder, FINDING_WRONG_TYPE, 1); /* a list was meant */
    folder_write(&folder, "documents/other/document.yaml", "title: [\n");
    folder_write(&folder, "people.yaml", "- id: anna\n  name: Anna\n- id: boris\n  name: \"Boris\"\n");
    folder_write(&folder, "notes/hello.en.md", "# Hello\n\n[Anna](person:anna), [it](document:other)\n");
    expect(&folder, FINDING_YAML_SYNTAX, 1);
    folder_remove(&folder);
}

static void goes_on_after_mistakes(void)
{
    struct folder folder = folder_sample("many");
    struct findings *findings = findings_create();
    folder_write(&folder, "timeline.yaml",
        "- {id: a, date: 1950-02-30, title: x}\n- {id: b, date: 1950, title: [x]}\n- just words\n- {id: B, "
        "date: 1950, title: x}\n"
        "- {id: e, date: 1950, tilte: x}\n- {id: f, date: 1951-01-01, title: good, time: \"12:00\"}\n");
    struct exhibit *exhibit = open_folder(&folder, findings);
    CHECK(exhibit_load_all(exhibit));
    static const int codes[] = {FINDING_BAD_DATE, FINDING_WRONG_TYPE, FINDING_WRONG_TYPE, FINDING_BAD_ID,
        FINDING_KEY_MISSING, FINDING_UNKNOWN_KEY};
    findings_sort(findings);
    CHECK_INT(findings_count(findings), ARRAY_LENGTH(codes));
    for (size_t i = 0; i < ARRAY_LENGTH(codes) && i < findings_count(findings); i++) {
        CHECK_INT(findings_get(findings, i)->code, codes[i]);
    }
    size_t count;
    const struct event *events = exhibit_timeline(exhibit, &count);
    CHECK_INT(count, 4);
    CHECK(str_equal_c(exhibit_string(exhibit, &events[3].title, "en", NULL), "good") &&
          str_equal_c(events[3].time, "12:00"));
    exhibit_destroy(exhibit);
    findings_destroy(findings);
    folder_remove(&folder);
}

static void zones_are_found_by_point_and_by_segment(void)
{
    struct folder folder = folder_sample("zones");
    folder_write(&folder, "documents/letter/pages/1.png", "not looked into here");
    folder_write(&folder, "documents/letter/document.yaml",
        "title: t\npages:\n  - {image: pages/1.png, zones: zones/1.yaml, alt: a, provenance: [{kind: "
        "scan}]}\nlayers:\n"
        "  - {id: translation, title: t, kind: translation, provenance: [{kind: translation}]}\n");
    folder_write(&folder, "documents/letter/zones/1.yaml",
        "page: [100, 100]\nzones:\n  - {segment: p1, box: [0, 0, 100, 50]}\n  - {segments: [p1, p2], box: "
        "[10, 10, 20, 20]}\n"
        "  - {segment: p2, polygon: [[50, 60], [90, 60], [50, 100]]}\n");
    struct findings *findings = findings_create();
    struct exhibit *exhibit = open_folder(&folder, findings);
    CHECK(exhibit_load_all(exhibit));
    check_silent(findings);
    const struct page *page = &exhibit_find_document(exhibit, NULL)->pages[0];
    CHECK(exhibit_zone_at(page, 5, 5) == &page->zones[0]);
    CHECK(exhibit_zone_at(page, 15, 15) == &page->zones[1]); /* the smaller one on top */
    CHECK(exhibit_zone_at(page, 55, 65) == &page->zones[2]);
    CHECK(exhibit_zone_at(page, 85, 95) == NULL); /* in the box around the triangle, not in it */
    CHECK(exhibit_zone_at(page, 5, 55) == NULL && exhibit_zone_at(page, -1, 5) == NULL);
    struct rectf bounds;
    CHECK(exhibit_segment_bounds(page, "p2", &bounds));
    CHECK(bounds.x == 10 && bounds.y == 10 && bounds.w == 80 && bounds.h == 90);
    CHECK(!exhibit_segment_bounds(page, "p3", &bounds));
    CHECK_TEXT(page->zones[1].segments[1], "p2");
    CHECK(page->zones_mark.line == 1 && page->zones_mark.column == 7);
    exhibit_destroy(exhibit);
    findings_destroy(findings);
    folder_remove(&folder);
}

static void wrong_zones_are_left_out(void)
{
    struct folder folder = folder_sample("badzones");
    folder_write(&folder, "documents/letter/pages/1.png", "x");
    folder_write(&folder, "documents/letter/document.yaml",
        "title: t\npages:\n  - {image: pages/1.png, zones: zones/1.yaml, alt: a, provenance: [{kind: "
        "scan}]}\nlayers:\n"
        "  - {id: translation, title: t, kind: translation, provenance: [{kind: translation}]}\n");
    static const char *const shapes[] = {"box: [1, 2, 3]", "box: [1, 2, 0, 4]", "box: [1, 2, 3, x]",
        "polygon: [[1, 1], [2, 2], [3, 3]]", "polygon: [[1, 1], [2, 2]]", "polygon: [[1, 1], [2, 2], [3]]",
        "box: [1, 1, 2, 2], polygon: [[1, 1], [2, 1], [2, 2]]", "segments: [p1]", "box: [nan, 0, 1, 1]",
        "box: [1e999, 0, 1, 1]"};
    for (size_t i = 0; i < ARRAY_LENGTH(shapes); i++) {
        char text[200];
        snprintf(text, sizeof text,
            "page: [100, 100]\nzones:\n  - {segment: p1, box: [0, 0, 1, 1]}\n  - {segment: p1, %s}\n",
            shapes[i]);
        folder_write(&folder, "documents/letter/zones/1.yaml", text);
        struct findings *findings = findings_create();
        struct exhibit *exhibit = open_folder(&folder, findings);
        CHECK(exhibit_load_all(exhibit));
        CHECK_THAT(findings_count(findings) >= 1, "%s", shapes[i]);
        for (size_t j = 0; j < findings_count(findings); j++) {
            CHECK_INT(findings_get(findings, j)->code, FINDING_ZONE_SHAPE);
            CHECK_INT(findings_get(findings, j)->line, 4);
        }
        CHECK_INT(exhibit_find_document(exhibit, NULL)->pages[0].zone_count, 1);
        exhibit_destroy(exhibit);
        findings_destroy(findings);
    }
    folder_remove(&folder);
}

static void an_image_past_the_limit_is_refused(void)
{
    struct folder folder = folder_sample("large");
    folder_write(&folder, "documents/letter/pages/1.png", "x");
    folder_write(&folder, "documents/letter/document.yaml",
        "title: t\npages:\n  - {image: pages/1.png, alt: a, provenance: [{kind: scan}]}\n");
    folder_write(&folder, "documents/letter/text/translation.en.md", "");
    CHECK(remove(folder_path(&folder, "documents/letter/text/translation.en.md")) == 0);
    /* a hole in the disk, not a gigabyte */
    CHECK(truncate(folder_path(&folder, "documents/letter/pages/1.png"), (off_t)LIMIT_IMAGE_BYTES + 1) == 0);
    expect(&folder, FINDING_IMAGE_TOO_LARGE, 1);
    CHECK(truncate(folder_path(&folder, "documents/letter/pages/1.png"), (off_t)LIMIT_IMAGE_BYTES) == 0);
    expect(&folder, FINDING_IMAGE_TOO_LARGE, 0);
    folder_remove(&folder);
}

static void what_cannot_be_opened_says_why(void)
{
    struct folder folder = folder_make("unopened");
    struct error err = {0};
    CHECK(exhibit_open(folder_path(&folder, "none"), NULL, &err) == NULL && err.category == ERROR_INPUT);
    CHECK(strstr(err.message, "there is no exhibit") != NULL);
    CHECK(exhibit_open(folder.path, NULL, &err) == NULL && err.category == ERROR_INPUT);
    CHECK(strstr(err.message, "exhibit.yaml") != NULL);
    folder_write(&folder, "words.txt", "x");
    CHECK(exhibit_open(folder_path(&folder, "words.txt"), NULL, &err) == NULL && err.category == ERROR_INPUT);
    CHECK(mkdir(folder_path(&folder, "exhibit.yaml"), 0755) == 0);
    CHECK(exhibit_open(folder.path, NULL, &err) == NULL && err.category == ERROR_INPUT);
    exhibit_destroy(NULL);
    folder_remove(&folder);
}

static void the_worst_head_still_opens(void)
{
    static const char *const heads[] = {"", "# nothing\n", "words", "- a\n- b\n", "vitrine: [\n",
        "languages: en\n", "languages: [EN, EN]\n", "languages: [en]\ntour: {a: b}\nhome: []\nmeaning: x\n",
        "\xFF\xFE\x00"};
    struct folder folder = folder_make("worst");
    for (size_t i = 0; i < ARRAY_LENGTH(heads); i++) {
        folder_write(&folder, "exhibit.yaml", heads[i]);
        struct findings *findings = findings_create();
        struct exhibit *exhibit = open_folder(&folder, findings);
        CHECK(findings_errors(findings) > 0);
        if (exhibit != NULL) {
            CHECK_INT(exhibit_head(exhibit)->language_count, 1);
            CHECK(exhibit_load_all(exhibit));
            CHECK(exhibit_find_document(exhibit, NULL) == NULL);
        }
        exhibit_destroy(exhibit);
        findings_destroy(findings);
    }
    folder_remove(&folder);
}

int main(void)
{
    RUN(the_small_example_is_clean_and_complete);
    RUN(reads_only_what_is_asked_for);
    RUN(every_place_can_be_loaded_for);
    RUN(knows_which_places_there_are);
    RUN(knows_from_the_start_which_screens_have_something);
    RUN(names_the_files_to_watch);
    RUN(texts_fall_back_to_the_first_language);
    RUN(texts_align_by_order_or_by_anchor);
    RUN(unaligned_texts_are_reported);
    RUN(a_broken_list_makes_no_links_dangle);
    RUN(goes_on_after_mistakes);
    RUN(zones_are_found_by_point_and_by_segment);
    RUN(wrong_zones_are_left_out);
    RUN(an_image_past_the_limit_is_refused);
    RUN(what_cannot_be_opened_says_why);
    RUN(the_worst_head_still_opens);
    return check_report();
}
