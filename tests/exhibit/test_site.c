/* The site file: what it may say, and that each mistake in it is told where it stands and leaves the rest. */
#include "exhibit/site.h"

#include "check.h"
#include "folder.h"

static void everything_is_taken(void)
{
    struct folder folder = folder_make("site");
    struct findings *findings = findings_create();
    struct error err = {0};
    struct site site;
    char beside[500];
    folder_write(&folder, "site.yaml",
        "vitrine: 1\nmode: demo\nexhibit: exhibits/letter\nlanguages: [ko, en]\nlanguage: en\nidle: 120\n"
        "motion: reduced\ndisplay: {width: 1210, height: 680.5, distance: 600, floor: 0}\n"
        "keypad: {repeat: 2.5, double-strike: 0.5}\n");
    CHECK_THAT(site_read(folder_path(&folder, "site.yaml"), &site, findings, &err), "%s", err.message);
    CHECK_INT(findings_count(findings), 0);
    snprintf(beside, sizeof beside, "%s/exhibits/letter", folder.path);
    CHECK_TEXT(site.exhibit, beside);
    CHECK(site.mode == SITE_DEMO && site.idle_s == 120 && site.reduced_motion);
    CHECK(
        site.language_count == 2 && strcmp(site.languages[0], "ko") == 0 && strcmp(site.language, "en") == 0);
    CHECK(
        site.display.width_mm == 1210 && site.display.height_mm == 680.5 && site.display.distance_mm == 600);
    CHECK(site.display.placed && site.display.floor_mm == 0);
    CHECK(site.keypad.repeat_ms == 2500 && site.keypad.double_strike_ms == 500);
    CHECK(site_millimetres_per_px(&site.display, (struct size){1210, 680}) == 1.0);
    folder_write(&folder, "site.yaml", "vitrine: 1\nexhibit: /srv/letter\n");
    CHECK(site_read(folder_path(&folder, "site.yaml"), &site, findings, &err));
    CHECK_TEXT(site.exhibit, "/srv/letter");
    CHECK(site.mode == SITE_MODE_NONE && site.language_count == 0 && !site.display.placed &&
          site_millimetres_per_px(&site.display, (struct size){1210, 680}) == 0);
    CHECK_INT(findings_count(findings), 0);
    findings_destroy(findings);
    folder_remove(&folder);
}

/* One mistake a row: where, and which. */
static void mistakes_are_told_where_they_stand(void)
{
    static const struct {
        const char *text;
        int code, line, column;
    } rows[] = {
        {"mode: kiosk\n", FINDING_KEY_MISSING, 1, 1},
        {"vitrine: 2\n", FINDING_FORMAT_VERSION, 1, 10},
        {"vitrine: 1\nmode: kisok\n", FINDING_UNKNOWN_WORD, 2, 7},
        {"vitrine: 1\nmoode: kiosk\n", FINDING_UNKNOWN_KEY, 2, 1},
        {"vitrine: 1\nopening-hours: 9-17\n", FINDING_UNKNOWN_KEY, 2, 1},
        {"vitrine: 1\nmode: [kiosk]\n", FINDING_WRONG_TYPE, 2, 7},
        {"vitrine: 1\nidle: 0\n", FINDING_BAD_NUMBER, 2, 7},
        {"vitrine: 1\nidle: 86401\n", FINDING_BAD_NUMBER, 2, 7},
        {"vitrine: 1\nlanguages: [en, EN]\n", FINDING_LANGUAGE_TAG, 2, 17},
        {"vitrine: 1\nlanguages: [en, ko, en]\n", FINDING_DUPLICATE_ID, 2, 21},
        {"vitrine: 1\nlanguages: [en]\nlanguage: ko\n", FINDING_LANGUAGE_UNLISTED, 3, 11},
        {"vitrine: 1\nmotion: little\n", FINDING_UNKNOWN_WORD, 2, 9},
        {"vitrine: 1\ndisplay: {width: 500}\n", FINDING_KEY_MISSING, 2, 10},
        {"vitrine: 1\ndisplay: {width: 500, height: 10}\n", FINDING_BAD_NUMBER, 2, 31},
        {"vitrine: 1\ndisplay: {width: 500, height: 300, floor: -1}\n", FINDING_BAD_NUMBER, 2, 43},
        {"vitrine: 1\nkeypad: {repeat: 1.9}\n", FINDING_BAD_NUMBER, 2, 18},
        {"vitrine: 1\nkeypad: {double-strike: 2.1}\n", FINDING_BAD_NUMBER, 2, 25},
        {"vitrine: 1\nmode: \"kiosk\n", FINDING_YAML_SYNTAX, 2, 7},
        {"- 1\n", FINDING_WRONG_TYPE, 1, 1},
        {"", FINDING_WRONG_TYPE, 1, 1},
    };
    struct folder folder = folder_make("site-broken");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct findings *findings = findings_create();
        struct error err = {0};
        struct site site;
        folder_write(&folder, "site.yaml", rows[i].text);
        CHECK(site_read(folder_path(&folder, "site.yaml"), &site, findings, &err));
        const struct finding *f = findings_get(findings, 0);
        CHECK_THAT(findings_count(findings) == 1 && f->code == rows[i].code && f->line == rows[i].line &&
                       f->column == rows[i].column && strcmp(f->file, "site.yaml") == 0,
            "row %zu: %zu findings, %d at %d:%d %s", i, findings_count(findings), f != NULL ? f->code : 0,
            f != NULL ? f->line : 0, f != NULL ? f->column : 0, f != NULL ? f->message : "");
        findings_destroy(findings);
    }
    folder_remove(&folder);
}

static void what_is_wrong_is_left_out_and_the_rest_holds(void)
{
    struct folder folder = folder_make("site-half");
    struct error err = {0};
    struct site site;
    folder_write(&folder, "site.yaml",
        "vitrine: 1\nmode: classroom\nidle: many\ndisplay: {width: 500, floor: 700}\nkeypad: {repeat: 0}\n");
    CHECK(site_read(folder_path(&folder, "site.yaml"), &site, NULL, &err));
    CHECK(site.mode == SITE_CLASSROOM && site.idle_s == 0 && site.keypad.repeat_ms == 0);
    CHECK(site.display.width_mm == 0 && !site.display.placed); /* half a measure is none */
    CHECK(!site_read(folder_path(&folder, "none.yaml"), &site, NULL, &err) && err.category == ERROR_INPUT);
    CHECK(!site_read(folder.path, &site, NULL, &err) && err.category == ERROR_INPUT);
    folder_remove(&folder);
}

/* An exhibit that is offered in fewer languages, in the site's order. */
static void a_site_narrows_the_languages(void)
{
    struct error err = {0};
    static const char *const two[] = {"zh", "en", "zh-Hans"}, *const none[] = {"fr"};
    struct exhibit *exhibit = exhibit_open(TEST_SOURCE_DIR "/exhibits/telegram-1950", NULL, &err);
    CHECK_THAT(exhibit != NULL, "%s", err.message);
    if (exhibit == NULL) {
        return;
    }
    CHECK(!exhibit_offer_languages(exhibit, none, 1) && exhibit_head(exhibit)->language_count == 4);
    CHECK(exhibit_offer_languages(exhibit, two, 3) && exhibit_head(exhibit)->language_count == 2);
    CHECK_TEXT(exhibit_head(exhibit)->languages[0], "zh-Hans");
    CHECK_TEXT(exhibit_head(exhibit)->languages[1], "en");
    CHECK(exhibit_find_language(exhibit, "ko") == NULL && exhibit_find_language(exhibit, "en-GB") != NULL);
    exhibit_destroy(exhibit);
}

int main(void)
{
    RUN(everything_is_taken);
    RUN(mistakes_are_told_where_they_stand);
    RUN(what_is_wrong_is_left_out_and_the_rest_holds);
    RUN(a_site_narrows_the_languages);
    return check_report();
}
