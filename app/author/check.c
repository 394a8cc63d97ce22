/* check: what is wrong with exhibits, and what to do about it. */
#include "author/options.h"
#include "base/array.h"
#include "stand.h"
#include "tools.h"

#include <string.h>

struct order {
    const char *site_path;
    struct site site;
    struct size size;
    struct player_paths paths;
};

/* The screens on the site's display: findings of their own, since they stand in the site file. */
static bool check_stand(const struct order *order, const char *path, struct exhibit *exhibit,
    const struct author_io *io, struct error *err)
{
    const char *slash = order->site_path != NULL ? strrchr(order->site_path, '/') : NULL;
    const char *file = slash != NULL ? slash + 1 : order->site_path;
    struct findings *findings = findings_create();
    bool ok = findings != NULL || error_memory(err);
    if (ok && order->site_path != NULL) {
        ok = stand_check(path, exhibit, &order->paths, &order->site, order->size, file, findings, err);
        author_report_file(findings, order->site_path, io->out);
    }
    findings_destroy(findings);
    return ok;
}

static int check_one(const char *path, const struct order *order, const struct author_io *io)
{
    struct error err = {0};
    struct findings *findings = findings_create();
    if (findings == NULL) {
        error_memory(&err);
        return author_fail(io, &err);
    }
    struct exhibit *exhibit = author_inspect(path, &order->paths, true, findings, &err);
    author_report(findings, path, io->out);
    int code = findings_errors(findings) > 0 ? (int)ERROR_INPUT : 0;
    if (exhibit == NULL || !check_stand(order, path, exhibit, io, &err)) {
        code = author_fail(io, &err);
    }
    exhibit_destroy(exhibit);
    findings_destroy(findings);
    return code;
}

/* The site file's own mistakes. Its display's size in pixels is the option's, or what displays of its shape
 * have. */
static int check_site(struct order *order, const struct author_io *io)
{
    struct error err = {0};
    struct findings *findings = findings_create();
    bool ok = findings != NULL || error_memory(&err);
    ok = ok && site_read(order->site_path, &order->site, findings, &err);
    author_report_file(findings, order->site_path, io->out);
    int code = !ok ? author_fail(io, &err) : findings_errors(findings) > 0 ? (int)ERROR_INPUT : 0;
    if (order->size.w == 0) {
        bool upright = order->site.display.height_mm > order->site.display.width_mm;
        order->size = upright ? (struct size){1080, 1920} : (struct size){1920, 1080};
    }
    findings_destroy(findings);
    return code;
}

int author_check(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct order order = {.size = {0, 0}};
    const struct option options[] = {
        {"--site", OPTION_TEXT, &order.site_path, NULL},
        {"--size", OPTION_SIZE, &order.size, NULL},
    };
    if (!options_read(&argc, argv, options, ARRAY_LENGTH(options), &err)) {
        return author_fail(io, &err);
    }
    if (argc < 2 && order.site_path == NULL) {
        error_set(
            &err, ERROR_USAGE, "check wants the folder of an exhibit, or several: see vitrine help check");
        return author_fail(io, &err);
    }
    if (!author_paths(io, &order.paths, &err)) {
        return author_fail(io, &err);
    }
    int worst = order.site_path != NULL ? check_site(&order, io) : 0;
    for (int i = 1; i < argc; i++) {
        int code = check_one(argv[i], &order, io);
        worst = code > worst ? code : worst;
    }
    return worst;
}
