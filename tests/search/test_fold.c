/* What is written differently and means the same is compared the same; and what is not is not. */
#include "search/search.h"

#include "check.h"

struct pair {
    const char *a, *b;
};

static bool alike(const char *a, const char *b)
{
    struct arena arena = {0};
    struct str x = search_folded(str_from(a), &arena), y = search_folded(str_from(b), &arena);
    bool same = str_equal(x, y);
    arena_finish(&arena);
    return same;
}

static void same(void)
{
    static const struct pair rows[] = {
        /* Latin: case, accents composed and not, ligatures, width */
        {"STALIN", "stalin"},
        {"Élysée", "elysee"},
        {"e\u0301", "é"},
        {"Straße", "STRASSE"},
        {"ﬁle", "file"},
        {"ＡＢＣ１２", "abc12"},
        {"Łódź", "lodz"},
        {"Ærø", "aero"},
        {"İstanbul", "istanbul"},
        {"naïve", "NAIVE"},
        {"№", "no"},
        {"x²", "x2"},
        /* Cyrillic */
        {"ё", "е"},
        {"Ёлка", "елка"},
        {"ПЁТР", "петр"},
        {"Цзэдун", "ЦЗЭДУН"},
        {"и\u0306", "й"},
        {"Й", "й"},
        /* Greek */
        {"Ἀθῆναι", "αθηναι"},
        {"λόγος", "ΛΟΓΟΣ"},
        {"ΐ", "ι"},
        /* Hebrew and Arabic */
        {"שָׁלוֹם", "שלום"},
        {"שלום", "שלומ"},
        {"مُحَمَّد", "محمد"},
        {"أحمد", "احمد"},
        {"إسلام", "اسلام"},
        {"آب", "اب"},
        {"محـــمد", "محمد"},
        {"مكتبة", "مكتبه"},
        {"على", "علي"},
        {"١٩٥٠", "1950"},
        {"ﻻ", "لا"},
        /* Indian and Thai digits; signs stay */
        {"१९५०", "1950"},
        {"๑๙๕๐", "1950"},
        /* Han and kana */
        {"毛澤東", "毛泽东"},
        {"蘇聯", "苏联"},
        {"朝鮮", "朝鲜"},
        {"ｶﾞｷﾞ", "がぎ"},
        {"カタカナ", "かたかな"},
        {"か\u3099", "が"},
        {"㈱", "(株)"},
        /* Hangul: composed, in letters, in typed keys */
        {"한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"},
        {"닭", "ㄷㅏㄹㄱ"},
        {"과", "ㄱㅗㅏ"},
        {"값", "ㄱㅏㅄ"},
        {"ﾡ", "ㄱ"},
        /* Space, hyphens, what is not seen */
        {"a \t\n b", "a b"},
        {" a ", "a"},
        {"soft\u00adhyphen", "softhyphen"},
        {"zero\u200dwidth", "zerowidth"},
        {"a\u00a0b", "a b"},
        {"it’s", "it's"},
        {"10–12", "10-12"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_THAT(alike(rows[i].a, rows[i].b), "%s and %s", rows[i].a, rows[i].b);
    }
}

static void different(void)
{
    static const struct pair rows[] = {
        {"и", "й"},
        {"は", "ば"},
        {"は", "ぱ"},
        {"कि", "की"},
        {"क", "क्"},
        {"กา", "กำ"},
        {"가", "각"},
        {"자", "차"},
        {"학우", "하구"},
        {"ㄱ", "ㄲ"},
        {"דב", "דג"},
        {"س", "ش"},
        {"", "a"},
        {"a b", "ab"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_THAT(!alike(rows[i].a, rows[i].b), "%s and %s", rows[i].a, rows[i].b);
    }
}

/* What is typed on a two-set keyboard is, key after key, a beginning of what comes of it. */
static void hangul_begins(void)
{
    static const char *const typed[] = {
        "ㅎ", "하", "한", "하나", "한ㄱ", "한구", "한국", "한국ㅇ", "한국으", "한국은"};
    static const char *const meant[] = {
        "한국은", "한국은", "한국은", "하나", "한국은", "한국은", "한국은", "한국은", "한국은", "한국은"};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        struct str a = search_folded(str_from(typed[i]), &arena),
                   b = search_folded(str_from(meant[i]), &arena);
        CHECK_THAT(a.length > 0 && str_starts_with(b, a), "%s begins %s", typed[i], meant[i]);
    }
    arena_finish(&arena);
}

static void survives_anything(void)
{
    struct arena arena = {0};
    search_folded(STR("\xff\xfe\x80 \xed\xa0\x80 a\xf0\x9f\x98\x80"), &arena);
    CHECK(search_folded(STR(""), &arena).length == 0);
    CHECK(search_folded(STR("\u0301"), &arena).length == 0);
    CHECK(search_folded(STR("\u3099"), &arena).length > 0);
    arena_finish(&arena);
}

int main(void)
{
    RUN(same);
    RUN(different);
    RUN(hangul_begins);
    RUN(survives_anything);
    return check_report();
}
