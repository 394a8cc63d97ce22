/* What the script of a language asks of the measure: how far lines stand apart, and how many of its
 * characters make a line that is easy to read. */
#include "internal.h"

#define TAG2(a, b) ((uint32_t)(a) << 8 | (uint32_t)(b))
#define TAG3(a, b, c) (TAG2(a, b) << 8 | (uint32_t)(c))

struct script {
    uint32_t languages[12]; /* primary subtags as subtag() has them; then 0 */
    double running;         /* times the distance of lines in running text, which is 1.5 for Latin */
    double tight;           /* the same in titles, whose lines stand close */
    double label;           /* the same in labels */
    double em;              /* the mean width of a character */
    double share;           /* characters in a line, where Latin has one */
};

/* Han fills its square and has no ascenders: 1.7, 25 to 40 in a line. Hangul is as dense, its words have
 * spaces between them: 1.65. Arabic hangs low and carries vowels: 1.7. Thai stacks a vowel and a tone over a
 * letter and a vowel under it: 1.75. Devanagari hangs from a line, with vowels over and under it: 1.65.
 * Hebrew carries points below: 1.55. */
static const struct script scripts[] = {
    {{TAG2('z', 'h'), TAG2('j', 'a'), TAG3('y', 'u', 'e')}, 1.7 / 1.5, 1.1, 1.0, 1.0, 0.55},
    {{TAG2('k', 'o')}, 1.65 / 1.5, 1.0, 1.0, 0.82, 0.6},
    {{TAG2('a', 'r'), TAG2('f', 'a'), TAG2('u', 'r'), TAG2('p', 's'), TAG2('u', 'g'), TAG2('s', 'd'),
         TAG3('c', 'k', 'b')},
        1.7 / 1.5, 1.4, 1.15, 0.41, 1.0},
    {{TAG2('t', 'h'), TAG2('l', 'o'), TAG2('k', 'm'), TAG2('m', 'y')}, 1.75 / 1.5, 1.4, 1.2, 0.5, 1.0},
    {{TAG2('h', 'i'), TAG2('m', 'r'), TAG2('n', 'e'), TAG2('s', 'a'), TAG3('k', 'o', 'k'),
         TAG3('m', 'a', 'i'), TAG2('b', 'n'), TAG2('p', 'a'), TAG2('g', 'u')},
        1.65 / 1.5, 1.35, 1.15, 0.5, 1.0},
    {{TAG2('h', 'e'), TAG2('y', 'i')}, 1.55 / 1.5, 1.1, 1.05, 0.5, 1.0},
    {{0}, 1.0, 1.0, 1.0, 0.5, 1.0},
};

/* A primary subtag as a number, 0 for one that is too long to be here: looked for with every line that is
 * laid out, numbers are found faster than words. */
static uint32_t subtag(const char *tag)
{
    uint32_t number = 0;
    for (int i = 0; tag[i] != '\0' && tag[i] != '-'; i++) {
        if (i == 3) {
            return 0;
        }
        number = number << 8 | (unsigned char)tag[i];
    }
    return number;
}

static const struct script *find_script(const char *language)
{
    uint32_t wanted = subtag(language);
    size_t i = 0;
    for (; wanted != 0 && scripts[i].languages[0] != 0; i++) {
        for (const uint32_t *has = scripts[i].languages; *has != 0; has++) {
            if (*has == wanted) {
                return &scripts[i];
            }
        }
    }
    return &scripts[sizeof scripts / sizeof scripts[0] - 1];
}

double script_line(const char *language, double factor, bool label)
{
    const struct script *script = find_script(language);
    return factor * (label ? script->label : factor < 1.35 ? script->tight : script->running);
}

double script_width(const char *language, int characters)
{
    const struct script *script = find_script(language);
    return characters * script->share * script->em;
}
