/* check: what is wrong with exhibits, and what to do about it. */
#include "author/options.h"
#include "tools.h"

static int check_one(const char *path, const struct player_paths *paths, const struct author_io *io)
{
    struct error err = {0};
    struct findings *findings = findings_create();
    if (findings == NULL) {
        error_memory(&err);
        return author_fail(io, &err);
    }
    struct exhibit *exhibit = author_inspect(path, paths, true, findings, &err);
    author_report(findings, path, io->out);
    int code = findings_errors(findings) > 0 ? (int)ERROR_INPUT : 0;
    if (exhibit == NULL) {
        code = author_fail(io, &err);
    }
    exhibit_destroy(exhibit);
    findings_destroy(findings);
    return code;
}

int author_check(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct player_paths paths;
    if (!options_read(&argc, argv, NULL, 0, &err)) {
        return author_fail(io, &err);
    }
    if (argc < 2) {
        error_set(
            &err, ERROR_USAGE, "check wants the folder of an exhibit, or several: see vitrine help check");
        return author_fail(io, &err);
    }
    if (!author_paths(io, &paths, &err)) {
        return author_fail(io, &err);
    }
    int worst = 0;
    for (int i = 1; i < argc; i++) {
        int code = check_one(argv[i], &paths, io);
        worst = code > worst ? code : worst;
    }
    return worst;
}
