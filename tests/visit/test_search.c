/* What is typed, key by key; that it is there on coming back, and gone after the visit. */
#include "check.h"
#include "fake.h"

#include "base/utf8.h"

struct typing {
    struct visit visit;
    struct fake_screen screen;
};

static void begin(struct typing *t)
{
    struct visit_frame frame = fake_frame(MODE_KIOSK);
    fake_screen_init(&t->screen);
    visit_init(&t->visit, &frame, 1000);
    fake_do(&t->screen, &t->visit, "go search", 2000);
}

static const char *query(const struct typing *t)
{
    return t->visit.search.query;
}

/* One key a character; '<' takes the last key back. */
static void type(struct typing *t, const char *keys)
{
    struct str rest = str_from(keys);
    for (size_t at = 0; at < rest.length;) {
        char words[32] = "keyboard erase", key[5] = "";
        uint32_t c = utf8_next(rest, &at);
        utf8_encode(c, key);
        if (c == ' ') {
            snprintf(words, sizeof words, "keyboard space");
        } else if (c != '<') {
            snprintf(words, sizeof words, "type %s", key);
        }
        fake_act(&t->screen, &t->visit, words, 3000);
    }
}

static void keys_come_together(void)
{
    static const struct {
        const char *keys, *text;
    } rows[] = {
        {"abc", "abc"},
        {"ab<", "a"},
        {"<", ""},
        {"ж<ё", "ё"},
        /* syllables */
        {"ㅎ", "ㅎ"},
        {"ㅎㅏ", "하"},
        {"ㅎㅏㄴ", "한"},
        {"ㅎㅏㄴㄱㅡㄹ", "한글"},
        {"ㅎㅏㄴㅏ", "하나"},
        {"ㅅㅡㅌㅏㄹㄹㅣㄴ", "스탈린"},
        {"ㅁㅏㅇㅗㅉㅓㄷㅜㅇ", "마오쩌둥"},
        {"ㄱㅣㅁㅇㅣㄹㅅㅓㅇ", "김일성"},
        /* double consonants: one key each; ㄸ ㅃ ㅉ end no syllable */
        {"ㄲㅗㅊ", "꽃"},
        {"ㅇㅣㅆㅓ", "이써"},
        {"ㅇㅣㅆㄷㅏ", "있다"},
        {"ㅂㅏㄲ", "밖"},
        {"ㅂㅏㄸ", "바ㄸ"},
        {"ㄱㄱ", "ㄱㄱ"},
        /* compound vowels */
        {"ㄱㅗㅏ", "과"},
        {"ㄱㅗㅐ", "괘"},
        {"ㅇㅗㅣ", "외"},
        {"ㅇㅜㅓㄴ", "원"},
        {"ㅇㅜㅔ", "웨"},
        {"ㅇㅜㅣ", "위"},
        {"ㅇㅡㅣ", "의"},
        {"ㄱㅏㅏ", "가ㅏ"},
        {"ㅗㅏ", "ㅘ"},
        {"ㅏㄱ", "ㅏㄱ"},
        /* clusters, and their second half going over */
        {"ㄷㅏㄹㄱ", "닭"},
        {"ㄷㅏㄹㄱㅣ", "달기"},
        {"ㄱㅏㅂㅅ", "값"},
        {"ㄱㅏㅂㅅㅣ", "갑시"},
        {"ㅇㅏㄴㅈㄷㅏ", "앉다"},
        {"ㅁㅏㄴㅎㅇㅣ", "많이"},
        {"ㅅㅏㄹㅁ", "삶"},
        {"ㅇㅣㄹㄱㄱㅗ", "읽고"},
        {"ㄴㅓㄹㅂㄷㅏ", "넓다"},
        {"ㅎㅏㄹㅌ", "핥"},
        {"ㅇㅡㄹㅍ", "읊"},
        {"ㅇㅗㄹㅅ", "옰"},
        {"ㅅㅣㄹㅎㄷㅏ", "싫다"},
        {"ㄱㅏㄱㅅ", "갃"},
        {"ㄱㅏㄴㄱ", "간ㄱ"},
        /* taken back letter by letter */
        {"ㅎㅏㄴ<", "하"},
        {"ㅎㅏㄴ<<", "ㅎ"},
        {"ㅎㅏㄴ<<<", ""},
        {"ㄷㅏㄹㄱ<", "달"},
        {"ㄱㅗㅏ<", "고"},
        {"ㄱㅗㅏㄴ<<", "고"},
        {"ㅎㅏㄴㅏ<", "하ㄴ"},
        {"ㅎㅏㄴㅏ<ㅏ", "하나"},
        {"ㅗㅏ<", "ㅗ"},
        {"한글<<<", "한"},
        /* between syllables, and among other letters */
        {"ㅎㅏㄴ ㄱ", "한 ㄱ"},
        {"ㅎㅏㄴ <ㅏ", "하나"},
        {"a ㄱㅏ", "a 가"},
        {"ㄱa", "ㄱa"},
        {"  a", "a"},
        {"क्षि<", "क्ष"},
        {"毛泽<东", "毛东"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct typing t;
        begin(&t);
        type(&t, rows[i].keys);
        CHECK_THAT(strcmp(query(&t), rows[i].text) == 0, "%s gives %s, not %s", rows[i].keys, query(&t),
            rows[i].text);
    }
}

/* Every syllable there is comes of its keys, and goes away again key by key. */
static void every_syllable(void)
{
    static const char *const initials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    static const char *const vowels[] = {"ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ",
        "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ"};
    static const char *const finals[] = {"", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ",
        "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ",
        "ㅋ", "ㅌ", "ㅍ", "ㅎ"};
    struct typing t;
    int wrong = 0;
    begin(&t);
    for (uint32_t n = 0; n < 11172; n++) {
        char keys[40], expected[5] = "";
        snprintf(
            keys, sizeof keys, "%.3s%s%s", initials + 3 * (n / 588), vowels[n % 588 / 28], finals[n % 28]);
        utf8_encode(0xAC00 + n, expected);
        type(&t, keys);
        wrong += strcmp(query(&t), expected) != 0;
        for (size_t i = 0; i < strlen(keys) / 3; i++) {
            type(&t, "<");
        }
        wrong += query(&t)[0] != '\0';
    }
    CHECK_INT(wrong, 0);
}

static void it_has_an_end(void)
{
    struct typing t;
    begin(&t);
    for (int i = 0; i < 200; i++) {
        type(&t, "ㅎㅏㄴ");
    }
    CHECK(strlen(query(&t)) <= VISIT_QUERY_MAX && utf8_check(str_from(query(&t))) == strlen(query(&t)));
    fake_act(&t.screen, &t.visit, "keyboard clear", 4000);
    CHECK_TEXT(query(&t), "");
    fake_act(&t.screen, &t.visit, "type \x01", 4000);
    fake_act(&t.screen, &t.visit, "type \xff", 4000);
    CHECK_TEXT(query(&t), "");
    fake_act(&t.screen, &t.visit, "pick 毛泽东", 4000);
    CHECK_TEXT(query(&t), "毛泽东");
}

static void keyboard_changes(void)
{
    struct typing t;
    begin(&t);
    fake_act(&t.screen, &t.visit, "keyboard shift", 3000);
    CHECK(t.visit.search.shift);
    type(&t, "ㄲ");
    CHECK(!t.visit.search.shift); /* for one key */
    fake_act(&t.screen, &t.visit, "keyboard digits", 3000);
    CHECK(t.visit.search.digits);
    fake_act(&t.screen, &t.visit, "keyboard layout ru", 3000);
    CHECK(!t.visit.search.digits);
    CHECK_TEXT(t.visit.search.layout, "ru");
    fake_act(&t.screen, &t.visit, "keyboard hide", 3000);
    CHECK(t.visit.search.hidden);
    fake_act(&t.screen, &t.visit, "keyboard hide", 3000);
    CHECK(!t.visit.search.hidden);
    fake_act(&t.screen, &t.visit, "keyboard nonsense", 3000);
    CHECK_TEXT(query(&t), "ㄲ");
}

/* Only the search screen listens. */
static void nobody_types_elsewhere(void)
{
    struct typing t;
    begin(&t);
    type(&t, "ab");
    fake_do(&t.screen, &t.visit, "go people", 4000);
    type(&t, "c<<");
    fake_act(&t.screen, &t.visit, "pick x", 4000);
    CHECK_TEXT(query(&t), "ab");
}

static void back_returns_to_what_was_found(void)
{
    struct typing t;
    begin(&t);
    type(&t, "stal");
    t.visit.here.scroll[SCROLLER_MAIN] = (struct visit_scroll){3, 0.25};
    fake_do(&t.screen, &t.visit, "find document:telegram#p2 translation.ko", 5000);
    CHECK_INT(t.visit.here.place.kind, PLACE_DOCUMENT);
    CHECK_TEXT(t.visit.here.segment, "p2");
    CHECK_TEXT(t.visit.here.right.shows, "translation.ko");
    fake_act(&t.screen, &t.visit, "back", 9000);
    CHECK_INT(t.visit.here.place.kind, PLACE_SEARCH);
    CHECK_TEXT(query(&t), "stal");
    CHECK_INT(t.visit.here.scroll[SCROLLER_MAIN].item, 3);
    type(&t, "i"); /* another list begins at its beginning */
    CHECK_INT(t.visit.here.scroll[SCROLLER_MAIN].item, 0);
    fake_do(&t.screen, &t.visit, "find person:stalin", 10000);
    CHECK_TEXT(fake_where(&t.visit), "search + person:stalin");
    fake_act(&t.screen, &t.visit, "close", 11000);
    CHECK_TEXT(fake_where(&t.visit), "search");
}

/* What would be shown anyway stays the visitor's own choice. */
static void default_text_stays_default(void)
{
    struct typing t;
    begin(&t);
    struct visit_pane pane;
    CHECK(visit_default_pane(exhibit_find_document(&fake_exhibit, "telegram"), "en", &pane));
    char words[160];
    snprintf(words, sizeof words, "find document:telegram#p1 %s", pane.shows);
    fake_do(&t.screen, &t.visit, words, 5000);
    CHECK_TEXT(t.visit.here.segment, "p1");
    CHECK_TEXT(t.visit.here.right.shows, "");
}

static void question_opens(void)
{
    struct typing t;
    begin(&t);
    fake_act(&t.screen, &t.visit, "find questions when", 5000);
    CHECK_INT(t.visit.here.place.kind, PLACE_QUESTIONS);
    CHECK(t.visit.revealed != 0);
    CHECK_TEXT(t.visit.bring, "when");
}

static void nothing_is_left(void)
{
    struct typing t;
    begin(&t);
    type(&t, "ㄱㅏ");
    fake_act(&t.screen, &t.visit, "keyboard layout ru", 3000);
    fake_act(&t.screen, &t.visit, "keyboard hide", 3000);
    int64_t idle_ms = (int64_t)t.visit.frame.idle_s * 1000;
    visit_tick(&t.visit, &t.screen.metrics, 3000 + idle_ms);
    visit_tick(&t.visit, &t.screen.metrics, 3000 + idle_ms + VISIT_WARNING_MS);
    struct visit fresh;
    visit_init(&fresh, &t.visit.frame, 3000 + idle_ms + VISIT_WARNING_MS);
    CHECK(memcmp(&fresh.search, &t.visit.search, sizeof fresh.search) == 0);
    CHECK_TEXT(query(&t), "");
}

int main(void)
{
    RUN(keys_come_together);
    RUN(every_syllable);
    RUN(it_has_an_end);
    RUN(keyboard_changes);
    RUN(nobody_types_elsewhere);
    RUN(back_returns_to_what_was_found);
    RUN(default_text_stays_default);
    RUN(question_opens);
    RUN(nothing_is_left);
    return check_report();
}
