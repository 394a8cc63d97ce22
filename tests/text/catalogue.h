/* The catalogue of assets/fonts.yaml as a table, for tests that have no YAML reader. test_catalogue.c
 * compares the two. */
#ifndef TESTS_TEXT_CATALOGUE_H
#define TESTS_TEXT_CATALOGUE_H

#include "text/text.h"

static const char *const catalogue_directories[] = {
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/opentype/courier-prime",
    "/usr/share/fonts/opentype/freefont",
};

#define CORE "fonts-noto-core"
#define CJK "fonts-noto-cjk"
#define PRIME "fonts-courier-prime"
#define FREE "fonts-freefont-otf"
#define FONT(a_face, is_bold, is_italic, a_file, a_package)                                                  \
    {                                                                                                        \
        .face = (a_face), .bold = (is_bold), .italic = (is_italic), .file = a_file, .package = a_package     \
    }
#define FAMILY(face, name, package)                                                                          \
    FONT(face, false, false, name "-Regular.ttf", package), FONT(face, true, false, name "-Bold.ttf", package)
#define MONO(is_bold, is_italic, a_file, thickening)                                                         \
    {                                                                                                        \
        .face = TEXT_TYPEWRITER, .bold = (is_bold), .italic = (is_italic), .file = a_file, .package = FREE,  \
        .thicken = (thickening)                                                                              \
    }
#define EAST_FONT(a_face, is_bold, a_file, an_index, some_languages)                                         \
    {                                                                                                        \
        .face = (a_face), .bold = (is_bold), .file = a_file, .index = (an_index),                            \
        .languages = some_languages, .package = CJK                                                          \
    }
#define EAST(face, name, index, languages)                                                                   \
    EAST_FONT(face, false, name "-Regular.ttc", index, languages),                                           \
        EAST_FONT(face, true, name "-Bold.ttc", index, languages)
#define EAST_ALL(face, name)                                                                                 \
    EAST(face, name, 2, "zh-Hans"), EAST(face, name, 4, "zh-Hant-HK"), EAST(face, name, 3, "zh-Hant"),       \
        EAST(face, name, 0, "ja"), EAST(face, name, 1, "ko")

static const struct text_font catalogue_fonts[] = {
    FAMILY(TEXT_SERIF, "NotoSerif", CORE),
    FONT(TEXT_SERIF, false, true, "NotoSerif-Italic.ttf", CORE),
    FONT(TEXT_SERIF, true, true, "NotoSerif-BoldItalic.ttf", CORE),
    FAMILY(TEXT_SERIF, "NotoNaskhArabic", CORE),
    FAMILY(TEXT_SERIF, "NotoSerifHebrew", CORE),
    FAMILY(TEXT_SERIF, "NotoSerifDevanagari", CORE),
    FAMILY(TEXT_SERIF, "NotoSerifThai", CORE),
    EAST_ALL(TEXT_SERIF, "NotoSerifCJK"),
    FAMILY(TEXT_SERIF, "NotoSansSymbols", CORE),
    FONT(TEXT_SERIF, false, false, "NotoSansSymbols2-Regular.ttf", CORE),
    FONT(TEXT_SERIF, false, false, "NotoSansMath-Regular.ttf", CORE),

    FAMILY(TEXT_SANS, "NotoSans", CORE),
    FONT(TEXT_SANS, false, true, "NotoSans-Italic.ttf", CORE),
    FONT(TEXT_SANS, true, true, "NotoSans-BoldItalic.ttf", CORE),
    FAMILY(TEXT_SANS, "NotoSansArabic", CORE),
    FAMILY(TEXT_SANS, "NotoSansHebrew", CORE),
    FAMILY(TEXT_SANS, "NotoSansDevanagari", CORE),
    FAMILY(TEXT_SANS, "NotoSansThai", CORE),
    EAST_ALL(TEXT_SANS, "NotoSansCJK"),
    FAMILY(TEXT_SANS, "NotoSansSymbols", CORE),
    FONT(TEXT_SANS, false, false, "NotoSansSymbols2-Regular.ttf", CORE),
    FONT(TEXT_SANS, false, false, "NotoSansMath-Regular.ttf", CORE),

    FONT(TEXT_TYPEWRITER, false, false, "Courier Prime.otf", PRIME),
    FONT(TEXT_TYPEWRITER, true, false, "Courier Prime Bold.otf", PRIME),
    FONT(TEXT_TYPEWRITER, false, true, "Courier Prime Italic.otf", PRIME),
    FONT(TEXT_TYPEWRITER, true, true, "Courier Prime Bold Italic.otf", PRIME),
    FAMILY(TEXT_TYPEWRITER, "NotoNaskhArabic", CORE),
    FAMILY(TEXT_TYPEWRITER, "NotoSerifHebrew", CORE),
    FAMILY(TEXT_TYPEWRITER, "NotoSerifDevanagari", CORE),
    FAMILY(TEXT_TYPEWRITER, "NotoSerifThai", CORE),
    MONO(false, false, "FreeMono.otf", 30),
    MONO(true, false, "FreeMonoBold.otf", 0),
    MONO(false, true, "FreeMonoOblique.otf", 30),
    MONO(true, true, "FreeMonoBoldOblique.otf", 0),
    EAST_ALL(TEXT_TYPEWRITER, "NotoSerifCJK"),
    FAMILY(TEXT_TYPEWRITER, "NotoSansSymbols", CORE),
    FONT(TEXT_TYPEWRITER, false, false, "NotoSansSymbols2-Regular.ttf", CORE),
    FONT(TEXT_TYPEWRITER, false, false, "NotoSansMath-Regular.ttf", CORE),
};

static inline struct text_catalogue catalogue_all(void)
{
    return (struct text_catalogue){catalogue_fonts, sizeof catalogue_fonts / sizeof *catalogue_fonts,
        catalogue_directories, sizeof catalogue_directories / sizeof *catalogue_directories};
}

#endif
