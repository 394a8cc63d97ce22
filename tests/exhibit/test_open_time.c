/* An exhibit of 1,000 documents opens in at most 1.3 times the time of one with 10: it reads what home needs.
 */
#include "exhibit/exhibit.h"

#include "check.h"
#include "folder.h"

#include <time.h>

static struct folder make(int documents)
{
    char name[80];
    snprintf(name, sizeof name, "many-%d", documents);
    struct folder folder = folder_sample(name);
    for (int i = 0; i < documents; i++) {
        snprintf(name, sizeof name, "documents/d%d/document.yaml", i);
        folder_write(
            &folder, name, "title: \"One of many\"\nprovenance: [{kind: editorial}]\nrelated: [letter]\n");
    }
    return folder;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The fastest of many: what the work takes when nothing else runs. */
static double best(const struct folder *folder, double so_far)
{
    static const struct place home = {.kind = PLACE_HOME};
    for (int i = 0; i < 20; i++) {
        double start = seconds();
        struct exhibit *exhibit = exhibit_open(folder->path, NULL, NULL);
        CHECK(exhibit != NULL && exhibit_load_for(exhibit, &home));
        double took = seconds() - start;
        exhibit_destroy(exhibit);
        so_far = took < so_far ? took : so_far;
    }
    return so_far;
}

static void many_open_like_few(void)
{
    struct folder few = make(10), many = make(1000);
    double few_s = 1e9, many_s = 1e9;
    for (int round = 0; round < 3; round++) {
        few_s = best(&few, few_s);
        many_s = best(&many, many_s);
    }
    CHECK_THAT(
        many_s <= 1.3 * few_s, "10 documents %.3f ms, 1000 documents %.3f ms", few_s * 1e3, many_s * 1e3);
    printf("10 documents %.3f ms, 1000 documents %.3f ms\n", few_s * 1e3, many_s * 1e3);
    folder_remove(&few);
    folder_remove(&many);
}

static void all_of_them_can_be_loaded(void)
{
    struct folder many = make(1000);
    struct findings *findings = findings_create();
    struct exhibit *exhibit = exhibit_open(many.path, findings, NULL);
    const char *const *ids;
    size_t count;
    CHECK(exhibit_load_all(exhibit));
    CHECK_INT(findings_count(findings), 0);
    CHECK(exhibit_list_documents(exhibit, &ids, &count) && count == 1001);
    CHECK(exhibit_find_document(exhibit, "d999") != NULL);
    exhibit_destroy(exhibit);
    findings_destroy(findings);
    folder_remove(&many);
}

int main(void)
{
    RUN(many_open_like_few);
    RUN(all_of_them_can_be_loaded);
    return check_report();
}
