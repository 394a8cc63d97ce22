/* What the staff's menu asks for: the code, what there is to know, and what is to be done. */
#include "staff.h"

#include "door.h"
#include "fingerprint.h"
#include "keeper/keeper.h"
#include "stick.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

bool keeper_hash_code(const char *code, char hash[SITE_HASH_MAX], struct error *err)
{
    size_t length = strlen(code);
    _Static_assert(SITE_HASH_MAX >= crypto_pwhash_STRBYTES, "a hash fits");
    if (length < 4 || length > VISIT_CODE_MAX || strspn(code, "0123456789") != length) {
        return error_set(err, ERROR_INPUT, "the code is typed on a pad: 4 to %d figures", VISIT_CODE_MAX);
    }
    if (sodium_init() < 0 || crypto_pwhash_str(hash, code, length, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                 crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        return error_memory(err);
    }
    return true;
}

static enum visit_reply enter(void *context, const char *code, long *wait_s)
{
    struct staff *staff = context;
    int64_t now = (int64_t)time(NULL);
    *wait_s = door_wait(&staff->door, now);
    if (*wait_s > 0) {
        return REPLY_WAIT;
    }
    if (door_try(&staff->door, staff->site->staff.code, code, now)) {
        log_write(staff->log, LOG_WARNING, "the staff's menu was opened");
        return REPLY_DONE;
    }
    log_write(staff->log, LOG_WARNING, "a wrong code was typed for the staff's menu");
    *wait_s = door_wait(&staff->door, now);
    return *wait_s > 0 ? REPLY_WAIT : REPLY_WRONG;
}

/* ---- what there is to know */

/* What it runs on: "Debian GNU/Linux 12 (bookworm), Linux 6.1.0". */
static void tell_system(char *text, size_t size)
{
    char line[200], name[150] = "";
    struct utsname kernel;
    FILE *in = fopen("/etc/os-release", "re");
    while (in != NULL && fgets(line, sizeof line, in) != NULL) {
        if (strncmp(line, "PRETTY_NAME=", 12) == 0) {
            const char *value = line + 12 + (line[12] == '"');
            snprintf(name, sizeof name, "%.*s, ", (int)strcspn(value, "\"\n"), value);
        }
    }
    if (in != NULL) {
        fclose(in);
    }
    bool known = uname(&kernel) == 0;
    snprintf(text, size, "%s%s %s", name, known ? kernel.sysname : "", known ? kernel.release : "");
}

static void tell_about(const struct staff *staff, const char *language, struct view_staff *facts)
{
    char hash[FINGERPRINT_HEX];
    const char *path = staff->choice->exhibit[0] != '\0' ? staff->choice->exhibit : "–";
    snprintf(facts->version, sizeof facts->version, "%s", staff->version);
    tell_system(facts->system, sizeof facts->system);
    facts->uptime_s = session_clock_us() / 1000000 - staff->started_ms / 1000;
    shelf_name(path, language, facts->title, facts->title_language);
    fingerprint(path, hash);
    snprintf(facts->exhibit, sizeof facts->exhibit, "%.300s %s", path, hash);
    shelf_check(path, NULL, &facts->mistakes, &facts->warnings);
}

static void look(
    void *context, enum visit_staff_screen screen, const char *language, struct view_staff *facts)
{
    struct staff *staff = context;
    facts->shell = staff->site->staff.shell;
    facts->mistakes = -1;
    if (screen == STAFF_ABOUT) {
        tell_about(staff, language, facts);
    } else if (screen == STAFF_EXHIBITS) {
        shelf_look(&staff->shelf, staff->choice, language, facts);
    }
}

/* ---- what is to be done */

static enum visit_reply export_all(const struct staff *staff)
{
    const struct site *site = staff->site;
    char stick[STICK_PATH_MAX], name[100], host[40] = "", when[40], before[SITE_PATH_MAX + 2];
    struct error err = {0};
    time_t now = time(NULL);
    struct tm local = {.tm_mday = 1};
    if (!stick_find(
            site->staff.stick[0] != '\0' ? site->staff.stick : SITE_STICK, !staff->any_stick, stick)) {
        return REPLY_NO_STICK;
    }
    gethostname(host, sizeof host - 1);
    localtime_r(&now, &local);
    strftime(when, sizeof when, "%Y-%m-%d-%H%M%S", &local);
    snprintf(name, sizeof name, "vitrine-%s-%s", host[0] != '\0' ? host : "kiosk", when);
    snprintf(before, sizeof before, "%s.1", site->log);
    const char *const what[] = {site->log, site->log[0] != '\0' ? before : "", site->status,
        site->statistics.keep ? site->statistics.folder : ""};
    if (!stick_copy(stick, name, what, sizeof what / sizeof what[0], &err)) {
        char line[900];
        log_write(staff->log, LOG_ERROR, "%s", error_text(&err, line, sizeof line));
        return REPLY_FAILED;
    }
    return REPLY_DONE;
}

static enum visit_reply change_exhibit(struct staff *staff, int chosen)
{
    struct error err = {0};
    if (!shelf_take(&staff->shelf, chosen, staff->log, &err)) {
        char line[900];
        log_write(staff->log, LOG_ERROR, "%s", error_text(&err, line, sizeof line));
        return err.category == ERROR_INPUT ? REPLY_REFUSED : REPLY_FAILED;
    }
    staff->wish = STAFF_WISH_AGAIN;
    return REPLY_DONE;
}

static enum visit_reply perform(void *context, enum visit_request request, int chosen)
{
    struct staff *staff = context;
    switch (request) {
    case REQUEST_EXPORT:
        return export_all(staff);
    case REQUEST_SWITCH:
        return change_exhibit(staff, chosen);
    case REQUEST_RESTART:
        staff->wish = STAFF_WISH_RESTART;
        return REPLY_NONE;
    case REQUEST_SHELL:
        staff->wish = staff->site->staff.shell ? STAFF_WISH_SHELL : staff->wish;
        return staff->site->staff.shell ? REPLY_NONE : REPLY_FAILED;
    default:
        return REPLY_FAILED;
    }
}

/* The service's own folder, else that of the exhibits. */
static void find_state(const struct site *site, char path[600])
{
    const char *state = getenv("STATE_DIRECTORY");
    int length = state != NULL ? (int)strcspn(state, ":") : 0;
    if (length > 0 && length < 500) {
        snprintf(path, 600, "%.*s/staff", length, state);
    } else if (site->exhibits[0] != '\0') {
        snprintf(path, 600, "%s/.staff", site->exhibits);
    } else {
        path[0] = '\0';
    }
}

void staff_init(struct staff *staff)
{
    char path[600];
    find_state(staff->site, path);
    door_init(&staff->door, path);
    staff->shelf.site = staff->site;
    staff->shelf.named = staff->named;
    staff->shelf.shipped = staff->shipped;
    staff->menu = (struct player_staff){staff, enter, look, perform};
}
