/* The first exhibit of the curator's guide, typed as it stands there, has no finding: step by step, picture
 * and zones included. */
#include "exhibit/exhibit.h"

#include "check.h"
#include "files.h"
#include "folder.h"

/* The indented block behind the first line that holds `heading`, without its indentation. */
static char *block_after(const char *guide, const char *heading)
{
    char *block = calloc(1, 5000);
    const char *at = strstr(guide, heading);
    CHECK_THAT(at != NULL && block != NULL, "no \"%s\"", heading);
    while (at != NULL && strncmp(at, "    ", 4) != 0) {
        at = strchr(at, '\n');
        at = at != NULL ? at + 1 : NULL;
    }
    while (at != NULL && (strncmp(at, "    ", 4) == 0 || *at == '\n')) {
        const char *end = strchr(at, '\n');
        if (end == NULL) {
            break;
        }
        strncat(block, *at == '\n' ? at : at + 4, (size_t)(end + 1 - (*at == '\n' ? at : at + 4)));
        at = end + 1;
    }
    return block;
}

static void write_block(const struct folder *folder, const char *guide, const char *heading, const char *file)
{
    char *block = block_after(guide, heading);
    CHECK(strlen(block) > 40);
    folder_write(folder, file, block);
    free(block);
}

static void check_clean(const struct folder *folder)
{
    struct findings *findings = findings_create();
    struct error err = {0};
    struct exhibit *exhibit = exhibit_open(folder->path, findings, &err);
    CHECK_THAT(exhibit != NULL, "%s", err.message);
    if (exhibit != NULL) {
        CHECK(exhibit_load_all(exhibit));
        CHECK(exhibit_find_document(exhibit, NULL) != NULL);
    }
    CHECK_INT(findings_count(findings), 0);
    findings_print(findings, NULL, stderr);
    exhibit_destroy(exhibit);
    findings_destroy(findings);
}

static void the_first_exhibit_is_clean(void)
{
    struct folder folder = folder_make("guide");
    char *guide = files_read(TEST_SOURCE_DIR "/exhibits/README.md", NULL);
    CHECK(guide != NULL);
    if (guide == NULL) {
        folder_remove(&folder);
        return;
    }
    write_block(&folder, guide, "`letter/exhibit.yaml`", "exhibit.yaml");
    write_block(
        &folder, guide, "`letter/documents/my-letter/document.yaml`", "documents/my-letter/document.yaml");
    write_block(&folder, guide, "`letter/documents/my-letter/text/transcription.en.md`",
        "documents/my-letter/text/transcription.en.md");
    check_clean(&folder);

    /* steps 4 and 5 */
    char *document = block_after(guide, "`letter/documents/my-letter/document.yaml`");
    char *pages = block_after(guide, "Add this to the end of `document.yaml`");
    char *zones = block_after(guide, "below `image:`");
    char whole[5000];
    const char *image = strstr(pages, "image: pages/1.jpg\n");
    CHECK(image != NULL && strstr(zones, "zones: zones/1.yaml") != NULL);
    if (image != NULL) {
        int head = (int)(image + strlen("image: pages/1.jpg\n") - pages);
        snprintf(whole, sizeof whole, "%s%.*s%s%s", document, head, pages, zones, pages + head);
        folder_write(&folder, "documents/my-letter/document.yaml", whole);
        folder_write(&folder, "documents/my-letter/pages/1.jpg", "a picture");
        write_block(
            &folder, guide, "`letter/documents/my-letter/zones/1.yaml`", "documents/my-letter/zones/1.yaml");
        check_clean(&folder);
    }
    free(document);
    free(pages);
    free(zones);
    free(guide);
    folder_remove(&folder);
}

int main(void)
{
    RUN(the_first_exhibit_is_clean);
    return check_report();
}
