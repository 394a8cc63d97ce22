/* What is reserved for the parser of a text is never too little, however odd the text; what was not thought
 * of is given all the same; and the tree is the one that cmark makes by itself. */
#include "commonmark.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

/* Whatever means something to CommonMark, and what lets its buffers grow. No ":", so that there are no
 * definitions of links, which commonmark_bound() is not for. */
static const char *const tokens[] = {"*", "**", "_", "__", "***", "[", "]", "![", "](", ")", "(", "`", "``",
    "\\", "\\\n", "&", "&amp;", "&#0;", "&nGt;", "&#x10FFFF;", "<", ">", "<b>", "</b>", "<!--", "-->",
    "<a@b.c>", "<ab.c/d?e=f&amp;g>", "<?", "?>", "<![CDATA[", "]]>", "<!A", "a", "ab ", "ä", "漢", " ", "  ",
    "    ", "\t", " \t", "\n", "\n\n", "  \n", "\r", "\r\n", "-", "- ", "-\n", "+ ", "* ", "1. ", "9) ",
    "10.\n", "> ", ">", ">-", "# ", "#\n", "## a #", "===", "---", "\n---\n", "***\n", "```", "```\n",
    "~~~ a", "'", "\"", ".", "..", "--", "[a](b)", "[](<>)", "[a](b \"c\")", "[](a 'b')", "![a](b)", "[a][b]",
    "*a*", "**a**", "_a_", "a*", "*a", "<div>\n", "<pre>", "</pre>", "{#p1}"};
#define TOKENS (sizeof tokens / sizeof tokens[0])

static double fullest;

static bool suffices(const char *text, size_t length)
{
    struct commonmark parsed;
    struct str words = {text, length};
    size_t bound = commonmark_bound(words);
    if (!commonmark_open(&parsed, words, bound)) {
        return false;
    }
    bool ok = parsed.spared == 0;
    double full = ok ? (double)parsed.used / (double)bound : 2;
    fullest = full > fullest ? full : fullest;
    commonmark_close(&parsed);
    return ok;
}

static size_t put(char *out, size_t length, size_t capacity, const char *token)
{
    size_t more = strlen(token);
    if (length + more > capacity) {
        return capacity;
    }
    memcpy(out + length, token, more);
    return length + more;
}

/* Each token, and each two of them, over and over: what a bound for each byte has to stand. */
static void repeated(void)
{
    static char text[4000];
    for (size_t i = 0; i < TOKENS * TOKENS; i++) {
        for (size_t capacity = 1; capacity <= sizeof text; capacity = capacity * 20 / 3 + 1) {
            size_t length = 0;
            while (length < capacity) {
                size_t before = length;
                length = put(text, length, capacity, tokens[i / TOKENS]);
                length = put(text, length, capacity, tokens[i % TOKENS]);
                if (length == capacity || length == before) {
                    memset(text + before, 'x', capacity - before);
                    break;
                }
            }
            CHECK_THAT(suffices(text, capacity), "\"%s%s\" over and over, %zu bytes", tokens[i / TOKENS],
                tokens[i % TOKENS], capacity);
        }
    }
}

static void at_random(void)
{
    static char text[3000];
    uint64_t state = 20261;
    for (int i = 0; i < 4000; i++) {
        size_t length = 0, capacity = 1 + (size_t)i % sizeof text;
        while (length < capacity) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            length = put(text, length, capacity, tokens[(state >> 33) % TOKENS]);
        }
        CHECK_THAT(suffices(text, length > capacity ? capacity : length), "text %d", i);
    }
    printf("at most %.0f %% of what was reserved is used\n", fullest * 100);
}

static void prose_takes_little(void)
{
    static char text[100000];
    size_t length = 0;
    while (length < sizeof text - 100) {
        length = put(text, length, sizeof text,
            "On 13 May 1950 a telegram came to the town. Nobody knew who had\nsent it, or *why*.\n\n");
    }
    size_t bound = commonmark_bound((struct str){text, length});
    CHECK_THAT(bound < length * 70, "%zu bytes for each byte", bound / length);
}

/* The same as cmark with its own allocator, with much, little and no memory that is thought of. */
static void the_tree_is_the_same(void)
{
    static const char text[] = "# A *b*\n\n> - c [d](e \"f\") `g`\n> - h &amp; <i>\n\n    j\n\n1. k\\\nl **m";
    static const size_t reserves[] = {1, 100, 2000, 100000};
    cmark_node *expected = cmark_parse_document(text, sizeof text - 1, CMARK_OPT_DEFAULT);
    char *xml = cmark_render_xml(expected, CMARK_OPT_SOURCEPOS);
    for (size_t i = 0; i < sizeof reserves / sizeof reserves[0]; i++) {
        struct commonmark parsed;
        struct str words = {text, sizeof text - 1};
        CHECK(commonmark_open(&parsed, words, reserves[i]));
        CHECK((parsed.spared > 0) == (reserves[i] < 100000));
        parsed.hooks = *cmark_get_default_mem_allocator(); /* to render */
        char *ours = cmark_render_xml(parsed.root, CMARK_OPT_SOURCEPOS);
        CHECK_THAT(strcmp(ours, xml) == 0, "%s\n%s", ours, xml);
        free(ours);
        commonmark_close(&parsed);
    }
    free(xml);
    cmark_node_free(expected);
}

int main(void)
{
    RUN(repeated);
    RUN(at_random);
    RUN(prose_takes_little);
    RUN(the_tree_is_the_same);
    return check_report();
}
