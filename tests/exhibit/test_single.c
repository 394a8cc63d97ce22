/* One picture plays as an exhibit of one page. */
#include "exhibit/exhibit.h"

#include "base/array.h"

#include "check.h"
#include "folder.h"

static void opens(const struct folder *folder, const char *name, const char *title)
{
    struct findings *findings = findings_create();
    struct error err = {0};
    folder_write(folder, name, "x");
    struct exhibit *exhibit = exhibit_open(folder_path(folder, name), findings, &err);
    CHECK_THAT(exhibit != NULL, "%s: %s", name, err.message);
    if (exhibit != NULL) {
        CHECK(exhibit_load_all(exhibit));
        CHECK_INT(findings_count(findings), 0);
        const struct document *document = exhibit_find_document(exhibit, NULL);
        CHECK(document != NULL && document->page_count == 1 && document->layer_count == 0);
        CHECK(str_equal_c(exhibit_string(exhibit, &exhibit_head(exhibit)->title, "en", NULL), title));
        CHECK(str_equal_c(exhibit_string(exhibit, &document->title, "ko", NULL), title));
        CHECK(access(document->pages[0].image, R_OK) == 0 && document->pages[0].image[0] == '/');
        const struct provenance *provenance = exhibit_provenance(&document->pages[0].provenance, "en");
        CHECK(provenance != NULL && provenance->entries[0].kind == PROVENANCE_SCAN &&
              provenance->entries[0].who.count == 0);
        CHECK_INT(exhibit_head(exhibit)->language_count, 1);
        struct place scan = {.kind = PLACE_DOCUMENT, .view = PLACE_SCAN},
                     text = {.kind = PLACE_DOCUMENT, .view = PLACE_TEXT};
        CHECK(exhibit_has_place(exhibit, &scan) && !exhibit_has_place(exhibit, &text));
        CHECK(exhibit_load_for(exhibit, &scan));
        const char *const *ids;
        size_t count;
        CHECK(
            exhibit_list_documents(exhibit, &ids, &count) && count == 1 && strcmp(ids[0], document->id) == 0);
        CHECK(exhibit_list_notes(exhibit, &ids, &count) && count == 0);
    }
    exhibit_destroy(exhibit);
    findings_destroy(findings);
}

static void every_kind_of_picture(void)
{
    struct folder folder = folder_make("single");
    opens(&folder, "a map.png", "a map.png");
    opens(&folder, "b.JPG", "b.JPG");
    opens(&folder, "c.jpeg", "c.jpeg");
    opens(&folder, "d.dzi", "d.dzi");
    opens(&folder, "letter/info.json", "letter");
    folder_remove(&folder);
}

static void a_folder_called_like_a_picture_is_a_folder(void)
{
    struct folder folder = folder_make("notpicture");
    struct error err = {0};
    CHECK(mkdir(folder_path(&folder, "a.png"), 0755) == 0);
    CHECK(exhibit_open(folder_path(&folder, "a.png"), NULL, &err) == NULL && err.category == ERROR_INPUT);
    CHECK(exhibit_open(folder_path(&folder, "b.png"), NULL, &err) == NULL && err.category == ERROR_INPUT);
    folder_remove(&folder);
}

int main(void)
{
    RUN(every_kind_of_picture);
    RUN(a_folder_called_like_a_picture_is_a_folder);
    return check_report();
}
