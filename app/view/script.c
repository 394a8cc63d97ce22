/* What the script of a language asks of the measure: how far lines stand apart, and how many of its
 * characters make a line that is easy to read. */
#include "internal.h"

#include <string.h>

struct script {
    const char *languages; /* primary subtags, a space before and behind each */
    double running;        /* times the distance of lines in running text, which is 1.5 for Latin */
    double tight;          /* the same in titles, whose lines stand close */
    double label;          /* the same in labels */
    double em;             /* the mean width of a character */
    double share;          /* characters in a line, where Latin has one */
};

/* Han fills its square and has no ascenders: 1.7, 25 to 40 in a line. Hangul is as dense, its words have
 * spaces between them: 1.65. Arabic hangs low and carries vowels: 1.7. Thai stacks a vowel and a tone over a
 * letter and a vowel under it: 1.75. Devanagari hangs from a line, with vowels over and under it: 1.65.
 * Hebrew carries points below: 1.55. */
static const struct script scripts[] = {
    {" zh ja yue ", 1.7 / 1.5, 1.1, 1.0, 1.0, 0.55},
    {" ko ", 1.65 / 1.5, 1.0, 1.0, 0.82, 0.6},
    {" ar fa ur ps ug sd ckb ", 1.7 / 1.5, 1.4, 1.15, 0.41, 1.0},
    {" th lo km my ", 1.75 / 1.5, 1.4, 1.2, 0.5, 1.0},
    {" hi mr ne sa kok mai bn pa gu ", 1.65 / 1.5, 1.35, 1.15, 0.5, 1.0},
    {" he yi ", 1.55 / 1.5, 1.1, 1.05, 0.5, 1.0},
    {"", 1.0, 1.0, 1.0, 0.5, 1.0},
};

static const struct script *find_script(const char *language)
{
    char word[16];
    size_t length = strcspn(language, "-"), i = 0;
    if (length + 3 > sizeof word) {
        return &scripts[sizeof scripts / sizeof scripts[0] - 1];
    }
    word[0] = ' ';
    memcpy(word + 1, language, length);
    memcpy(word + 1 + length, " ", 2);
    while (scripts[i].languages[0] != '\0' && strstr(scripts[i].languages, word) == NULL) {
        i++;
    }
    return &scripts[i];
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
