/* The site file: what it may say, and that each mistake in it is told where it stands and leaves the rest. */
#include "exhibit/site.h"

#include "check.h"
#include "folder.h"

#include <stdlib.h>
#include <time.h>

#define HASH                                                                                                 \
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"                                                 \
    "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI"

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
        "keypad: {repeat: 2.5, double-strike: 0.5, shortcuts: false}\n");
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
    CHECK(site.keypad.repeat_ms == 2500 && site.keypad.double_strike_ms == 500 && site.keypad.no_shortcuts);
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

/* What a screen that nobody looks after needs. */
static void what_a_kiosk_needs_is_taken(void)
{
    struct folder folder = folder_make("site-kiosk");
    struct findings *findings = findings_create();
    struct error err = {0};
    struct site site;
    char beside[500];
    folder_write(&folder, "site.yaml",
        "vitrine: 1\nexhibits: /srv/exhibits\nrotation: 270\nsound: false\nvolume: 40\n"
        "hours:\n  daily: 10:00-18:00\n  monday: closed\n  thursday: [10:00-12:30, 13:00-24:00]\n"
        "  closed: [12-24, 2027-01-06]\n"
        "staff:\n  code: " HASH "\n  shell: true\n  stick: /media/kiosk\n"
        "statistics: {keep: true, folder: figures}\nstatus: status\nlog: /var/log/vitrine.log\n");
    CHECK_THAT(site_read(folder_path(&folder, "site.yaml"), &site, findings, &err), "%s", err.message);
    CHECK_THAT(findings_count(findings) == 0, "%s", findings_get(findings, 0)->message);
    CHECK_TEXT(site.exhibits, "/srv/exhibits");
    CHECK(site.quarter_turns == 3 && site.silent && site.volume == 40);
    CHECK(site.hours.given && site.hours.daily.span_count == 1 && site.hours.days[0].given);
    CHECK(site.hours.days[3].span_count == 2 && site.hours.days[3].spans[1].to == 1440);
    CHECK(site.hours.closed_count == 2 && site.hours.closed[0].year == 0 && site.hours.closed[1].day == 6);
    CHECK_TEXT(site.staff.code, HASH);
    CHECK_TEXT(site.staff.stick, "/media/kiosk");
    snprintf(beside, sizeof beside, "%s/figures", folder.path);
    CHECK(site.staff.shell && site.statistics.keep);
    CHECK_TEXT(site.statistics.folder, beside);
    snprintf(beside, sizeof beside, "%s/status", folder.path);
    CHECK_TEXT(site.status, beside);
    CHECK_TEXT(site.log, "/var/log/vitrine.log");
    folder_write(
        &folder, "site.yaml", "vitrine: 1\nstatistics: {keep: true}\nstaff: {code: x, shell: true}\n");
    CHECK(site_read(folder_path(&folder, "site.yaml"), &site, NULL, &err));
    CHECK_TEXT(site.statistics.folder, SITE_STATISTICS);
    CHECK(!site.staff.shell && !site.silent && site.quarter_turns == 0); /* no code, no way in */
    findings_destroy(findings);
    folder_remove(&folder);
}

/* A week, a feast and the ends of each span. */
static void a_site_is_open_when_it_says(void)
{
    static const struct {
        struct site_moment now;
        bool open;
    } rows[] = {
        {{2026, 11, 24, 1, 599}, false}, /* Tuesday: as daily, 10 to 18 */
        {{2026, 11, 24, 1, 600}, true},
        {{2026, 11, 24, 1, 1079}, true},
        {{2026, 11, 24, 1, 1080}, false},
        {{2026, 11, 23, 0, 700}, false}, /* Monday */
        {{2026, 11, 26, 3, 749}, true},  /* Thursday: a pause, and until midnight */
        {{2026, 11, 26, 3, 760}, false},
        {{2026, 11, 26, 3, 1439}, true},
        {{2026, 12, 24, 3, 700}, false}, /* every year */
        {{2031, 12, 24, 2, 700}, false},
        {{2027, 1, 6, 2, 700}, false}, /* once */
        {{2028, 1, 6, 3, 700}, true},
    };
    struct folder folder = folder_make("site-hours");
    struct error err = {0};
    struct site site;
    folder_write(&folder, "site.yaml",
        "vitrine: 1\nhours:\n  daily: 10:00-18:00\n  monday: closed\n  thursday: [10:00-12:30, 13:00-24:00]\n"
        "  closed: [12-24, 2027-01-06]\n");
    CHECK(site_read(folder_path(&folder, "site.yaml"), &site, NULL, &err));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_THAT(site_is_open(&site.hours, &rows[i].now) == rows[i].open, "row %zu", i);
    }
    folder_write(&folder, "site.yaml", "vitrine: 1\nhours: {tuesday: 10:00-18:00}\n");
    CHECK(site_read(folder_path(&folder, "site.yaml"), &site, NULL, &err));
    CHECK(site_is_open(&site.hours, &rows[1].now) && !site_is_open(&site.hours, &rows[4].now));
    folder_write(&folder, "site.yaml", "vitrine: 1\nhours: {closed: [12-24]}\n");
    CHECK(site_read(folder_path(&folder, "site.yaml"), &site, NULL, &err));
    CHECK(site_is_open(&site.hours, &rows[4].now) && !site_is_open(&site.hours, &rows[8].now));
    folder_write(&folder, "site.yaml", "vitrine: 1\nhours: {tuesday: ten}\n");
    CHECK(site_read(folder_path(&folder, "site.yaml"), &site, NULL, &err));
    CHECK(site_is_open(&site.hours, &rows[0].now)); /* what cannot be read darkens nothing */
    CHECK(site_is_open(&(struct site_hours){.given = false}, &rows[0].now));
    folder_remove(&folder);
}

/* A slip of the pen in one day's hours leaves the screen lit on that day, and the other days as they are. */
static void a_slip_darkens_nothing(void)
{
    struct folder folder = folder_make("site-slips");
    struct error err = {0};
    struct site site;
    static const char *const slips[] = {"monday: 9:00-17:00, tuesday: 10:00-18:00, wednesday: closed",
        "monday: [closed], tuesday: 10:00-18:00, wednesday: closed",
        "daily: 9-17, tuesday: 10:00-18:00, wednesday: closed"};
    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
        char text[200];
        snprintf(text, sizeof text, "vitrine: 1\nhours: {%s}\n", slips[i]);
        folder_write(&folder, "site.yaml", text);
        CHECK(site_read(folder_path(&folder, "site.yaml"), &site, NULL, &err));
        for (int minute = 0; minute < 1440; minute += 60) {
            struct site_moment monday = {2027, 1, 4, 0, minute}, tuesday = {2027, 1, 5, 1, minute},
                               wednesday = {2027, 1, 6, 2, minute};
            CHECK_THAT(site_is_open(&site.hours, &monday), "%s: %d", slips[i], minute);
            CHECK(site_is_open(&site.hours, &tuesday) == (minute >= 600 && minute < 1080));
            CHECK(!site_is_open(&site.hours, &wednesday));
        }
    }
    folder_remove(&folder);
}

/* Opening hours are local, whatever the clocks do: an hour that is left out is no opening time, one that
 * comes twice is open twice; a clock that was never set darkens nothing. */
static void hours_follow_the_clocks(void)
{
    static const struct {
        const char *what;
        int64_t midnight_s; /* local, as seconds since 1970 */
        int hours, opens_utc, open_minutes, night_minutes;
    } rows[] = {
        {"a day in winter", 1774566000, 24, 510, 450, 30},      /* 2026-03-27 00:00+01:00 */
        {"the clocks go forward", 1774738800, 23, 450, 450, 0}, /* 2026-03-29: no half past two */
        {"a day in summer", 1774821600, 24, 450, 450, 30},
        {"the clocks go back", 1792879200, 25, 510, 450, 60}, /* 2026-10-25: half past two comes twice */
        {"the day when 31 bits are full", 2147468400, 24, 510, 450, 30}, /* 2038-01-19 */
        {"the day when 32 bits are full", 4294954800, 24, 0, 0, 0},      /* 2106-02-07: a Sunday, closed */
        {"1970", -3600, 24, -60, 1440, 1440},
    };
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
    struct site_hours hours = {.given = true,
        .daily = {.given = true, .span_count = 1, .spans = {{570, 1020}}},
        .days = {[6] = {.given = true}}};
    struct site_hours nights = hours;
    nights.daily = nights.days[6] = (struct site_day){.given = true, .span_count = 1, .spans = {{135, 165}}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int open = 0, night = 0, opens = -9999;
        bool sunday = rows[i].hours != 24; /* when clocks change, it opens on a Sunday too */
        hours.days[6] = sunday ? hours.daily : (struct site_day){.given = true};
        for (int minute = 0; minute < rows[i].hours * 60; minute++) {
            int64_t at = rows[i].midnight_s + minute * 60;
            struct site_moment moment = site_moment_at(at);
            int utc = (int)(at % 86400 / 60);
            bool is_open = site_is_open(&hours, &moment);
            opens = is_open && opens == -9999 ? utc : opens;
            open += is_open;
            night += site_is_open(&nights, &moment);
        }
        CHECK_THAT(open == rows[i].open_minutes, "%s: open for %d minutes", rows[i].what, open);
        CHECK_THAT(night == rows[i].night_minutes || rows[i].open_minutes == 0, "%s: %d minutes of a night",
            rows[i].what, night);
        CHECK_THAT(opens == rows[i].opens_utc || rows[i].open_minutes == 0, "%s: opens at minute %d UTC",
            rows[i].what, opens);
    }
}

#define SUM "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE"

/* One mistake a row: where, which, and what is said of it. Every message of the reader is among them. */
struct mistake {
    const char *text;
    int code, line, column;
    const char *says;
};

static void check_mistake(const struct folder *folder, const struct mistake *m)
{
    struct findings *findings = findings_create();
    struct error err = {0};
    struct site site;
    folder_write(folder, "site.yaml", m->text);
    CHECK(site_read(folder_path(folder, "site.yaml"), &site, findings, &err));
    const struct finding *f = findings_get(findings, 0);
    CHECK_THAT(findings_count(findings) == 1 && f->code == m->code && f->line == m->line &&
                   f->column == m->column && strcmp(f->file, "site.yaml") == 0 &&
                   strstr(f->message, m->says) != NULL,
        "%.60s: %zu findings, %d at %d:%d %s", m->text, findings_count(findings), f != NULL ? f->code : 0,
        f != NULL ? f->line : 0, f != NULL ? f->column : 0, f != NULL ? f->message : "");
    findings_destroy(findings);
}

static void mistakes_are_told_where_they_stand(void)
{
    static const struct mistake rows[] = {
        {"vitrine: 1\nstaff: {code: \"$argon2id$v=19$m=4194304,t=2,p=1$YWFhYWFhYWFhYWFhYWFhYQ$" SUM "\"}\n",
            FINDING_SITE_CODE, 2, 15, "staff-code"},
        {"vitrine: 1\nstaff: {code: \"$argon2id$v=19$m=65536,t=99999,p=1$YWFhYWFhYWFhYWFhYWFhYQ$" SUM "\"}\n",
            FINDING_SITE_CODE, 2, 15, "staff-code"},
        {"vitrine: 1\nstatus: \"/run/\\0vitrine\"\n", FINDING_PATH_LEAVES, 2, 9, "control character"},
        {"vitrine: 1\nexhibit: \"\\e[31m\"\n", FINDING_PATH_LEAVES, 2, 10, "control character"},
        {"mode: kiosk\n", FINDING_KEY_MISSING, 1, 1, "\"vitrine\" is missing"},
        {"vitrine: 2\n", FINDING_FORMAT_VERSION, 1, 10, "version 1 of the site file, not \"2\""},
        {"vitrine: 1\nmode: kisok\n", FINDING_UNKNOWN_WORD, 2, 7, "use one of kiosk, classroom, demo"},
        {"vitrine:\nmode: kiosk\n", FINDING_KEY_MISSING, 1, 1, "\"vitrine\" is empty"},
        {"vitrine: 1\nmoode: kiosk\n", FINDING_UNKNOWN_KEY, 2, 1, "did you mean \"mode\""},
        {"vitrine: 1\nopening-hours: 9-17\n", FINDING_UNKNOWN_KEY, 2, 1, "is not known here"},
        {"vitrine: 1\nmode: [kiosk]\n", FINDING_WRONG_TYPE, 2, 7, "not a list"},
        {"vitrine: 1\nidle: 0\n", FINDING_BAD_NUMBER, 2, 7, "from 1 to 86400"},
        {"vitrine: 1\nidle: 86401\n", FINDING_BAD_NUMBER, 2, 7, "from 1 to 86400"},
        {"vitrine: 1\nlanguages: [en, EN]\n", FINDING_LANGUAGE_TAG, 2, 17, "\"EN\" is no language tag"},
        {"vitrine: 1\nlanguages: [en, ko, en]\n", FINDING_DUPLICATE_ID, 2, 21, "en stands here a second"},
        {"vitrine: 1\nlanguages: [en]\nlanguage: ko\n", FINDING_LANGUAGE_UNLISTED, 3, 11,
            "\"ko\" is none of \"languages\""},
        {"vitrine: 1\nmotion: little\n", FINDING_UNKNOWN_WORD, 2, 9, "use one of full, reduced"},
        {"vitrine: 1\ndisplay: {width: 500}\n", FINDING_KEY_MISSING, 2, 10, "\"height\" is missing"},
        {"vitrine: 1\ndisplay: {width: 500, height: 10}\n", FINDING_BAD_NUMBER, 2, 31,
            "\"height\" must be from 50 to 20000, not 10"},
        {"vitrine: 1\ndisplay: {width: 500, height: 300, floor: -1}\n", FINDING_BAD_NUMBER, 2, 43,
            "\"floor\" must be from 0 to 3000, not -1"},
        {"vitrine: 1\ndisplay: {width: 500, height: high}\n", FINDING_BAD_NUMBER, 2, 31,
            "a number is expected here"},
        {"vitrine: 1\nkeypad: {repeat: 1.9}\n", FINDING_BAD_NUMBER, 2, 18, "must be from 2 to 60"},
        {"vitrine: 1\nkeypad: {double-strike: 2.1}\n", FINDING_BAD_NUMBER, 2, 25, "must be from 0 to 2"},
        {"vitrine: 1\nkeypad: {shortcuts: none}\n", FINDING_UNKNOWN_WORD, 2, 21, "true"},
        {"vitrine: 1\nrotation: 45\n", FINDING_UNKNOWN_WORD, 2, 11, "use one of 0, 90, 180, 270"},
        {"vitrine: 1\nsound: off\n", FINDING_UNKNOWN_WORD, 2, 8, "true"},
        {"vitrine: 1\nvolume: 101\n", FINDING_BAD_NUMBER, 2, 9, "must be from 1 to 100, not 101"},
        {"vitrine: 1\nhours: {mon: closed}\n", FINDING_UNKNOWN_KEY, 2, 9, "\"mon\" is not known here"},
        {"vitrine: 1\nhours: {monday: 9-17}\n", FINDING_SITE_HOURS, 2, 17, "\"9-17\" are no opening hours"},
        {"vitrine: 1\nhours: {monday: 17:00-09:00}\n", FINDING_SITE_HOURS, 2, 17, "after midnight"},
        {"vitrine: 1\nhours: {monday: [[09:00-17:00]]}\n", FINDING_WRONG_TYPE, 2, 18, "not a list"},
        {"vitrine: 1\nhours: {daily: [09:00-12:00, 11:00-17:00]}\n", FINDING_SITE_HOURS, 2, 30,
            "begins before the hours in front of it end"},
        {"vitrine: 1\nhours: {daily: [01:00-02:00, 03:00-04:00, 05:00-06:00, 07:00-08:00, 09:00-10:00]}\n",
            FINDING_SITE_HOURS, 2, 69, "a day opens 4 times at most"},
        {"vitrine: 1\nhours: {closed: [12-24, 30-02]}\n", FINDING_BAD_DATE, 2, 25, "\"30-02\" is no day"},
        {"vitrine: 1\nhours: {closed: 12-24}\n", FINDING_WRONG_TYPE, 2, 17, "a list is expected here"},
        {"vitrine: 1\nhours: {closed: [[12-24]]}\n", FINDING_WRONG_TYPE, 2, 18, "not a list"},
        {"vitrine: 1\nstaff: {code: 1234}\n", FINDING_SITE_CODE, 2, 15, "vitrine staff-code"},
        {"vitrine: 1\nstaff: {code: [1, 2]}\n", FINDING_WRONG_TYPE, 2, 15, "not a list"},
        {"vitrine: 1\nstaff: {shell: true}\n", FINDING_KEY_MISSING, 2, 8, "\"code\" is missing"},
        {"vitrine: 1\nstatistics: {keep: yes}\n", FINDING_UNKNOWN_WORD, 2, 20, "true"},
        {"vitrine: 1\nstatistics: {folder: /srv}\n", FINDING_KEY_MISSING, 2, 13, "\"keep\" is missing"},
        {"vitrine: 1\nlog: [here]\n", FINDING_WRONG_TYPE, 2, 6, "not a list"},
        {"vitrine: 1\nmode: \"kiosk\n", FINDING_YAML_SYNTAX, 2, 7, ""},
        {"- 1\n", FINDING_WRONG_TYPE, 1, 1, "not a list"},
        {"", FINDING_WRONG_TYPE, 1, 1, "not nothing"},
    };
    struct folder folder = folder_make("site-broken");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        check_mistake(&folder, &rows[i]);
    }
    folder_remove(&folder);
}

/* A list is said to be too long at the first that is too many; what came before it holds. */
static void too_much_is_told(void)
{
    struct folder folder = folder_make("site-long");
    char text[4096];
    int used = snprintf(text, sizeof text, "vitrine: 1\nlanguages:\n");
    for (int i = 0; i <= SITE_LANGUAGES; i++) {
        used += snprintf(text + used, sizeof text - (size_t)used, "- a%c%c\n", 'a' + i / 26, 'a' + i % 26);
    }
    check_mistake(&folder, &(struct mistake){text, FINDING_YAML_SIZE, 3 + SITE_LANGUAGES, 3, "32 languages"});
    used = snprintf(text, sizeof text, "vitrine: 1\nhours:\n  closed:\n");
    for (int i = 0; i <= SITE_CLOSED_DAYS; i++) {
        used +=
            snprintf(text + used, sizeof text - (size_t)used, "  - 2026-%02d-%02d\n", 1 + i / 28, 1 + i % 28);
    }
    check_mistake(
        &folder, &(struct mistake){text, FINDING_SITE_HOURS, 4 + SITE_CLOSED_DAYS, 5, "64 closed days"});
    used = snprintf(text, sizeof text, "vitrine: 1\nstatus: /");
    for (int i = 1; i < SITE_PATH_MAX; i++) {
        text[used++] = 'x';
    }
    snprintf(text + used, sizeof text - (size_t)used, "\n");
    check_mistake(&folder, &(struct mistake){text, FINDING_PATH_LEAVES, 2, 9, "the path is too long"});
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
    CHECK_TEXT(exhibit_choose_language(exhibit, NULL, &err), "zh-Hans");
    CHECK_TEXT(exhibit_choose_language(exhibit, "en-GB", &err), "en");
    CHECK(exhibit_choose_language(exhibit, "ko", &err) == NULL && err.category == ERROR_USAGE);
    CHECK_TEXT(err.message, "the exhibit is not in the language \"ko\"; it is in zh-Hans, en");
    exhibit_destroy(exhibit);
}

int main(void)
{
    RUN(everything_is_taken);
    RUN(what_a_kiosk_needs_is_taken);
    RUN(a_site_is_open_when_it_says);
    RUN(a_slip_darkens_nothing);
    RUN(hours_follow_the_clocks);
    RUN(mistakes_are_told_where_they_stand);
    RUN(too_much_is_told);
    RUN(what_is_wrong_is_left_out_and_the_rest_holds);
    RUN(a_site_narrows_the_languages);
    return check_report();
}
