/* Where lines end, script by script. Widths are in ideographs (20 px). */
#include "helper.h"

struct breaking {
    const char *language, *text;
    int width;
    const char *lines;
};

static struct text *text;

static void check_table(const struct breaking *table, size_t count)
{
    char lines[2000];
    for (size_t i = 0; i < count; i++) {
        const struct text_layout *layout =
            helper_lay_out(text, table[i].text, table[i].language, table[i].width);
        helper_lines(layout, lines, sizeof lines);
        CHECK_THAT(strcmp(lines, table[i].lines) == 0, "%s: \"%s\" not \"%s\"", table[i].language, lines,
            table[i].lines);
        CHECK_INT(text_measure(layout).line_count, layout->line_count);
    }
}

#define TABLE(...)                                                                                           \
    static const struct breaking table[] = {__VA_ARGS__};                                                    \
    check_table(table, sizeof table / sizeof *table)

static void breaks_latin(void)
{
    TABLE({"en", "the telegram of may", 100, "the|telegram|of may"}, {"en", "one    two", 40, "one|two"},
        {"en", "well-known fact", 80, "well-|known|fact"},
        {"en", "13\xC2\xA0May 1950", 70, "13\xC2\xA0May|1950"},
        {"en",
            "aa\xE2\x80\x8B"
            "bb",
            30, "aa|bb"},
        {"en", "a/b (c) “d”!", 50, "a/b|(c)|“d”!"}, {"en", "end of it .", 60, "end|of it ."},
        {"en", "one\ntwo\r\nthree", 900, "one|two|three"}, {"en", "one\n\ntwo\n", 900, "one||two"},
        {"en", "", 100, ""}, {"en", "   ", 100, ""},
        {"en",
            "a\xE2\x81\xA0-\xE2\x81\xA0"
            "b c",
            30,
            "a\xE2\x81\xA0-\xE2\x81\xA0"
            "b|c"});
}

static void breaks_soft_hyphens(void)
{
    TABLE({"en", "tele\xC2\xADgram", 900, "tele\xC2\xADgram"}, {"en", "tele\xC2\xADgram", 60, "tele-|gram"},
        {"ru", "теле\xC2\xADграм\xC2\xADма", 70, "теле-|грам-|ма"});
    const struct text_layout *whole = helper_lay_out(text, "tele\xC2\xADgram", "en", 900);
    const struct text_layout *plain = helper_lay_out(text, "telegram", "en", 900);
    CHECK_INT(text_measure(whole).width_px, text_measure(plain).width_px);
    /* A hyphen that would not fit is no place to break: tele alone fits in what tele- does not. */
    int tele = text_measure(helper_lay_out(text, "tele", "en", 0)).width_px;
    int hyphened = text_measure(helper_lay_out(text, "tele-", "en", 0)).width_px;
    for (int width = tele; width < tele + 40; width++) {
        const struct text_layout *layout = helper_lay_out(text, "tele\xC2\xADgram", "en", width);
        CHECK_THAT(text_measure(layout).width_px <= width, "%d in %d", text_measure(layout).width_px, width);
    }
    CHECK_INT(text_measure(helper_lay_out(text, "tele\xC2\xADg", "en", hyphened)).line_count, 2);
}

/* In the narrowest width that each takes in one line, behind a word that fills the line before it. */
static void keeps_together(void)
{
    static const struct {
        const char *language, *text;
        bool kept;
    } rows[] = {
        {"en", "13 May", true},
        {"en", "May 13", true},
        {"en", "43 days", true},
        {"en", "“13 May", true},
        {"ru", "13 мая", true},
        {"ru", "1950 г.", true},
        {"ru", "1950 г.,", true},
        {"en", "V. Roshchin", true},
        {"ru", "В. Сталин", true},
        {"en", "N.V. Roshchin", true},
        {"en", "No. 8600", true},
        {"ru", "№ 8600", true},
        {"ru", "оп. 3", true},
        {"ru", "в Пекине", true},
        {"ru", "Рощин —", true},
        {"en", "Moscow ·", true},
        {"en", "1950 Chinese", false}, /* a year counts nothing */
        {"en", "it. The", false},
        {"en", "a telegram", false},
        {"en", "the 1950s", false},
        {"en", "on 13", false},
        {"ru", "он уехал", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char line[200];
        snprintf(line, sizeof line, "and %s", rows[i].text);
        int width = text_measure(helper_lay_out(text, line, rows[i].language, 0)).width_px - 2;
        const struct text_layout *layout = helper_lay_out(text, line, rows[i].language, width);
        char lines[400];
        helper_lines(layout, lines, sizeof lines);
        const char *last = strrchr(lines, '|') != NULL ? strrchr(lines, '|') + 1 : lines;
        CHECK_THAT((strcmp(last, rows[i].text) == 0) == rows[i].kept, "\"%s\" is set as \"%s\"", line, lines);
    }
    /* Where nothing else can be done the line ends there all the same; May 13 leaves what follows free. */
    TABLE({"en", "13 May", 50, "13|May"}, {"en", "of May 13 this", 80, "of|May 13|this"});
}

static void breaks_long_words(void)
{
    char lines[400];
    helper_lines(helper_lay_out(text, "Donaudampfschifffahrt", "de", 60), lines, sizeof lines);
    CHECK_THAT(strchr(lines, '|') != NULL, "%s", lines);
    /* Base and mark stay together, and every line fits. */
    const struct text_layout *layout = helper_lay_out(text,
        "e\xCC\x81"
        "e\xCC\x81"
        "e\xCC\x81"
        "e\xCC\x81",
        "fr", 25);
    CHECK_TEXT(helper_lines(layout, lines, sizeof lines), "e\xCC\x81"
                                                          "e\xCC\x81|e\xCC\x81"
                                                          "e\xCC\x81");
    CHECK(text_measure(layout).width_px <= 25);
    /* One character too wide for the line still gets one. */
    CHECK_INT(text_measure(helper_lay_out(text, "WWW", "en", 1)).line_count, 3);
}

static void breaks_han(void)
{
    TABLE({"zh-Hans", "中国同志，朝鲜同志。", 80, "中国同|志，朝鲜|同志。"},
        {"zh-Hans", "说“你好”了吗", 60, "说“你|好”了|吗"}, {"zh-Hans", "说“你好”了吗", 40, "说|“你|好”|了吗"},
        {"zh-Hans", "（一）二三", 60, "（一）|二三"}, {"zh-Hant", "他說：「好。」", 80, "他說：|「好。」"},
        {"zh-Hans", "共1950年", 50, "共|1950|年"}, {"en", "毛泽东毛泽东", 60, "毛泽东|毛泽东"});
}

static void breaks_japanese(void)
{
    TABLE({"ja", "まちょっと待つ", 60, "ま|ちょっ|と待つ"}, {"ja", "コーヒーを", 60, "コー|ヒーを"},
        {"ja", "「本」です", 60, "「本」|です"}, {"ja", "本々です", 20, "本|々|で|す"});
}

static void breaks_korean(void)
{
    TABLE({"ko", "조선 동지들은 모택동", 90, "조선|동지들은|모택동"},
        {"ko", "가나다라마바사", 60, "가나다|라마바|사"}, {"ko", "가 나다라마바사", 60, "가|나다라|마바사"},
        {"ko", "그는 모택동(毛澤東)은", 120, "그는|모택동(毛澤|東)은"},
        {"ko", "그는 모택동(毛澤東)은", 170, "그는|모택동(毛澤東)은"},
        {"ko", "때는 1950년 5월", 90, "때는|1950년|5월"},
        {"en", "see 조선 동지들은", 110, "see 조선|동지들은"});
}

static void breaks_thai(void)
{
    TABLE({"th", "ภาษา ง่าย ๆ", 65, "ภาษา|ง่าย ๆ"}, /* the word's own sign stays with it */
        {"th", "ภาษาไทยง่าย", 50, "ภาษา|ไทย|ง่าย"}, {"th", "ภาษาไทยง่าย", 90, "ภาษาไทย|ง่าย"},
        {"en", "ภาษาไทยง่าย", 90, "ภาษาไทย|ง่าย"});
    char lines[200];
    helper_lines(helper_lay_out(text, "ปู่น้ำ", "th", 1), lines, sizeof lines);
    CHECK_TEXT(lines, "ปู่|น้ำ");
}

static void breaks_joined_scripts(void)
{
    TABLE({"ar", "الرفيق ماو تسي", 75, "الرفيق ماو|تسي"}, {"he", "שלום לכולם", 60, "שלום|לכולם"},
        /* what is shaped as one stays one */
        {"hi", "नमस्ते दुनिया", 70, "नमस्ते|दुनिया"}, {"hi", "स्त्री", 1, "स्त्री"});
}

static void trailing_spaces_hang(void)
{
    struct text_metrics bare = text_measure(helper_lay_out(text, "one two", "en", 0));
    struct text_metrics spaced = text_measure(helper_lay_out(text, "one two      ", "en", 0));
    CHECK_INT(spaced.width_px, bare.width_px);
    CHECK_INT(text_measure(helper_lay_out(text, "one two      ", "en", bare.width_px)).line_count, 1);
    CHECK_INT(text_measure(helper_lay_out(text, "one two", "en", bare.width_px - 1)).line_count, 2);
}

int main(void)
{
    text = helper_open();
    RUN(breaks_latin);
    RUN(breaks_soft_hyphens);
    RUN(keeps_together);
    RUN(breaks_long_words);
    RUN(breaks_han);
    RUN(breaks_japanese);
    RUN(breaks_korean);
    RUN(breaks_thai);
    RUN(breaks_joined_scripts);
    RUN(trailing_spaces_hang);
    text_destroy(text);
    return check_report();
}
