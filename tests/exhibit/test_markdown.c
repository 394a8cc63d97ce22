/* CommonMark as blocks of spans: what is kept, what is refused, and where each thing stands. */
#include "markdown.h"

#include "base/array.h"
#include "exhibit/place.h"

#include "check.h"

#include <stdlib.h>
#include <time.h>

struct fixture {
    struct exhibit exhibit;
    struct arena scratch;
    struct prose_text text;
};

static const char *const english[] = {"en"};

static void begin(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    f->exhibit.findings = findings_create();
    f->exhibit.root = -1;
    f->exhibit.head.languages = english;
    f->exhibit.head.language_count = 1;
}

static void read_at(struct fixture *f, const char *text, unsigned flags, struct markdown_origin origin)
{
    begin(f);
    markdown_read(&f->exhibit, &f->scratch, str_from(text), origin, flags, &f->text);
    CHECK(!f->exhibit.no_memory);
}

static void read_text(struct fixture *f, const char *text, unsigned flags)
{
    read_at(f, text, flags, (struct markdown_origin){{"x.md", 1, 1}, true, false});
}

static void finish(struct fixture *f)
{
    findings_destroy(f->exhibit.findings);
    free(f->exhibit.references);
    arena_finish(&f->scratch);
    arena_finish(&f->exhibit.arena);
}

/* A block as "P p2: words{b}words|", its spans with their looks. */
static const char *shown(const struct prose_text *text)
{
    static const char kinds[] = "PHIQRC";
    static char out[4096];
    size_t length = 0;
    for (size_t i = 0; i < text->block_count; i++) {
        const struct block *block = &text->blocks[i];
        length +=
            (size_t)snprintf(out + length, sizeof out - length, "%s%c%.0d%s%.*s%s%s:", i > 0 ? "\n" : "",
                kinds[block->kind], block->level, block->label.length > 0 ? " " : "", STR_ARGS(block->label),
                block->anchored ? " #" : "", block->anchored ? block->segment : "");
        for (size_t j = 0; j < block->span_count; j++) {
            const struct span *span = &block->spans[j];
            char place[170] = "";
            if (span->link != NULL) {
                place[0] = '>';
                place_format(span->link, place + 1, sizeof place - 1);
            }
            length += (size_t)snprintf(out + length, sizeof out - length, " %s%s%s%s%s<%.*s>%s",
                span->flags & SPAN_BREAK ? "/" : "", span->flags & SPAN_BOLD ? "b" : "",
                span->flags & SPAN_ITALIC ? "i" : "", span->flags & SPAN_CODE ? "c" : "",
                span->flags & SPAN_EDITORIAL ? "e" : "", STR_ARGS(span->text), place);
        }
    }
    return out;
}

static void reads_blocks_and_spans(void)
{
    static const struct {
        const char *text, *shown;
        unsigned flags;
    } rows[] = {
        {"", "", 0},
        {"One.\n\nTwo\nlines.", "P: <One.>\nP: <Two lines.>", 0},
        {"One\\\ntwo  \nthree", "P: <One> /<two> /<three>", 0},
        {"# A\n\n### *B*", "H1: <A>\nH3: i<B>", 0},
        {"a *b **c** d* `e` f", "P: <a > i<b > bi<c> i< d> < > c<e> < f>", 0},
        {"- a\n- b\n  - c\n\n  d", "I1 •: <a>\nI1 •: <b>\nI2 •: <c>\nI1: <d>", 0},
        {"3. first\n1. second\n7) other", "I1 3.: <first>\nI1 1.: <second>\nI1 7): <other>", 0},
        {"12) a\n\n    b", "I1 12): <a>\nI1: <b>", 0},
        {"> 4. a\n>\n> b", "I1 4.: <a>\nQ: <b>", 0},
        {"> a\n> b", "Q: <a b>", 0},
        {"a\n\n***\n\nb", "P: <a>\nR:\nP: <b>", 0},
        {"    code *x*\n\n```\nmore\n```", "C: c<code *x*>\nC: c<more>", 0},
        {"{#p1} a\n\n1. {#p2} b\n\n# {#p3} c", "P #p1: <a>\nI1 1. #p2: <b>\nH1 #p3: <c>", 0},
        {"{#p1}\na", "P #p1: <a>", 0},
        {"{#p1}*a* b", "P #p1: i<a> < b>", 0},
        {"{#p1} [a](person:b) c", "P #p1: <a>>person:b < c>", 0},
        {"[a *b*](document:x#p2), c", "P: <a >>document:x#p2 i<b>>document:x#p2 <, c>", 0},
        {"“a” – «b» … -- '\"", "P: <“a” – «b» … -- '\">", 0},
        {"a&amp;b &lt;c&gt;", "P: <a&b <c>>", 0},
        {"漢字\n漢字\nabc\n漢", "P: <漢字漢字 abc 漢>", 0},
        {"한국\n어", "P: <한국 어>", 0},
        {"a\n[b](person:b)", "P: <a > <b>>person:b", 0},
        /* editors' brackets, in layers only */
        {"a [b] c", "P: <a [b] c>", 0},
        {"a [b] c", "P: <a > e<[b]> < c>", MARKDOWN_EDITORS},
        {"[b]", "P: e<[b]>", MARKDOWN_EDITORS},
        {"[a [b] c] d", "P: e<[a [b] c]> < d>", MARKDOWN_EDITORS},
        {"[[Stalin]](person:stalin).x/", "P: e<[Stalin]>>person:stalin <.x/>", MARKDOWN_EDITORS},
        {"[a *b* c]d", "P: e<[a > ie<b> e< c]> <d>", MARKDOWN_EDITORS},
        {"[a](person:a) [b](person:b)", "P: <a>>person:a < > <b>>person:b", MARKDOWN_EDITORS},
        {"a \\[b\\]", "P: <a > e<[b]>", MARKDOWN_EDITORS},
        {"x\\\n[a]", "P: <x> /e<[a]>", MARKDOWN_EDITORS},
        /* words that CommonMark would take for the definition of a link */
        {"[Stamp]: declassified", "P: e<[Stamp]> <: declassified>", MARKDOWN_EDITORS},
        {"> [a b\n> c]: d", "Q: e<[a b c]> <: d>", MARKDOWN_EDITORS},
        {"1. [Ed.]: note:x 'y'", "I1 1.: e<[Ed.]> <: note:x 'y'>", MARKDOWN_EDITORS},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct fixture f;
        read_text(&f, rows[i].text, rows[i].flags);
        const char *is = shown(&f.text);
        CHECK_THAT(strcmp(is, rows[i].shown) == 0 || (rows[i].text[0] == '\0' && f.text.block_count == 0),
            "\"%s\" is\n%s\nnot\n%s", rows[i].text, is, rows[i].shown);
        CHECK_INT(findings_count(f.exhibit.findings), 0);
        finish(&f);
    }
}

static void names_segments_by_order(void)
{
    struct fixture f;
    read_text(&f, "a\n\n{#x} b\n\n***\n\n- c\n", 0);
    static const char *const names[] = {"s1", "x", "s3", "s4"};
    CHECK_INT(f.text.block_count, 4);
    for (size_t i = 0; i < 4 && i < f.text.block_count; i++) {
        CHECK_TEXT(f.text.blocks[i].segment, names[i]);
    }
    CHECK_INT(exhibit_find_segment(&f.text, "x"), 1);
    CHECK_INT(exhibit_find_segment(&f.text, "y"), -1);
    CHECK_INT(exhibit_find_segment(NULL, "x"), -1);
    finish(&f);
}

static void a_note_has_a_title(void)
{
    struct fixture f;
    read_text(&f, "# The *title* of it\n\na\n\nb\n", MARKDOWN_TITLE);
    CHECK(str_equal_c(f.text.title, "The title of it"));
    CHECK_TEXT(shown(&f.text), "P: <a>\nP: <b>");
    CHECK_TEXT(f.text.blocks[0].segment, "s1");
    finish(&f);
}

static void finds_mistakes_where_they_are(void)
{
    static const struct {
        const char *text;
        int code, line, column;
        unsigned flags;
    } rows[] = {
        {"see [it](https://x.org) now", FINDING_LINK_WEB, 1, 10, 0},
        {"see <https://x.org> now", FINDING_LINK_WEB, 1, 6, 0},
        {"see <a@x.org> now", FINDING_LINK_WEB, 1, 1, 0},
        {"è\n\n- è [it](mailto:x)", FINDING_LINK_WEB, 3, 10, 0},
        {"a [b](c)", FINDING_LINK_NO_PLACE, 1, 7, 0},
        {"a [b](home)", FINDING_LINK_NO_PLACE, 1, 7, 0},
        {"a [b](scan)", FINDING_LINK_NO_PLACE, 1, 7, 0},
        {"a [b]()", FINDING_LINK_NO_PLACE, 1, 7, 0},
        {"[b](person:x) and\n[b](person:X)", FINDING_LINK_NO_PLACE, 2, 5, 0},
        {"a\n\n<div>\nb\n</div>", FINDING_HTML, 3, 1, 0},
        {"a <b>c", FINDING_HTML, 1, 3, 0},
        {"a <!-- c -->", FINDING_HTML, 1, 3, 0},
        {"a ![b](c.png)", FINDING_IMAGE_IN_TEXT, 1, 3, 0},
        {"a\n\n{#X} b", FINDING_ANCHOR_MALFORMED, 3, 1, 0},
        {"{#p1 b", FINDING_ANCHOR_MALFORMED, 1, 1, 0},
        {"{#} b", FINDING_ANCHOR_MALFORMED, 1, 1, 0},
        {"{#a} b\nc {#d}", FINDING_ANCHOR_MISPLACED, 2, 3, 0},
        {"{#a} b\n\n{#a} c", FINDING_ANCHOR_DUPLICATE, 3, 1, 0},
        {"a\n\n# b", FINDING_NOTE_TITLE, 1, 1, MARKDOWN_TITLE},
        {"", FINDING_NOTE_TITLE, 1, 1, MARKDOWN_TITLE},
        {"#\n\na", FINDING_NOTE_TITLE, 1, 1, MARKDOWN_TITLE},
        {"a\n\nb ]c", FINDING_BRACKETS, 3, 1, MARKDOWN_EDITORS},
        {"a [b", FINDING_BRACKETS, 1, 1, MARKDOWN_EDITORS},
        {"a\n\n[b]: c", FINDING_LINK_DEFINITION, 3, 1, 0},
        {"Short. One two three four five six seven eight nine ten one two three four five six seven eight "
         "nine ten one two "
         "three four five six.",
            FINDING_SENTENCE_LONG, 1, 8, MARKDOWN_PLAIN},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct fixture f;
        read_text(&f, rows[i].text, rows[i].flags);
        CHECK_THAT(findings_count(f.exhibit.findings) == 1, "\"%s\": %zu findings", rows[i].text,
            findings_count(f.exhibit.findings));
        const struct finding *finding = findings_get(f.exhibit.findings, 0);
        if (finding != NULL) {
            CHECK_THAT(finding->code == rows[i].code && finding->line == rows[i].line &&
                           finding->column == rows[i].column,
                "\"%s\" is %d at %d:%d, not %d at %d:%d", rows[i].text, finding->code, finding->line,
                finding->column, rows[i].code, rows[i].line, rows[i].column);
        }
        finish(&f);
    }
}

static void what_is_refused_is_shown_as_text(void)
{
    static const struct {
        const char *text, *shown;
    } rows[] = {
        {"see [it](https://x.org) now", "P: <see it now>"},
        {"see <https://x.org> now", "P: <see https://x.org now>"},
        {"a <b>c</b>", "P: <a <b>c</b>>"},
        {"<div>\nb\n</div>", "P: <<div>\nb\n</div>>"},
        {"a ![b](c.png)", "P: <a b>"},
        {"{#X} b", "P: <b>"},
        {"[a]: person:b", "P: <[a]: person:b>"},
        {"[c][a]\n\n[a]: person:b", "P: <[c][a]>\nP: <[a]: person:b>"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct fixture f;
        read_text(&f, rows[i].text, 0);
        CHECK_TEXT(shown(&f.text), rows[i].shown);
        CHECK(findings_count(f.exhibit.findings) > 0);
        finish(&f);
    }
}

/* A text in a YAML file stands somewhere else than its Markdown thinks. */
static void places_are_those_of_the_file(void)
{
    struct fixture f;
    read_at(&f, "a\n\nè [b](c)\n", 0, (struct markdown_origin){{"y.yaml", 10, 7}, true, true});
    const struct finding *finding = findings_get(f.exhibit.findings, 0);
    CHECK(finding != NULL && finding->line == 12 && finding->column == 7 + 6);
    CHECK_INT(f.text.blocks[1].mark.line, 12);
    CHECK_INT(f.text.blocks[1].mark.column, 7);
    finish(&f);
    read_at(&f, "è [b](c)", 0, (struct markdown_origin){{"y.yaml", 10, 7}, true, false});
    finding = findings_get(f.exhibit.findings, 0);
    CHECK(finding != NULL && finding->line == 10 && finding->column == 7 + 6);
    finish(&f);
    read_at(&f, "a\n\n[b](c)", 0, (struct markdown_origin){{"y.yaml", 10, 7}, false, false});
    finding = findings_get(f.exhibit.findings, 0);
    CHECK(finding != NULL && finding->line == 10 && finding->column == 7);
    finish(&f);
}

static void links_are_noted_for_the_check(void)
{
    struct fixture f;
    read_text(&f, "[a](person:x)\n\n[b](document:y#p1) [c](person:x)", 0);
    CHECK_INT(f.exhibit.reference_count, 3);
    CHECK(f.exhibit.references[1].mark.line == 3 && f.exhibit.references[1].mark.column == 5);
    CHECK(f.exhibit.references[2].mark.line == 3 && f.exhibit.references[2].mark.column == 24);
    CHECK(f.exhibit.references[0].link);
    finish(&f);
}

static void too_deep_is_refused_before_it_is_built(void)
{
    static const char *const units[] = {">", "> ", "- ", "* ", "1. ", ">- "};
    for (size_t i = 0; i < ARRAY_LENGTH(units); i++) {
        struct fixture f;
        size_t length = (size_t)1 << 20;
        char *text = malloc(length + 1);
        for (size_t at = 0; at < length; at++) {
            text[at] = units[i][at % strlen(units[i])];
        }
        text[length] = '\0';
        clock_t start = clock();
        read_text(&f, text, MARKDOWN_TITLE);
        CHECK(clock() - start < 2 * CLOCKS_PER_SEC);
        CHECK_INT(findings_count(f.exhibit.findings), 1);
        CHECK_INT(findings_get(f.exhibit.findings, 0)->code, FINDING_MARKDOWN_DEPTH);
        CHECK_INT(f.text.block_count, 0);
        finish(&f);
        free(text);
    }
}

static void a_megabyte_is_no_trouble(void)
{
    struct fixture f;
    static const char paragraph[] = "A [link](person:x) and *some* words [in brackets] of a long text.\n\n";
    size_t size = sizeof paragraph - 1, count = (1 << 20) / size;
    char *text = malloc(count * size + 1);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + i * size, paragraph, size + 1);
    }
    clock_t start = clock();
    read_text(&f, text, MARKDOWN_EDITORS);
    CHECK_INT(f.text.block_count, count);
    CHECK_INT(f.text.blocks[count - 1].mark.line, 2 * count - 1);
    CHECK_THAT(clock() - start < 5 * CLOCKS_PER_SEC, "%.1f s", (double)(clock() - start) / CLOCKS_PER_SEC);
    finish(&f);
    free(text);
}

int main(void)
{
    RUN(reads_blocks_and_spans);
    RUN(names_segments_by_order);
    RUN(a_note_has_a_title);
    RUN(finds_mistakes_where_they_are);
    RUN(what_is_refused_is_shown_as_text);
    RUN(places_are_those_of_the_file);
    RUN(links_are_noted_for_the_check);
    RUN(too_deep_is_refused_before_it_is_built);
    RUN(a_megabyte_is_no_trouble);
    return check_report();
}
