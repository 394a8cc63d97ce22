/* What is spoken is what is described. */
#include "box/utter.h"

#include "base/array.h"
#include "check.h"
#include "work.h"

#define TELEGRAM TEST_SOURCE_DIR "/exhibits/telegram-1950"

static const struct size hd = {1280, 720};

/* A speaker that writes down what it is told to say. */
struct ear {
    struct player_speaker speaker;
    char heard[1 << 17]; /* one sentence a line */
    size_t length;
    char last[1200];
    int count, hushed, volume, rate;
    char language[40];
    int64_t takes_ms, until_ms; /* how long a sentence takes */
    const char *mute;           /* a language that it has no voice for */
    bool failed;
};

static void say(void *context, const struct player_sentence *sentence, int64_t now_ms)
{
    struct ear *ear = context;
    snprintf(ear->last, sizeof ear->last, "%.*s", STR_ARGS(sentence->text));
    snprintf(ear->language, sizeof ear->language, "%s", sentence->language);
    ear->failed = ear->mute != NULL && strcmp(ear->mute, sentence->language) == 0;
    ear->count++;
    ear->volume = sentence->volume;
    ear->rate = sentence->words_per_minute;
    ear->until_ms = now_ms + ear->takes_ms;
    if (ear->length + strlen(ear->last) + 2 < sizeof ear->heard) {
        ear->length +=
            (size_t)snprintf(ear->heard + ear->length, sizeof ear->heard - ear->length, "%s\n", ear->last);
    }
}

static void hush(void *context)
{
    struct ear *ear = context;
    ear->hushed++;
    ear->until_ms = 0;
}

static enum player_speaking state(void *context, int64_t now_ms)
{
    const struct ear *ear = context;
    return ear->failed ? SPEAKING_FAILED : now_ms < ear->until_ms ? SPEAKING_NOW : SPEAKING_NOT;
}

static int64_t deadline(void *context)
{
    return ((const struct ear *)context)->until_ms;
}

static struct ear *ear_create(int64_t takes_ms)
{
    struct ear *ear = calloc(1, sizeof *ear);
    if (ear != NULL) {
        ear->speaker = (struct player_speaker){ear, say, hush, state, deadline};
        ear->takes_ms = takes_ms;
    }
    return ear;
}

static void forget(struct ear *ear)
{
    ear->length = 0;
    ear->heard[0] = ear->last[0] = '\0';
    ear->count = 0;
}

/* Without spaces, so that sentences and whole names compare. */
static size_t squeeze(const char *text, size_t length, char *out, size_t at, size_t size)
{
    for (size_t i = 0; i < length && at + 1 < size; i++) {
        if (text[i] != ' ' && text[i] != '\n' && text[i] != '\t') {
            out[at++] = text[i];
        }
    }
    out[at] = '\0';
    return at;
}

static bool read_to_the_end(struct work *work)
{
    for (int i = 0; i < 4000 && player_visit(work->player)->reading; i++) {
        work->now_ms += 5;
        player_update(work->player, work->now_ms);
    }
    return !player_visit(work->player)->reading;
}

static void speaks_the_place(struct work *work, struct ear *ear, const char *place, const char *language)
{
    static char heard[1 << 17], want[1 << 17];
    struct arena arena = {0};
    size_t count, at = 0;
    struct player_appearance look = {.language = language};
    work_go(work, "home");
    work_go(work, place);
    CHECK(player_wait_ready(work->player, 60000)); /* search has gone through the texts */
    player_appear(work->player, &look, work->now_ms);
    work_pass(work, 50);
    forget(ear);
    work_event(work, (struct player_event){.kind = PLAYER_FINGERS_LOST});
    CHECK(work_tap(work, "bar.listen"));
    CHECK_THAT(read_to_the_end(work), "%s in %s has no end", place, language);
    squeeze(ear->heard, ear->length, heard, 0, sizeof heard);
    /* The description is of the whole screen, also of what has to be scrolled to. */
    player_complete(work->player, true);
    player_update(work->player, work->now_ms);
    const struct box_utterance *all = box_utterances(player_tree(work->player), NULL, &arena, &count);
    for (size_t i = 0; i < count; i++) {
        at = squeeze(all[i].text.data, all[i].text.length, want, at, sizeof want);
    }
    player_complete(work->player, false);
    player_update(work->player, work->now_ms);
    size_t same = 0;
    while (want[same] != '\0' && want[same] == heard[same]) {
        same++;
    }
    CHECK_THAT(count > 0 && strcmp(want, heard) == 0, "%s in %s: spoken \"%.90s\", described \"%.90s\"",
        place, language, heard + same, want + same);
    ear->takes_ms = 5000; /* begun once more, and turned off in the middle of the first sentence */
    CHECK(work_tap(work, "bar.listen") && work_tap(work, "bar.listen"));
    CHECK(!player_visit(work->player)->listening);
    ear->takes_ms = 0;
    arena_finish(&arena);
}

static void what_is_spoken_is_what_is_described(void)
{
    static const char *const languages[] = {"en", "ko", "zh-Hans", "ru"};
    static const char *const places[] = {"home", "read", "scan", "text", "parallel", "meaning", "people",
        "places", "timeline", "words", "related", "questions", "about", "search", "person:stalin",
        "term:pseudonym", "note:the-circle", "event:telegram-written", "place:beijing"};
    struct ear *ear = ear_create(0);
    struct work work;
    CHECK(ear != NULL && work_open_speaking(&work, TELEGRAM, MODE_CLASSROOM, hd, &ear->speaker));
    for (size_t l = 0; l < ARRAY_LENGTH(languages); l++) {
        for (size_t p = 0; p < ARRAY_LENGTH(places); p++) {
            speaks_the_place(&work, ear, places[p], languages[l]);
        }
    }
    work_close(&work);
    free(ear);
}

/* The same in scripts that run from right to left, stack, or know no spaces. */
static void in_ten_languages_too(void)
{
    static const char *const places[] = {
        "home", "text", "people", "places", "timeline", "questions", "about", "search", "person:mehta"};
    struct ear *ear = ear_create(0);
    struct work work;
    CHECK(ear != NULL && work_open_speaking(&work, TEST_SOURCE_DIR "/tests/exhibits/languages",
                             MODE_CLASSROOM, hd, &ear->speaker));
    const struct exhibit_head *head = exhibit_head(player_exhibit(work.player));
    CHECK_INT((int)head->language_count, 10);
    for (size_t l = 0; l < head->language_count; l++) {
        for (size_t p = 0; p < ARRAY_LENGTH(places); p++) {
            speaks_the_place(&work, ear, places[p], head->languages[l]);
        }
    }
    work_close(&work);
    free(ear);
}

/* Presses a key until what is heard begins with `words`; nothing but the ear is asked. */
static bool key_until(struct work *work, struct ear *ear, enum player_key key, const char *words)
{
    for (int i = 0; i < 120; i++) {
        if (strncmp(ear->last, words, strlen(words)) == 0) {
            return true;
        }
        work_key(work, key);
    }
    fprintf(stderr, "never heard \"%s\", last \"%s\"\n", words, ear->last);
    return false;
}

static bool hears(struct work *work, const struct ear *ear, const char *words)
{
    for (int i = 0; i < 3000 && strstr(ear->heard, words) == NULL; i++) {
        work_pass(work, 50);
    }
    return strstr(ear->heard, words) != NULL;
}

static const char *focus(const struct work *work)
{
    return player_visit(work->player)->here.focus;
}

/* Whoever begins with a key may not see: it is said how to listen, in each language, and selecting does it.
 */
static void who_begins_with_a_key_is_told_how_to_listen(void)
{
    static const char *const languages[] = {"en", "ko", "zh-Hans", "ru"};
    struct ear *ear = ear_create(100);
    struct work work;
    CHECK(ear != NULL && work_open_speaking(&work, TELEGRAM, MODE_KIOSK, hd, &ear->speaker));
    work_key(&work, KEY_DOWN);
    CHECK_TEXT(focus(&work), "bar.listen");
    CHECK(strstr(ear->heard, "press select now") != NULL && ear->volume >= 40);
    for (size_t i = 0; i < ARRAY_LENGTH(languages); i++) {
        CHECK_TEXT(ear->language, languages[i]);
        for (int k = 0; k < 100 && strcmp(ear->language, languages[i]) == 0; k++) {
            work_pass(&work, 10);
        }
    }
    CHECK_INT(ear->count, 8); /* two sentences in each, once */
    CHECK(!player_visit(work.player)->listening);
    forget(ear);
    work_key(&work, KEY_SELECT);
    CHECK(player_visit(work.player)->listening && hears(&work, ear, "A telegram to Stalin"));
    work_close(&work);

    forget(ear); /* the next key breaks it off */
    CHECK(work_open_speaking(&work, TELEGRAM, MODE_KIOSK, hd, &ear->speaker));
    work_key(&work, KEY_DOWN);
    work_key(&work, KEY_DOWN);
    work_pass(&work, 3000);
    CHECK_INT(ear->count, 1);
    CHECK(!player_visit(work.player)->listening && strcmp(focus(&work), "bar.listen") != 0);
    work_close(&work);

    forget(ear); /* a finger finds Listen by sight; in class somebody is there to help */
    CHECK(work_open_speaking(&work, TELEGRAM, MODE_KIOSK, hd, &ear->speaker));
    work_tap_at(&work, 100, 100);
    CHECK(ear->count == 0 && focus(&work)[0] == '\0');
    work_close(&work);
    CHECK(work_open_speaking(&work, TELEGRAM, MODE_CLASSROOM, hd, &ear->speaker));
    work_go(&work, "attract");
    work_key(&work, KEY_DOWN);
    CHECK(ear->count == 0 && focus(&work)[0] == '\0');
    work_close(&work);
    free(ear);
}

static void listen_has_a_key_of_its_own(void)
{
    struct ear *ear = ear_create(1000);
    struct work work;
    CHECK(ear != NULL && work_open_speaking(&work, TELEGRAM, MODE_KIOSK, hd, &ear->speaker));
    work_key(&work, KEY_LISTEN); /* from attract: the visit begins, and is read out */
    CHECK(player_visit(work.player)->listening && player_visit(work.player)->reading);
    CHECK_TEXT(ear->last, "13 May 1950");
    work_key(&work, KEY_LISTEN);
    CHECK(!player_visit(work.player)->listening && !player_visit(work.player)->reading);
    work_key(&work, KEY_LISTEN); /* on from where it was */
    CHECK_TEXT(ear->last, "13 May 1950");
    CHECK(key_until(&work, ear, KEY_DOWN, "Read the telegram, button"));
    work_key(&work, KEY_LISTEN); /* the focus had broken it off: it goes on, and the focus stays */
    CHECK_TEXT(ear->last, "13 May 1950");
    CHECK_TEXT(focus(&work), "home.read");
    work_close(&work);
    free(ear);
}

/* Who types with keys hears what stands in the field, and what came of it. */
static void what_is_typed_is_said(void)
{
    struct ear *ear = ear_create(100);
    struct work work;
    CHECK(ear != NULL && work_open_speaking(&work, TELEGRAM, MODE_KIOSK, hd, &ear->speaker));
    work_key(&work, KEY_LISTEN);
    work_go(&work, "search");
    CHECK(player_wait_ready(work.player, 60000));
    CHECK(key_until(&work, ear, KEY_DOWN, "q, button"));
    CHECK(key_until(&work, ear, KEY_RIGHT, "u, button"));
    work_key(&work, KEY_SELECT);
    CHECK_THAT(strncmp(ear->last, "Looking for: u, What was found: ", 32) == 0, "\"%s\"", ear->last);
    work_key(&work, KEY_SELECT);
    work_key(&work, KEY_SELECT);
    CHECK_TEXT(ear->last, "Looking for: uuu, Nothing in this exhibit has “uuu” in it.");
    work_key(&work, KEY_RIGHT);
    CHECK_TEXT(ear->last, "i, button");
    struct player_event letter = {.kind = PLAYER_TEXT, .text = "x"}; /* on a real keyboard too */
    work_event(&work, letter);
    work_pass(&work, 100);
    CHECK_THAT(strncmp(ear->last, "Looking for: uuux, ", 19) == 0, "\"%s\"", ear->last);
    work_close(&work);
    free(ear);
}

static void controls_are_spoken_with_role_and_state(void)
{
    struct ear *ear = ear_create(100);
    struct work work;
    CHECK(ear != NULL && work_open_speaking(&work, TELEGRAM, MODE_CLASSROOM, hd, &ear->speaker));
    work_key(&work, KEY_LEFT);
    work_key(&work, KEY_SELECT);
    CHECK(key_until(&work, ear, KEY_LEFT, "Low reach, switch, off"));
    CHECK(key_until(&work, ear, KEY_LEFT, "Contrast, switch, off"));
    work_key(&work, KEY_SELECT);
    CHECK_TEXT(ear->last, "Contrast, switch, on");
    CHECK(key_until(&work, ear, KEY_LEFT, "Text size, menu, closed"));
    work_key(&work, KEY_SELECT);
    CHECK_TEXT(ear->last, "Text size, menu, open");
    CHECK(
        key_until(&work, ear, KEY_UP, "100 %, tab") || key_until(&work, ear, KEY_DOWN, "125 %, tab, chosen"));
    work_key(&work, KEY_BACK);
    CHECK(key_until(&work, ear, KEY_LEFT, "Volume: Normal, menu, closed"));
    CHECK(key_until(&work, ear, KEY_LEFT, "Speed: Normal, menu, closed"));
    work_close(&work);
    free(ear);
}

static void an_action_breaks_it_off_at_once(void)
{
    struct ear *ear = ear_create(2000);
    struct work work;
    CHECK(ear != NULL && work_open_speaking(&work, TELEGRAM, MODE_KIOSK, hd, &ear->speaker));
    work_tap_at(&work, 100, 100);
    CHECK(work_tap(&work, "bar.listen"));
    work_pass(&work, 4500);
    CHECK_INT(ear->count, 3);
    char before[1200];
    snprintf(before, sizeof before, "%s", ear->last);
    int hushed = ear->hushed;
    work_finger(
        &work, PLAYER_FINGER_DOWN, 12, 8); /* at the touch, not at its end, and before any time passes */
    CHECK(ear->hushed == hushed + 1 && !player_visit(work.player)->reading);
    work_pass(&work, 100);
    work_finger(&work, PLAYER_FINGER_UP, 12, 8);
    work_pass(&work, 5000);
    CHECK_INT(ear->count, 3);
    CHECK(work_tap(&work, "bar.listen"));
    CHECK_INT(ear->count, 4);
    CHECK_TEXT(ear->last, before); /* on from where it stopped: that sentence again */
    const struct box *lead = work_box(&work, "home.lead.s1");
    CHECK(lead != NULL && (lead->states & BOX_SPOKEN) != 0 && lead->look.mark_count > 0);
    CHECK(work_tap(&work, "bar.listen"));
    CHECK(work_box(&work, "bar.volume") == NULL && !player_visit(work.player)->listening);
    lead = work_box(&work, "home.lead.s1");
    CHECK(lead != NULL && (lead->states & BOX_SPOKEN) == 0 && lead->look.mark_count == 0);
    work_close(&work);
    free(ear);
}

static void captions_where_there_is_no_sound(void)
{
    struct work work;
    CHECK(work_open(&work, TELEGRAM, MODE_KIOSK, hd));
    work_key(&work, KEY_SELECT);
    CHECK(work_box(&work, "caption") == NULL);
    CHECK(work_tap(&work, "bar.listen"));
    const struct box *line = work_box(&work, "caption.text");
    CHECK(line != NULL && str_equal_c(line->name, "13 May 1950"));
    work_pass(&work, 1000); /* long enough to be read */
    line = work_box(&work, "caption.text");
    CHECK(line != NULL && str_equal_c(line->name, "13 May 1950"));
    work_pass(&work, 1000);
    line = work_box(&work, "caption.text");
    CHECK(line != NULL && str_equal_c(line->name, "A telegram to Stalin"));
    work_finger(&work, PLAYER_FINGER_DOWN, 12, 8);
    work_finger(&work, PLAYER_FINGER_UP, 12, 8);
    work_pass(&work, 400);
    CHECK(work_box(&work, "caption") != NULL && work_box(&work, "caption.text") == NULL);
    CHECK(work_tap(&work, "bar.listen") && work_tap(&work, "bar.listen"));
    CHECK(work_box(&work, "caption") == NULL);
    work_close(&work);
}

static void captions_where_it_cannot_be_heard(void)
{
    struct ear *ear = ear_create(500);
    struct work work;
    CHECK(ear != NULL && work_open_speaking(&work, TELEGRAM, MODE_KIOSK, hd, &ear->speaker));
    ear->mute = "ko";
    work_key(&work, KEY_SELECT);
    CHECK(work_tap(&work, "bar.listen"));
    CHECK(work_box(&work, "caption") == NULL);
    CHECK(work_tap(&work, "bar.volume") && work_tap(&work, "menu.volume.1"));
    CHECK(work_box(&work, "caption.text") != NULL);
    CHECK(work_tap(&work, "bar.volume") && work_tap(&work, "menu.volume.4"));
    CHECK(work_box(&work, "caption") == NULL && ear->volume == 100);
    CHECK(work_tap(&work, "bar.speed") && work_tap(&work, "menu.speed.4"));
    CHECK(ear->rate == 270);
    CHECK(work_tap(&work, "bar.language") && work_tap(&work, "menu.language.2"));
    work_pass(&work, 300);
    CHECK(work_box(&work, "caption.text") != NULL); /* no voice for Korean: it is shown */
    work_close(&work);
    free(ear);
}

static void the_warning_speaks_by_itself(void)
{
    struct ear *ear = ear_create(500);
    struct work work;
    CHECK(ear != NULL && work_open_speaking(&work, TELEGRAM, MODE_KIOSK, hd, &ear->speaker));
    work_tap_at(&work, 100, 100);
    for (int i = 0; i < 11; i++) {
        forget(ear);
        work_pass(&work, (int64_t)player_visit(work.player)->frame.idle_s * 1000 + 3000);
        CHECK(strstr(ear->heard, "Are you still reading?\n") != NULL);
        CHECK(ear->count == 3 && ear->volume >= 40); /* once, not with every second */
        work_key(&work, KEY_RIGHT);                  /* any key */
        CHECK(player_visit(work.player)->warning_ms == 0);
    }
    work_close(&work);
    free(ear);
}

/* An utterance log, and the twin's clock that goes by the length of the samples. */
static void the_twin_writes_what_is_said(void)
{
    struct error err = {0};
    struct player_paths paths;
    CHECK(player_find_paths(&paths, &err));
    CHECK(work_write("listen.txt", "0 go home\n100 tap @bar.listen\n9000 quit\n"));
    for (int silent = 0; silent < 2; silent++) {
        struct player_options player = {
            .exhibit = SMALL, .paths = &paths, .mode = MODE_KIOSK, .window = hd, .utterances = "said.txt"};
        struct session_options options = {.player = &player, .script = "listen.txt", .silent = silent != 0};
        CHECK_THAT(headless_play(&options, &err), "%s", err.message);
        const char *log = work_read("said.txt");
        CHECK(strstr(log, "\tscreen\t") != NULL && strstr(log, "\ten\thome.title\t") != NULL);
        CHECK(!silent || strstr(log, "\tcaption\t") != NULL);
        CHECK(!silent || strstr(log, "\tvoice\t") == NULL);
    }
    struct player_options player = {
        .exhibit = SMALL, .paths = &paths, .window = hd, .utterances = "no/such/folder/said.txt"};
    CHECK(player_create(&player, 1000, &err) == NULL && err.category == ERROR_MACHINE);
}

int main(void)
{
    char folder[32];
    if (!work_enter(folder)) {
        return 1;
    }
    RUN(what_is_spoken_is_what_is_described);
    RUN(in_ten_languages_too);
    RUN(who_begins_with_a_key_is_told_how_to_listen);
    RUN(listen_has_a_key_of_its_own);
    RUN(what_is_typed_is_said);
    RUN(controls_are_spoken_with_role_and_state);
    RUN(an_action_breaks_it_off_at_once);
    RUN(captions_where_there_is_no_sound);
    RUN(captions_where_it_cannot_be_heard);
    RUN(the_warning_speaks_by_itself);
    RUN(the_twin_writes_what_is_said);
    return work_leave(folder, check_report());
}
