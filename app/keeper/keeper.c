#include "keeper/keeper.h"

#include "fingerprint.h"
#include "notify.h"
#include "status.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define THERMAL "/sys/class/thermal"
#define SOONEST_MS 1000         /* between two looks while frames come */
#define BEAT_MS 60000           /* where no watchdog asks for more */
#define STATUS_CHANGED_MS 15000 /* between two writings when something is new, */
#define STATUS_SAME_MS 60000    /* and when nothing is */

struct keeper {
    struct session_keeper session;
    const struct site *site;
    char *exhibit;
    const struct log *log;
    struct notify notify;
    bool ready;                 /* the service manager knows that it plays */
    int64_t looked_ms;          /* the last time; 0: never */
    int64_t started_ms;         /* of the session's clock */
    struct status status, told; /* now; as it was written last */
    int64_t told_ms;            /* 0: never */
    bool mute;                  /* that it could not be written has been said */
};

static struct site_moment moment(void)
{
    time_t now = time(NULL);
    struct tm local = {.tm_mday = 1};
    localtime_r(&now, &local);
    return (struct site_moment){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
        (local.tm_wday + 6) % 7, local.tm_hour * 60 + local.tm_min};
}

static void keep_hours(struct keeper *keeper, struct player *player, int64_t now_ms)
{
    struct site_moment now = moment();
    keeper->status.closed = !site_is_open(&keeper->site->hours, &now);
    player_close(player, keeper->status.closed, now_ms);
}

/* ---- status */

static void look(struct keeper *keeper, struct session *session, int64_t now_ms)
{
    struct session_health health = session_health(session);
    struct status *status = &keeper->status;
    status->written_s = (int64_t)time(NULL);
    status->uptime_s = (now_ms - keeper->started_ms) / 1000;
    status->visitor_s = health.visitor_ms > 0 ? status->written_s - (now_ms - health.visitor_ms) / 1000 : 0;
    /* The same touch is the same second, however the two clocks round. */
    if (status->visitor_s - keeper->told.visitor_s == 1 || status->visitor_s - keeper->told.visitor_s == -1) {
        status->visitor_s = keeper->told.visitor_s;
    }
    status->frames = health.frames;
    status->late_frames = health.late_frames;
    status->decoder_restarts = health.decoder_restarts;
    status->tiles_failed = health.tiles_failed;
    status->has_temperature = status_temperature(THERMAL, &status->temperature);
}

static void tell(struct keeper *keeper, struct session *session, int64_t now_ms)
{
    int64_t since = keeper->told_ms != 0 ? now_ms - keeper->told_ms : INT64_MAX;
    struct error err = {0};
    if (keeper->site->status[0] == '\0' || since < STATUS_CHANGED_MS) {
        return;
    }
    if (keeper->status.hash[0] == '\0') {
        fingerprint(keeper->exhibit, keeper->status.hash);
    }
    look(keeper, session, now_ms);
    if (since < STATUS_SAME_MS && !status_differs(&keeper->status, &keeper->told)) {
        return;
    }
    if (status_write(&keeper->status, keeper->site->status, &err)) {
        keeper->mute = false;
    } else {
        keeper->status.faults++;
        if (!keeper->mute) { /* once, or a full disk would be filled with saying so */
            char line[600];
            log_write(keeper->log, LOG_WARNING, "%s", error_text(&err, line, sizeof line));
        }
        keeper->mute = true;
    }
    keeper->told = keeper->status;
    keeper->told_ms = now_ms;
}

/* ---- what the session asks */

static int64_t beat_ms(const struct keeper *keeper)
{
    int64_t half = keeper->notify.watchdog_ms / 2;
    bool wanted = keeper->site->status[0] != '\0' || keeper->site->hours.given;
    return half > 0 && half < BEAT_MS ? half : wanted || half > 0 ? BEAT_MS : INT64_MAX;
}

static int64_t pulse(void *context, struct session *session, int64_t now_ms)
{
    struct keeper *keeper = context;
    int64_t beat = beat_ms(keeper), soonest = SOONEST_MS < beat ? SOONEST_MS : beat;
    if (keeper->looked_ms == 0 || now_ms - keeper->looked_ms >= soonest) {
        keep_hours(keeper, session_player(session), now_ms);
        tell(keeper, session, now_ms);
        notify_send(&keeper->notify, keeper->ready ? "WATCHDOG=1" : "READY=1\nWATCHDOG=1");
        keeper->ready = true;
        keeper->looked_ms = now_ms;
    }
    return beat == INT64_MAX ? INT64_MAX : keeper->looked_ms + beat;
}

struct keeper *keeper_create(const struct keeper_options *options, struct error *err)
{
    struct keeper *keeper = calloc(1, sizeof *keeper);
    if (keeper == NULL) {
        error_memory(err);
        return NULL;
    }
    keeper->notify.fd = -1;
    keeper->exhibit = strdup(options->exhibit != NULL ? options->exhibit : "");
    if (keeper->exhibit == NULL) {
        error_memory(err);
        keeper_destroy(keeper);
        return NULL;
    }
    keeper->session = (struct session_keeper){keeper, pulse};
    keeper->site = options->site;
    keeper->log = options->log;
    keeper->started_ms = session_clock_us() / 1000;
    keeper->status = (struct status){
        .version = options->version, .exhibit = keeper->exhibit, .started_s = (int64_t)time(NULL)};
    notify_open(&keeper->notify);
    return keeper;
}

void keeper_destroy(struct keeper *keeper)
{
    if (keeper == NULL) {
        return;
    }
    notify_send(&keeper->notify, "STOPPING=1");
    notify_close(&keeper->notify);
    free(keeper->exhibit);
    free(keeper);
}

const struct session_keeper *keeper_session(struct keeper *keeper)
{
    return &keeper->session;
}
