/* The keyboards that ship can be read, type nothing twice, and reach every letter that they should; mistakes
 * in a file are said with their place. */
#include "search/keyboard.h"

#include "base/utf8.h"

#include "check.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER TEST_SOURCE_DIR "/assets/keyboards"

static const char *const languages[] = {
    "ko", "zh-Hans", "ru", "zh-Hant", "ja", "ar", "he", "el", "hi", "th", "en"};
#define LANGUAGES (sizeof languages / sizeof languages[0])

static bool has(const struct keyboard *keyboard, const char *key)
{
    for (size_t r = 0; r < KEYBOARD_ROWS; r++) {
        for (size_t k = 0; k < KEYBOARD_KEYS; k++) {
            if ((k < keyboard->rows[r].count && str_equal_c(keyboard->rows[r].keys[k], key)) ||
                (k < keyboard->shifted[r].count && str_equal_c(keyboard->shifted[r].keys[k], key))) {
                return true;
            }
        }
    }
    return false;
}

static void ships(void)
{
    struct error err = {0};
    struct keyboards *keyboards = keyboards_open(FOLDER, languages, LANGUAGES, &err);
    CHECK_THAT(keyboards != NULL, "%s:%d: %s", err.file, err.line, err.message);
    CHECK(keyboards_count(keyboards) == LANGUAGES);
    for (size_t i = 0; i < keyboards_count(keyboards); i++) {
        CHECK(strcmp(keyboards_get(keyboards, i)->language, languages[i]) == 0);
    }
    CHECK(keyboards_digits(keyboards) != NULL && has(keyboards_digits(keyboards), "0"));
    keyboards_destroy(keyboards);
}

/* Every letter of these alphabets can be typed. */
static void has_all_letters(void)
{
    static const struct {
        const char *language, *letters;
    } rows[] = {
        {"en", "abcdefghijklmnopqrstuvwxyz"},
        {"ru", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"},
        {"ko", "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"},
        {"el", "αβγδεζηθικλμνξοπρστυφχψως"},
        {"he", "אבגדהוזחטיכלמנסעפצקרשתךםןףץ"},
        {"ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءؤئ"},
        {"th", "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะาำเแโใไ"},
        {"hi", "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौं्ँ"},
        {"ja", "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
               "っゃゅょ"},
    };
    struct keyboards *keyboards = keyboards_open(FOLDER, languages, LANGUAGES, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct keyboard *keyboard = keyboards_find(keyboards, rows[i].language);
        struct str letters = str_from(rows[i].letters);
        for (size_t at = 0; keyboard != NULL && at < letters.length;) {
            char letter[5] = "";
            utf8_encode(utf8_next(letters, &at), letter);
            CHECK_THAT(has(keyboard, letter), "%s has no %s", rows[i].language, letter);
        }
    }
    keyboards_destroy(keyboards);
}

static void finds_by_language(void)
{
    static const char *const asked[] = {"de", "zh-Hant-TW", "ru"};
    struct keyboards *keyboards = keyboards_open(FOLDER, asked, 3, NULL);
    CHECK(keyboards_count(keyboards) == 3); /* zh-Hant, ru, en */
    CHECK(strcmp(keyboards_find(keyboards, "zh-Hant-TW")->language, "zh-Hant") == 0);
    CHECK(strcmp(keyboards_find(keyboards, "ru-RU")->language, "ru") == 0);
    CHECK(strcmp(keyboards_find(keyboards, "de")->language, "en") == 0);
    CHECK(strcmp(keyboards_find(keyboards, NULL)->language, "zh-Hant") == 0);
    CHECK(keyboards_find(NULL, "ru") == NULL && keyboards_count(NULL) == 0);
    keyboards_destroy(keyboards);
}

static void write(const char *name, const char *text)
{
    char path[600];
    snprintf(path, sizeof path, "%s/keyboards-%s", TEST_BINARY_DIR, "broken");
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/keyboards-broken/%s", TEST_BINARY_DIR, name);
    FILE *file = fopen(path, "we");
    CHECK(file != NULL);
    if (file != NULL) {
        fputs(text, file);
        fclose(file);
    }
}

static void says_what_is_wrong(void)
{
    static const struct {
        const char *text;
        int line;
    } rows[] = {
        {"rows:\n  - a b\n", 1},
        {"name: ABC\n", 1},
        {"name: ABC\nrows:\n  - a b\n  - c a\n", 4},
        {"name: ABC\nrows:\n  - a b c d e f g h i j k l m\n", 3},
        {"name: ABC\nrows:\n  - a\n  - b\n  - c\n  - d\n", 6},
        {"name: ABC\nrows:\n  - a\n  - b\nshift:\n  - c\n", 6},
        {"name: ABC\nrows:\n  - abcdefghijklmnopqrst\n", 3},
        {"name: ABC\nrows: [a\n", 3},
    };
    write("digits.yaml", "name: '1'\nrows:\n  - 1 2 3\n");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct error err = {0};
        write("en.yaml", rows[i].text);
        struct keyboards *keyboards = keyboards_open(TEST_BINARY_DIR "/keyboards-broken", NULL, 0, &err);
        CHECK_THAT(keyboards == NULL && err.line >= rows[i].line - 1 && err.message[0] != '\0',
            "row %zu: line %d, %s", i, err.line, err.message);
        keyboards_destroy(keyboards);
    }
    write("en.yaml", "name: ABC\nrows:\n  - a b\n");
    struct keyboards *keyboards = keyboards_open(TEST_BINARY_DIR "/keyboards-broken", NULL, 0, NULL);
    CHECK(keyboards_count(keyboards) == 1);
    keyboards_destroy(keyboards);
}

int main(void)
{
    RUN(ships);
    RUN(has_all_letters);
    RUN(finds_by_language);
    RUN(says_what_is_wrong);
    return check_report();
}
