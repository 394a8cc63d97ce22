/* render: pictures of places. */
#include "handout.h"
#include "pictures.h"
#include "places.h"
#include "screens.h"

#include "base/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct order {
    const char *exhibit, *output, *handout, *paper;
    struct option_list places, languages;
    struct screens_look look;
};

struct rendering {
    struct exhibit *exhibit; /* read whole; the player reads its own */
    struct screens screens;
    struct places list;
    struct pictures *pictures;
};

static bool read_order(int argc, char **argv, struct order *order, struct error *err)
{
    const struct option options[] = {
        {"--output", OPTION_TEXT, &order->output, NULL},
        {"--lang", OPTION_LIST, &order->languages, NULL},
        {"--place", OPTION_LIST, &order->places, NULL},
        {"--handout", OPTION_TEXT, &order->handout, NULL},
        {"--paper", OPTION_TEXT, &order->paper, "a4 letter"},
        SCREENS_LOOK_OPTIONS(&order->look),
    };
    if (!options_read(&argc, argv, options, sizeof options / sizeof options[0], err)) {
        return false;
    }
    if (argc != 2 || (order->output == NULL) == (order->handout == NULL)) {
        return error_set(err, ERROR_USAGE,
            "render wants one exhibit, and --output DIR or --handout FILE: see vitrine help render");
    }
    order->exhibit = argv[1];
    return true;
}

/* ---- which places */

static bool choose_places(struct rendering *r, const struct order *order, struct error *err)
{
    if (order->places.count == 0) {
        return places_list(r->exhibit, &r->list) || error_memory(err);
    }
    for (size_t i = 0; i < order->places.count; i++) {
        struct place place;
        if (!screens_place(r->exhibit, order->places.items[i], &place, err)) {
            return false;
        }
        if (!ARRAY_PUSH(r->list.items, r->list.count, r->list.capacity, place)) {
            return error_memory(err);
        }
    }
    return true;
}

/* ---- their pictures */

static bool picture_name(const char *folder, const struct place *place, const char *language, char *path,
    size_t size, struct error *err)
{
    char words[160];
    place_format(place, words, sizeof words);
    for (char *at = words; *at != '\0'; at++) {
        *at = *at == ':' || *at == '/' || *at == '#' ? '-' : *at;
    }
    int length = snprintf(path, size, "%s/%s.%s.png", folder, words, language);
    return (length > 0 && (size_t)length < size) ||
           error_set(err, ERROR_USAGE, "the name of the folder for the output is too long");
}

static bool render_one(struct rendering *r, const struct place *place, const char *language,
    const char *folder, struct error *err)
{
    char path[4096];
    struct rect damage[PAINT_DAMAGE_MAX];
    struct size size = r->screens.look.size;
    if (!picture_name(folder, place, language, path, sizeof path, err) ||
        !screens_show(&r->screens, place, language, err)) {
        return false;
    }
    struct paint_target target = {pictures_take(r->pictures), size.w, size.h, size.w};
    player_draw(r->screens.player, &target, true, damage);
    pictures_write(r->pictures, target.pixels, path);
    return !pictures_failed(r->pictures);
}

static bool render_language(struct rendering *r, const char *asked, const char *folder, struct error *err)
{
    const char *language = exhibit_choose_language(player_exhibit(r->screens.player), asked, err);
    bool ok = language != NULL;
    for (size_t i = 0; ok && i < r->list.count; i++) {
        ok = render_one(r, &r->list.items[i], language, folder, err);
    }
    return ok;
}

static bool render_all(struct rendering *r, const struct order *order, struct error *err)
{
    /* The player's exhibit is in the languages that the site offers. */
    const struct exhibit *offered = player_exhibit(r->screens.player);
    const struct exhibit_head *head = exhibit_head(offered);
    size_t count = order->languages.count > 0 ? order->languages.count : head->language_count;
    /* All are asked before the first picture is drawn. */
    for (size_t i = 0; i < order->languages.count; i++) {
        if (exhibit_choose_language(offered, order->languages.items[i], err) == NULL) {
            return false;
        }
    }
    if (!choose_places(r, order, err) || !author_make_folder(order->output, err)) {
        return false;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < (count > 0 ? count : 1); i++) {
        const char *asked = order->languages.count > 0 ? order->languages.items[i]
                            : count > 0                ? head->languages[i]
                                                       : NULL;
        ok = render_language(r, asked, order->output, err);
    }
    return ok;
}

static bool render_handout(
    const struct order *order, const struct player_paths *paths, struct findings *findings, struct error *err)
{
    struct exhibit *exhibit = author_inspect(order->exhibit, paths, false, findings, err);
    const char *asked = order->languages.count > 0 ? order->languages.items[0] : NULL;
    struct handout_order handout = {order->handout, order->paper != NULL ? order->paper : "a4", NULL};
    struct screens screens = {0};
    bool ok =
        exhibit != NULL && (order->languages.count < 2 ||
                               error_set(err, ERROR_USAGE, "a handout is in one language: give --lang once"));
    ok = ok && screens_open(&screens, order->exhibit, paths, &order->look, err);
    handout.language = ok ? screens_first_language(&screens, asked, err) : NULL;
    ok = handout.language != NULL && handout_write(&handout, exhibit, paths, err);
    screens_close(&screens);
    exhibit_destroy(exhibit);
    return ok;
}

static bool render(
    const struct order *order, const struct player_paths *paths, struct findings *findings, struct error *err)
{
    struct rendering r = {0};
    r.exhibit = author_inspect(order->exhibit, paths, false, findings, err);
    r.pictures = r.exhibit != NULL ? pictures_create(order->look.size, err) : NULL;
    bool ok = r.pictures != NULL && screens_open(&r.screens, order->exhibit, paths, &order->look, err) &&
              render_all(&r, order, err);
    ok = r.pictures != NULL && pictures_finish(r.pictures, err) && ok;
    if (r.screens.player != NULL) {
        screens_note_failures(&r.screens, findings);
    }
    pictures_destroy(r.pictures);
    screens_close(&r.screens);
    exhibit_destroy(r.exhibit);
    places_finish(&r.list);
    return ok;
}

int author_render(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct order order = {.look = SCREENS_LOOK_DEFAULT};
    struct player_paths paths;
    struct findings *findings = findings_create();
    bool ok = (findings != NULL || error_memory(&err)) && read_order(argc, argv, &order, &err) &&
              author_paths(io, &paths, &err);
    ok = ok && (order.handout != NULL ? render_handout : render)(&order, &paths, findings, &err);
    int code = ok ? 0 : author_fail(io, &err);
    if (findings != NULL && findings_count(findings) > 0) {
        author_report(findings, order.exhibit, io->err);
    }
    if (findings != NULL && findings_errors(findings) > 0) {
        code = code != 0 ? code : (int)ERROR_INPUT;
    }
    findings_destroy(findings);
    return code;
}
