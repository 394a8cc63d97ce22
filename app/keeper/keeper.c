#include "keeper/keeper.h"

#include "fingerprint.h"
#include "notify.h"
#include "staff.h"
#include "status.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define THERMAL "/sys/class/thermal"
#define SOONEST_MS 1000         /* between two looks while frames come */
#define BEAT_MS 60000           /* where no watchdog asks for more */
#define STATUS_CHANGED_MS 15000 /* between two writings when something is new, */
#define STATUS_SAME_MS 60000    /* and when nothing is */
#define SEARCH_MS 10000         /* between two looks for an exhibit that could not be opened */

struct keeper {
    struct session_keeper session;
    const struct site *site;
    const char *named, *shipped; /* as of keeper_choose() */
    struct keeper_choice choice;
    char opened[SITE_PATH_MAX + 16]; /* the exhibit whose hash the status has, without links */
    const struct log *log;
    struct notify notify;
    bool ready;                 /* the service manager knows that it plays */
    int64_t looked_ms;          /* the last time; 0: never */
    int64_t started_ms;         /* of the session's clock */
    struct status status, told; /* now; as it was written last */
    int64_t told_ms;            /* 0: never */
    bool mute;                  /* that it could not be written has been said */
    int64_t searched_ms;        /* for what was meant, the last time; 0: never */
    bool again;
    struct staff staff;
};

static void keep_hours(struct keeper *keeper, struct player *player, int64_t now_ms)
{
    struct site_moment now = site_moment_at((int64_t)time(NULL));
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

/* Anew when another exhibit was installed meanwhile and is shown now. */
static void take_hash(struct keeper *keeper, const char *opened)
{
    opened = opened != NULL ? opened : keeper->choice.exhibit;
    if (keeper->status.hash[0] == '\0' || strcmp(keeper->opened, opened) != 0) {
        fingerprint(opened, keeper->status.hash);
        snprintf(keeper->opened, sizeof keeper->opened, "%s", opened);
    }
}

static void tell(struct keeper *keeper, struct session *session, int64_t now_ms)
{
    int64_t since = keeper->told_ms != 0 ? now_ms - keeper->told_ms : INT64_MAX;
    struct error err = {0};
    if (keeper->site->status[0] == '\0' || since < STATUS_CHANGED_MS) {
        return;
    }
    take_hash(keeper, player_opened(session_player(session)));
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

/* ---- what was meant, once it can be opened */

static bool searches(const struct keeper *keeper)
{
    return keeper->choice.second || keeper->choice.exhibit[0] == '\0';
}

static void search(struct keeper *keeper, struct session *session, int64_t now_ms)
{
    struct keeper_choice choice;
    bool due = keeper->searched_ms == 0 || now_ms - keeper->searched_ms >= SEARCH_MS;
    bool visited = keeper->choice.exhibit[0] != '\0' && !player_by_itself(session_player(session));
    if (!searches(keeper) || !due || visited) {
        return;
    }
    keeper->searched_ms = now_ms;
    keeper_choose(keeper->site, keeper->named, keeper->shipped, &choice);
    if (choice.exhibit[0] != '\0' && (!choice.second || keeper->choice.exhibit[0] == '\0')) {
        keeper->again = true;
        session_quit(session);
    }
}

/* ---- what the session asks */

static int64_t beat_ms(const struct keeper *keeper)
{
    int64_t half = keeper->notify.watchdog_ms / 2;
    if (searches(keeper)) {
        half = half > 0 && half < SEARCH_MS ? half : SEARCH_MS;
    }
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
        search(keeper, session, now_ms);
        keeper_alive(keeper);
        keeper->looked_ms = now_ms;
    }
    if (keeper->staff.wish != STAFF_WISH_NONE) {
        keeper->again = keeper->staff.wish == STAFF_WISH_AGAIN;
        session_quit(session);
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
    keeper->session = (struct session_keeper){keeper, pulse};
    keeper->site = options->site;
    keeper->named = options->named;
    keeper->shipped = options->shipped;
    keeper->log = options->log;
    keeper->started_ms = session_clock_us() / 1000;
    keeper->status = (struct status){
        .version = options->version, .exhibit = keeper->choice.exhibit, .started_s = (int64_t)time(NULL)};
    keeper->staff.site = keeper->site;
    keeper->staff.choice = &keeper->choice;
    keeper->staff.named = keeper->named;
    keeper->staff.shipped = keeper->shipped;
    keeper->staff.version = options->version;
    keeper->staff.log = keeper->log;
    keeper->staff.started_ms = keeper->started_ms;
    staff_init(&keeper->staff);
    notify_open(&keeper->notify);
    return keeper;
}

const struct keeper_choice *keeper_begin(struct keeper *keeper)
{
    struct player_trouble before = keeper->choice.trouble;
    bool was = keeper->choice.exhibit[0] == '\0' && before.what[0] != '\0';
    keeper_choose(keeper->site, keeper->named, keeper->shipped, &keeper->choice);
    keeper->again = false;
    keeper->staff.wish = STAFF_WISH_NONE;
    keeper->looked_ms = keeper->searched_ms = 0;
    keeper->status.trouble = keeper->choice.exhibit[0] == '\0';
    keeper->status.hash[0] = keeper->told.hash[0] = '\0'; /* which is news */
    if (keeper->status.trouble && was) {                  /* it is the same trouble still */
        keeper->choice.trouble = before;
    } else if (keeper->status.trouble || keeper->choice.second) {
        keeper->status.faults++;
        log_write(keeper->log, LOG_ERROR, "the exhibit cannot be played: %s",
            keeper->status.trouble ? keeper->choice.trouble.what : "the one before stands in for it");
    }
    return &keeper->choice;
}

bool keeper_again(const struct keeper *keeper)
{
    return keeper->again;
}

const struct player_staff *keeper_staff(struct keeper *keeper)
{
    return keeper->site->staff.code[0] != '\0' ? &keeper->staff.menu : NULL;
}

int keeper_exit(const struct keeper *keeper)
{
    return keeper->staff.wish == STAFF_WISH_SHELL ? KEEPER_EXIT_SHELL : 0;
}

void keeper_alive(struct keeper *keeper)
{
    notify_send(&keeper->notify, keeper->ready ? "WATCHDOG=1" : "READY=1\nWATCHDOG=1");
    keeper->ready = true;
}

void keeper_destroy(struct keeper *keeper)
{
    if (keeper == NULL) {
        return;
    }
    notify_send(&keeper->notify, "STOPPING=1");
    notify_close(&keeper->notify);
    free(keeper);
}

const struct session_keeper *keeper_session(struct keeper *keeper)
{
    return &keeper->session;
}
