/* A visit by who does not see: six keys, and nothing but the utterance log says what they do. The keys are
 * written down as they are pressed, and played again as a visit script. */
#include "internal.h"
#include "script.h"
#include "virtual_voice.h"

#include "base/array.h"
#include "check.h"
#include "work.h"

#define TELEGRAM TEST_SOURCE_DIR "/exhibits/telegram-1950"

static const struct size hd = {1280, 720};

struct visitor {
    struct work work;
    struct virtual_voice voice;
    FILE *script;
    char *log;    /* what was said since the beginning */
    size_t heard; /* how much of it the visitor has thought about */
};

/* As headless_play() does it, but for the hand on the keys. */
static bool begin(struct visitor *visitor)
{
    struct error err = {0};
    struct work *work = &visitor->work;
    *visitor = (struct visitor){.work = {.window = hd, .now_ms = 1000}};
    virtual_voice_init(&visitor->voice, NULL);
    visitor->script = fopen("by-ear.txt", "we");
    bool found = player_find_paths(&work->paths, &err);
    struct player_options options = {.exhibit = TELEGRAM,
        .paths = &work->paths,
        .mode = MODE_KIOSK,
        .window = hd,
        .speaker = &visitor->voice.speaker,
        .utterances = "live.txt"};
    work->player = found ? player_create(&options, work->now_ms, &err) : NULL;
    if (work->player == NULL) {
        fprintf(stderr, "%s\n", err.message);
    }
    return work->player != NULL && visitor->script != NULL && player_wait_ready(work->player, 20000);
}

static void end(struct visitor *visitor)
{
    fprintf(visitor->script, "%lld quit\n", (long long)(visitor->work.now_ms - 1000));
    fclose(visitor->script);
    work_close(&visitor->work);
    virtual_voice_finish(&visitor->voice);
}

/* Until nothing is said any more, and a moment longer. */
static void listen(struct visitor *visitor)
{
    const struct player *player = visitor->work.player;
    do {
        work_pass(&visitor->work, 200);
    } while (player->speech.kind != SPEECH_NONE || player->visit.reading);
    work_pass(&visitor->work, 1000);
    visitor->log = work_read("live.txt");
}

static void press(struct visitor *visitor, enum player_key key)
{
    visitor->log = work_read("live.txt");
    visitor->heard = strlen(visitor->log);
    fprintf(visitor->script, "%lld key %s\n", (long long)(visitor->work.now_ms - 1000), script_key_name(key));
    work_key(&visitor->work, key);
    listen(visitor);
}

/* Was it said since the last key? */
static bool heard(const struct visitor *visitor, const char *words)
{
    bool said = strstr(visitor->log + visitor->heard, words) != NULL;
    if (!said) {
        fprintf(stderr, "never heard \"%s\", but:\n%.2000s\n", words, visitor->log + visitor->heard);
    }
    return said;
}

/* Presses a key until the focus is on what begins with these words. */
static bool walk(struct visitor *visitor, enum player_key key, const char *words)
{
    for (int i = 0; i < 120; i++) {
        const char *line = strstr(visitor->log + visitor->heard, "\tfocus\t");
        const char *said = line != NULL ? strchr(line + 1, '\t') : NULL;
        for (int tab = 0; tab < 3 && said != NULL; tab++) { /* voice, language, box */
            said = strchr(said + 1, '\t');
        }
        if (said != NULL && strncmp(said + 1, words, strlen(words)) == 0) {
            return true;
        }
        press(visitor, key);
    }
    fprintf(stderr, "never came to \"%s\"\n", words);
    return false;
}

static const char *const points[] = {"Strictly Secret", "Making copies is forbidden",
    "[Stamp: “Declassified 14 December 1993”]", "From PEKING",
    "For immediate report to comrade Filippov [Stalin].x/", "Today on May 13, at 23 hours 30 minutes",
    "1. Kim Il Sung and minister of foreign affairs",
    "2. In the evening comrade Mao Zedong has had a meeting with them.",
    "3. The Korean comrades will stay in Peking for 2 days.", "In connection with the abovementioned",
    "The Chinese comrades are requesting an urgent answer.", "13/5-50."};

static void visits(struct visitor *visitor)
{
    press(visitor, KEY_DOWN); /* the attract screen gives way, and it is said how to go on */
    CHECK(heard(visitor, "press select now"));
    press(visitor, KEY_SELECT);
    CHECK(heard(visitor, "In this secret telegram of 13 May 1950"));
    CHECK(walk(visitor, KEY_DOWN, "Read the telegram, button"));
    press(visitor, KEY_SELECT);
    CHECK(heard(visitor, "Ciphered Telegram"));
    for (size_t i = 0; i < ARRAY_LENGTH(points); i++) { /* read out from first to last ... */
        CHECK(heard(visitor, points[i]));
    }
    CHECK(walk(visitor, KEY_DOWN, "The text, tab"));
    press(visitor, KEY_SELECT);
    for (size_t i = 0; i < ARRAY_LENGTH(points); i++) { /* ... and gone through one by one */
        CHECK(walk(visitor, KEY_DOWN, points[i]));
    }
    CHECK(walk(visitor, KEY_UP, "Mao Zedong, link"));
    press(visitor, KEY_SELECT);
    CHECK(heard(visitor, "Mao Zedong") && heard(visitor, "Written for this exhibit"));
    press(visitor, KEY_BACK);
    CHECK(walk(visitor, KEY_DOWN, "Mao Zedong, link"));
    CHECK(walk(visitor, KEY_DOWN, "Home, button"));
    press(visitor, KEY_SELECT);
    CHECK(heard(visitor, "A telegram to Stalin"));
}

/* The log without its times. */
static void strip_times(char *log)
{
    char *to = log;
    for (const char *line = log; *line != '\0';) {
        const char *from = strchr(line, '\t'), *end = strchr(line, '\n');
        if (from == NULL || end == NULL) {
            break;
        }
        memmove(to, from, (size_t)(end + 1 - from));
        to += end + 1 - from;
        line = end + 1;
    }
    *to = '\0';
}

static void a_visit_by_keys_and_the_log_alone(void)
{
    static char live[1 << 20];
    struct visitor visitor;
    struct error err = {0};
    CHECK(begin(&visitor));
    if (visitor.work.player == NULL || visitor.script == NULL) {
        return;
    }
    visits(&visitor);
    snprintf(live, sizeof live, "%s", visitor.log);
    struct player_options player = {.exhibit = TELEGRAM,
        .paths = &visitor.work.paths,
        .mode = MODE_KIOSK,
        .window = hd,
        .utterances = "played.txt"};
    struct session_options options = {.player = &player, .script = "by-ear.txt"};
    end(&visitor);
    CHECK_THAT(headless_play(&options, &err), "%s", err.message);
    char *played = work_read("played.txt");
    strip_times(live);
    strip_times(played);
    CHECK(strlen(live) > 10000);
    CHECK_TEXT(played, live);
    const char *script = work_read("by-ear.txt"); /* keys, and nothing else */
    CHECK(strstr(script, " key ") != NULL && strstr(script, "tap") == NULL && strstr(script, " go ") == NULL);
}

int main(void)
{
    char folder[32];
    if (!work_enter(folder)) {
        return 1;
    }
    RUN(a_visit_by_keys_and_the_log_alone);
    return work_leave(folder, check_report());
}
