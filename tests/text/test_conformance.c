/* The Unicode consortium's own cases, as Debian's unicode-data ships them: UAX #14 before tailoring, UAX #29,
 * UAX #9. Prints the share that passes and what fails; holds the shares that ICU 72 reached, so that a change
 * for the worse is seen. */
#include "helper.h"

#include <limits.h>

enum { UNITS_MAX = 512, LINE_SIZE = 65536 };

#define UNICODE "/usr/share/unicode/"

struct tally {
    long passed, failed;
    char classes[64][48]; /* which rules the failing cases break */
    long class_counts[64];
    size_t class_count;
};

static void count_class(struct tally *tally, const char *name, size_t length)
{
    size_t i = 0;
    length = length < sizeof tally->classes[0] - 1 ? length : sizeof tally->classes[0] - 1;
    while (i < tally->class_count &&
           (strncmp(tally->classes[i], name, length) != 0 || tally->classes[i][length] != '\0')) {
        i++;
    }
    if (i == tally->class_count) {
        if (i == 64) {
            return;
        }
        memcpy(tally->classes[i], name, length);
        tally->class_count++;
    }
    tally->class_counts[i]++;
}

static void print_tally(const char *name, const struct tally *tally)
{
    printf("%s: %ld of %ld pass\n", name, tally->passed, tally->passed + tally->failed);
    for (size_t i = 0; i < tally->class_count; i++) {
        printf("    %ld fail at %s\n", tally->class_counts[i], tally->classes[i]);
    }
}

static int append(uint16_t *units, int length, unsigned long c)
{
    if (c >= 0x10000) {
        units[length++] = (uint16_t)(0xD7C0 + (c >> 10));
        units[length++] = (uint16_t)(0xDC00 + (c & 0x3FF));
    } else {
        units[length++] = (uint16_t)c;
    }
    return length;
}

/* "÷ 0061 × 0020 ÷ ..." into units and, per unit, whether a break stands before it. Returns the length, 0 for
 * a comment. */
static int read_break_case(const char *line, uint16_t *units, bool *breaks)
{
    int length = 0;
    bool before = false;
    for (const char *at = line; *at != '\0' && *at != '#' && *at != '\n' && length < UNITS_MAX - 2;) {
        if (strncmp(at, "÷", 2) == 0 || strncmp(at, "×", 2) == 0) {
            before = strncmp(at, "÷", 2) == 0;
            at += 2;
        } else if (*at == ' ' || *at == '\t') {
            at++;
        } else {
            char *end;
            unsigned long c = strtoul(at, &end, 16);
            if (end == at) {
                return 0;
            }
            int next = append(units, length, c);
            breaks[length] = before;
            breaks[next - 1] = next - 1 == length ? before : false;
            length = next;
            at = end;
        }
    }
    return length;
}

/* The rule in square brackets at the `index`th boundary of the comment, such as [25.02]. */
static void blame(struct tally *tally, const char *line, int index)
{
    const char *at = strchr(line, '#');
    for (int i = 0; at != NULL && i <= index; i++) {
        at = strchr(at + 1, '[');
    }
    const char *end = at != NULL ? strchr(at, ']') : NULL;
    if (end != NULL) {
        count_class(tally, at, (size_t)(end - at) + 1);
    } else {
        count_class(tally, "?", 1);
    }
}

typedef bool break_finder(struct breaker *, const uint16_t *, int, uint8_t *);

static void run_break_cases(
    const char *path, const char *name, break_finder *find, uint8_t mark, struct tally *tally)
{
    static char line[LINE_SIZE];
    FILE *file = fopen(path, "r");
    struct breaker *breaker = breaker_create();
    CHECK(breaker != NULL);
    if (file == NULL) {
        breaker_destroy(breaker);
        SKIP("the package unicode-data is not installed");
    }
    while (fgets(line, sizeof line, file) != NULL) {
        uint16_t units[UNITS_MAX];
        bool expected[UNITS_MAX];
        uint8_t marks[UNITS_MAX] = {0};
        int length = read_break_case(line, units, expected), characters = 0;
        if (length == 0) {
            continue;
        }
        bool pass = find(breaker, units, length, marks);
        for (int i = 1; i < length; i++) {
            characters += units[i] >= 0xDC00 && units[i] < 0xE000 ? 0 : 1;
            if (((marks[i] & mark) != 0) != expected[i]) {
                if (pass) {
                    blame(tally, line, characters);
                }
                pass = false;
            }
        }
        *(pass ? &tally->passed : &tally->failed) += 1;
    }
    fclose(file);
    breaker_destroy(breaker);
    print_tally(name, tally);
}

static void conforms_to_uax14(void)
{
    struct tally tally = {0};
    run_break_cases(
        UNICODE "auxiliary/LineBreakTest.txt", "UAX #14 LineBreakTest", breaks_find, MARK_BREAK, &tally);
    CHECK(check_skip_reason != NULL || (tally.passed >= 7632 && tally.failed <= 22));
}

static void conforms_to_uax29(void)
{
    struct tally tally = {0};
    run_break_cases(UNICODE "auxiliary/GraphemeBreakTest.txt", "UAX #29 GraphemeBreakTest", breaks_graphemes,
        MARK_GRAPHEME, &tally);
    CHECK(check_skip_reason != NULL || (tally.passed > 0 && tally.failed == 0));
}

/* The next field of a line of semicolons, cut off in place. */
static char *next_field(char **rest)
{
    char *field = *rest, *end = strpbrk(field, ";\n");
    if (end != NULL) {
        *end = '\0';
        *rest = end + 1;
    } else {
        *rest = field + strlen(field);
    }
    return field;
}

/* Are all of these of one parity? `skip` stands for any. */
static bool one_way(const UBiDiLevel *levels, int count, UBiDiLevel skip, int *parity)
{
    *parity = -1;
    for (int i = 0; i < count; i++) {
        if (levels[i] != skip && *parity >= 0 && (levels[i] & 1) != *parity) {
            return false;
        }
        *parity = levels[i] != skip ? levels[i] & 1 : *parity;
    }
    return true;
}

/* Compares levels with "0 1 x ...", where x is any. `sizes` has the units of each character. ICU gives text
 * of one direction the paragraph's level throughout, even where UAX #9 has 2 for 0: the order is the same,
 * and so that counts as agreeing. */
static bool levels_agree(const UBiDiLevel *levels, const int *sizes, char *expected)
{
    UBiDiLevel wanted[UNITS_MAX], found[UNITS_MAX];
    int at = 0, count = 0, wanted_parity, found_parity;
    bool equal = true;
    for (char *word = strtok(expected, " "); word != NULL; word = strtok(NULL, " "), count++) {
        wanted[count] = word[0] == 'x' ? UINT8_MAX : (UBiDiLevel)strtol(word, NULL, 10);
        found[count] = levels[at];
        equal = equal && (wanted[count] == UINT8_MAX || wanted[count] == found[count]);
        at += sizes[count];
    }
    return equal || (one_way(wanted, count, UINT8_MAX, &wanted_parity) &&
                        one_way(found, count, UINT8_MAX, &found_parity) && wanted_parity == found_parity);
}

static const char *bidi_class(const uint16_t *units, int length)
{
    bool embeds = false;
    for (int i = 0; i < length; i++) {
        if (units[i] >= 0x2066 && units[i] <= 0x2069) {
            return "isolates inside overrides";
        }
        embeds = embeds || (units[i] >= 0x202A && units[i] <= 0x202E);
    }
    return embeds ? "brackets parted by embeddings (N0)" : "marks behind a closing bracket (N0)";
}

static void conforms_to_bidi_characters(void)
{
    static char line[LINE_SIZE];
    struct tally tally = {0};
    FILE *file = fopen(UNICODE "BidiCharacterTest.txt", "r");
    UBiDi *bidi = ubidi_open();
    if (file == NULL) {
        ubidi_close(bidi);
        SKIP("the package unicode-data is not installed");
    }
    while (fgets(line, sizeof line, file) != NULL) {
        uint16_t units[UNITS_MAX];
        UBiDiLevel levels[UNITS_MAX], base = 0;
        int sizes[UNITS_MAX], length = 0, count = 0;
        if (line[0] == '#' || line[0] == '\n') {
            continue;
        }
        char *rest = line, *text = next_field(&rest), *direction = next_field(&rest),
             *level = next_field(&rest);
        for (char *word = strtok(text, " "); word != NULL && length < UNITS_MAX - 2;
             word = strtok(NULL, " ")) {
            int next = append(units, length, strtoul(word, NULL, 16));
            sizes[count++] = next - length;
            length = next;
        }
        UBiDiLevel wanted = direction[0] == '2' ? UBIDI_DEFAULT_LTR : (UBiDiLevel)(direction[0] - '0');
        bool pass = itemise_levels(bidi, units, length, wanted, &base, levels) &&
                    base == strtol(level, NULL, 10) && levels_agree(levels, sizes, next_field(&rest));
        *(pass ? &tally.passed : &tally.failed) += 1;
        if (!pass) {
            const char *name = bidi_class(units, length);
            count_class(&tally, name, strlen(name));
        }
    }
    fclose(file);
    ubidi_close(bidi);
    print_tally("UAX #9 BidiCharacterTest", &tally);
    CHECK(tally.passed >= 91677 && tally.failed <= 30);
}

/* A character of each bidi class. */
static unsigned long class_character(const char *name)
{
    static const struct {
        const char *name;
        unsigned long character;
    } table[] = {{"L", 'a'}, {"R", 0x05D0}, {"AL", 0x0627}, {"EN", '1'}, {"ES", '+'}, {"ET", '$'},
        {"AN", 0x0661}, {"CS", ','}, {"NSM", 0x0300}, {"BN", 0x00AD}, {"B", 0x2029}, {"S", 0x0009},
        {"WS", ' '}, {"ON", '!'}, {"LRE", 0x202A}, {"RLE", 0x202B}, {"PDF", 0x202C}, {"LRO", 0x202D},
        {"RLO", 0x202E}, {"LRI", 0x2066}, {"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].name, name) == 0) {
            return table[i].character;
        }
    }
    return 0;
}

static void conforms_to_bidi_classes(void)
{
    static char line[LINE_SIZE], expected[LINE_SIZE];
    struct tally tally = {0};
    FILE *file = fopen(UNICODE "BidiTest.txt", "r");
    UBiDi *bidi = ubidi_open();
    if (file == NULL) {
        ubidi_close(bidi);
        SKIP("the package unicode-data is not installed");
    }
    while (fgets(line, sizeof line, file) != NULL) {
        uint16_t units[UNITS_MAX];
        UBiDiLevel levels[UNITS_MAX], base = 0;
        int sizes[UNITS_MAX], length = 0;
        if (strncmp(line, "@Levels:", 8) == 0) {
            snprintf(expected, sizeof expected, "%s", line + 8);
            expected[strcspn(expected, "\n")] = '\0';
            for (char *tab = expected; (tab = strchr(tab, '\t')) != NULL;) {
                *tab = ' ';
            }
        }
        if (line[0] == '#' || line[0] == '@' || line[0] == '\n') {
            continue;
        }
        char *rest = line, *classes = next_field(&rest);
        long directions = strtol(next_field(&rest), NULL, 16);
        for (char *word = strtok(classes, " "); word != NULL && length < UNITS_MAX - 2;
             word = strtok(NULL, " ")) {
            sizes[length] = 1;
            units[length++] = (uint16_t)class_character(word);
        }
        static const UBiDiLevel wanted[3] = {UBIDI_DEFAULT_LTR, 0, 1};
        for (int k = 0; k < 3; k++) {
            char copy[LINE_SIZE / 16];
            if ((directions & (1L << k)) == 0) {
                continue;
            }
            snprintf(copy, sizeof copy, "%.4000s", expected);
            bool pass = itemise_levels(bidi, units, length, wanted[k], &base, levels) &&
                        levels_agree(levels, sizes, copy);
            *(pass ? &tally.passed : &tally.failed) += 1;
        }
    }
    fclose(file);
    ubidi_close(bidi);
    print_tally("UAX #9 BidiTest", &tally);
    CHECK(tally.passed > 700000 && tally.failed == 0);
}

int main(void)
{
    RUN(conforms_to_uax14);
    RUN(conforms_to_uax29);
    RUN(conforms_to_bidi_characters);
    RUN(conforms_to_bidi_classes);
    return check_report();
}
