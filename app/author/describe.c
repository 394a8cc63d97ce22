/* describe: a screen in words. */
#include "screens.h"

#include "box/box.h"

struct order {
    const char *exhibit, *place, *language;
    struct screens_look look;
};

static bool read_order(int argc, char **argv, struct order *order, struct error *err)
{
    const struct option options[] = {
        {"--place", OPTION_TEXT, &order->place, NULL},
        {"--lang", OPTION_TEXT, &order->language, NULL},
        SCREENS_LOOK_OPTIONS(&order->look),
    };
    if (!options_read(&argc, argv, options, sizeof options / sizeof options[0], err)) {
        return false;
    }
    if (argc != 2 || order->place == NULL) {
        return error_set(
            err, ERROR_USAGE, "describe wants one exhibit and --place PLACE: see vitrine help describe");
    }
    order->exhibit = argv[1];
    return true;
}

/* Reads what the place needs, with findings: the player that draws it keeps none. */
static bool resolve(
    const struct order *order, struct findings *findings, struct place *place, struct error *err)
{
    struct exhibit *exhibit = exhibit_open(order->exhibit, findings, err);
    bool ok = exhibit != NULL && screens_place(exhibit, order->place, place, err) &&
              (exhibit_load_for(exhibit, place) || error_memory(err));
    exhibit_destroy(exhibit);
    return ok;
}

static bool choose_language(const struct order *order, const struct screens *screens,
    char language[VISIT_LANGUAGE_MAX + 1], struct error *err)
{
    const char *tag = screens_first_language(screens, order->language, err);
    if (tag != NULL) {
        snprintf(language, VISIT_LANGUAGE_MAX + 1, "%s", tag);
    }
    return tag != NULL;
}

int author_describe(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct order order = {.look = SCREENS_LOOK_DEFAULT};
    struct player_paths paths;
    struct screens screens = {0};
    struct place place;
    char language[VISIT_LANGUAGE_MAX + 1];
    struct findings *findings = findings_create();
    bool ok = (findings != NULL || error_memory(&err)) && read_order(argc, argv, &order, &err) &&
              author_paths(io, &paths, &err);
    ok = ok && resolve(&order, findings, &place, &err) &&
         screens_open(&screens, order.exhibit, &paths, &order.look, &err) &&
         choose_language(&order, &screens, language, &err);
    if (ok) {
        player_complete(screens.player, true);
        ok = screens_show(&screens, &place, language, &err);
    }
    if (ok) {
        box_describe(player_tree(screens.player), io->out);
        screens_note_failures(&screens, findings);
    }
    int code = ok ? 0 : author_fail(io, &err);
    if (findings != NULL && findings_errors(findings) > 0) {
        author_report(findings, order.exhibit, io->err);
        code = code != 0 ? code : (int)ERROR_INPUT;
    }
    screens_close(&screens);
    findings_destroy(findings);
    return code;
}
