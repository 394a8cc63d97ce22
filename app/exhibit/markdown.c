#include "markdown.h"

#include "base/array.h"
#include "base/utf8.h"
#include "commonmark.h"
#include "plain.h"
#include "spans.h"

#include <stdlib.h>
#include <string.h>

struct walk {
    struct exhibit *exhibit;
    struct arena *scratch;
    struct source text; /* what was written, with its lines */
    struct markdown_origin origin;
    unsigned flags;
    struct spans spans;
    struct table anchors;
    struct block *blocks;
    size_t count, capacity;
    size_t patience; /* bytes that may still be searched in this block: what is never found must not be looked
                        for in vain for ever */
    size_t cursor, block_start, block_end; /* bytes of text: where inlines are looked for */
    int lists, quotes;
    bool fresh;         /* nothing of the block's text was read yet */
    struct str label;   /* of the list item whose first paragraph comes */
    struct block block; /* the one being read */
    size_t words;       /* of the whole text */
    bool refused;       /* nested too deep: nothing of it is read */
};

/* ---- places */

static struct source_mark mark_at(struct walk *w, size_t byte)
{
    struct source_mark mark = w->origin.mark;
    if (w->origin.exact) {
        int line, column;
        source_where(&w->text, byte, &line, &column);
        if (line == 1 || w->origin.indented) {
            column += mark.column - 1;
        }
        mark.line += line - 1;
        mark.column = column;
    }
    return mark;
}

static size_t byte_at(const struct walk *w, int line, int column)
{
    if (line < 1 || (size_t)line > w->text.line_count) {
        return w->text.text.length;
    }
    size_t byte = w->text.lines[line - 1] + (size_t)(column > 1 ? column - 1 : 0);
    return byte < w->text.text.length ? byte : w->text.text.length;
}

/* Where the words next stand in the block, behind what was found before; the block's start where they are not
 * to be found (written with escapes, say). */
static size_t find_next(struct walk *w, const char *before, struct str words)
{
    struct str all = w->text.text;
    size_t lead = strlen(before), needed = lead + words.length;
    for (size_t at = w->cursor; needed > 0 && at + needed <= w->block_end && w->patience > 0;
         at++, w->patience--) {
        if (memcmp(all.data + at, before, lead) == 0 &&
            memcmp(all.data + at + lead, words.data, words.length) == 0) {
            w->cursor = at + needed;
            return at + lead;
        }
    }
    return w->block_start;
}

#define REPORT(w, code, byte, ...)                                                                           \
    do {                                                                                                     \
        struct source_mark report_mark = mark_at((w), (byte));                                               \
        findings_add((w)->exhibit->findings, (code), report_mark.file, report_mark.line, report_mark.column, \
            __VA_ARGS__);                                                                                    \
    } while (0)

/* ---- anchors */

/* Takes "{#id}" off the start of a block. */
static struct str take_anchor(struct walk *w, struct str text)
{
    if (!str_starts_with(text, STR("{#"))) {
        return text;
    }
    size_t close = str_find(text, '}');
    struct str id = str_slice(text, 2, close - 2);
    find_next(w, "", str_slice(text, 0, close)); /* so that what is looked for next is looked for behind it */
    if (close == text.length || !place_id_valid(id)) {
        REPORT(w, FINDING_ANCHOR_MALFORMED, w->block_start,
            "\"%.*s\" is no anchor: write {#id} with small letters, digits and -, such as {#p2}",
            STR_ARGS(str_slice(text, 0, close < 40 ? close + 1 : 40)));
    } else if (table_find(&w->anchors, id) != NULL) {
        REPORT(w, FINDING_ANCHOR_DUPLICATE, w->block_start,
            "the anchor {#%.*s} stands here a second time: every anchor of a text must be another",
            STR_ARGS(id));
    } else {
        memcpy(w->block.segment, id.data, id.length);
        w->block.segment[id.length] = '\0';
        w->block.anchored = true;
        const char *kept = exhibit_keep_c(w->exhibit, id);
        if (kept != NULL && !table_put(&w->anchors, str_from(kept), NULL)) {
            w->exhibit->no_memory = true;
        }
    }
    if (close == text.length) {
        return text;
    }
    text = str_slice(text, close + 1, text.length);
    while (text.length > 0 && text.data[0] == ' ') {
        text = str_slice(text, 1, text.length);
    }
    return text;
}

static void look_for_misplaced_anchor(struct walk *w, struct str text)
{
    for (size_t i = 0; i + 1 < text.length; i++) {
        if (text.data[i] == '{' && text.data[i + 1] == '#') {
            REPORT(w, FINDING_ANCHOR_MISPLACED, find_next(w, "", STR("{#")),
                "an anchor counts only at the start of a paragraph: move it there, or put an empty line "
                "before it");
            return;
        }
    }
}

/* ---- inlines */

static void add_text(struct walk *w, struct str text, unsigned flags)
{
    size_t reported = 0;
    if (w->fresh) {
        w->fresh = false;
        text = take_anchor(w, text);
        reported = str_starts_with(text, STR("{#")) ? 2 : 0; /* it was malformed */
    }
    look_for_misplaced_anchor(w, str_slice(text, reported, text.length));
    spans_add(&w->spans, text, flags);
}

static void open_link(struct walk *w, const char *target)
{
    struct str words = str_from(target);
    struct place place;
    size_t byte = find_next(w, "](", words);
    if (byte == w->block_start) {
        byte = find_next(w, "<", words);
    }
    if (strstr(target, "://") != NULL || str_starts_with(words, STR("mailto:")) ||
        str_starts_with(words, STR("www."))) {
        REPORT(w, FINDING_LINK_WEB, byte,
            "a web link (%s) leads nowhere on an offline screen: write the address as plain text, without [ "
            "]( ) or < >",
            target);
    } else if (!place_parse(words, &place) || place.kind < PLACE_DOCUMENT || place.id[0] == '\0') {
        REPORT(w, FINDING_LINK_NO_PLACE, byte,
            "\"%s\" is no place of the exhibit: write document:, note:, person:, place:, term: or event: and "
            "an id, without spaces",
            target);
    } else {
        struct place *kept = exhibit_keep(w->exhibit, 1, sizeof *kept);
        if (kept != NULL) {
            *kept = place;
            w->spans.link = kept;
            exhibit_refer(w->exhibit, kept, mark_at(w, byte), true);
        }
    }
}

static void enter_inline(struct walk *w, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    struct str words = str_from(literal);
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        add_text(w, words, 0);
        break;
    case CMARK_NODE_SOFTBREAK:
        w->spans.soft = true;
        break;
    case CMARK_NODE_LINEBREAK:
        w->spans.hard = true;
        break;
    case CMARK_NODE_CODE:
        add_text(w, words, SPAN_CODE);
        break;
    case CMARK_NODE_HTML_INLINE:
        REPORT(w, FINDING_HTML, find_next(w, "", words),
            "HTML (%s) is shown as it is written: use Markdown, or write &lt; for <", literal);
        add_text(w, words, 0);
        break;
    case CMARK_NODE_EMPH:
        w->spans.italic++;
        break;
    case CMARK_NODE_STRONG:
        w->spans.bold++;
        break;
    case CMARK_NODE_LINK:
        open_link(w, cmark_node_get_url(node));
        break;
    case CMARK_NODE_IMAGE:
        REPORT(w, FINDING_IMAGE_IN_TEXT, find_next(w, "", STR("![")),
            "a picture in a text is not shown: make it a page of a document and link to that document");
        break;
    default:
        break;
    }
}

static void exit_inline(struct walk *w, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_EMPH:
        w->spans.italic--;
        break;
    case CMARK_NODE_STRONG:
        w->spans.bold--;
        break;
    case CMARK_NODE_LINK:
        w->spans.link = NULL;
        break;
    default:
        break;
    }
}

/* ---- blocks */

/* The number of a list item as it is written, which may be 3. for the first; the parser keeps only the list's
 * start. */
static struct str item_label(struct walk *w, cmark_node *item)
{
    struct str line = source_line(&w->text, cmark_node_get_start_line(item));
    size_t from = (size_t)(cmark_node_get_start_column(item) - 1), end = from;
    while (end < line.length && line.data[end] >= '0' && line.data[end] <= '9') {
        end++;
    }
    if (end > from && end < line.length) {
        return exhibit_keep_str(w->exhibit, str_slice(line, from, end + 1 - from));
    }
    return STR("•");
}

static void begin_block(struct walk *w, cmark_node *node, enum block_kind kind)
{
    int line = cmark_node_get_start_line(node);
    w->block = (struct block){.kind = kind};
    w->block_start = byte_at(w, line, cmark_node_get_start_column(node));
    int end_line = cmark_node_get_end_line(node);
    w->block_end = byte_at(w, (end_line > line ? end_line : line) + 1, 1);
    w->cursor = w->block_start;
    w->patience = 4096 + 16 * (w->block_end - w->block_start);
    w->block.mark = mark_at(w, w->block_start);
    w->fresh = true;
    spans_clear(&w->spans);
}

static void begin_paragraph(struct walk *w, cmark_node *node)
{
    cmark_node_type parent = cmark_node_get_type(cmark_node_parent(node));
    enum block_kind kind = parent == CMARK_NODE_ITEM          ? BLOCK_ITEM
                           : parent == CMARK_NODE_BLOCK_QUOTE ? BLOCK_QUOTE
                                                              : BLOCK_PARAGRAPH;
    begin_block(w, node, kind);
    if (kind == BLOCK_ITEM) {
        w->block.level = w->lists;
        w->block.label = w->label;
        w->label = (struct str){NULL, 0};
    }
}

static void check_words(struct walk *w)
{
    struct str text = {w->spans.text, w->spans.length}, sentence;
    if ((w->flags & MARKDOWN_PLAIN) == 0 || w->quotes > 0 || w->block.kind == BLOCK_CODE) {
        return;
    }
    w->words += plain_words(text);
    w->cursor = w->block_start;
    while (plain_sentence(&text, &sentence)) {
        size_t words = plain_words(sentence);
        if (words > PLAIN_SENTENCE_WORDS) {
            struct str start = str_slice(sentence, 0, str_find(sentence, ' '));
            REPORT(w, FINDING_SENTENCE_LONG, find_next(w, "", start),
                "a sentence of %zu words; more than %d are hard to read standing: make two of it", words,
                PLAIN_SENTENCE_WORDS);
        }
    }
}

static void end_block(struct walk *w)
{
    check_words(w);
    if ((w->flags & MARKDOWN_EDITORS) != 0 && w->block.kind != BLOCK_CODE && !spans_mark_editors(&w->spans)) {
        REPORT(w, FINDING_BRACKETS, w->block_start,
            "a square bracket of this paragraph has no partner, so no insertion is marked in it: add the "
            "missing one");
    }
    spans_keep(&w->spans, w->exhibit, &w->block);
    if (!w->block.anchored) {
        snprintf(w->block.segment, sizeof w->block.segment, "s%zu", w->count + 1);
    }
    if (!ARRAY_PUSH(w->blocks, w->count, w->capacity, w->block)) {
        w->exhibit->no_memory = true;
    }
}

/* A block without inlines: a rule, code, HTML. */
static void whole_block(struct walk *w, cmark_node *node, enum block_kind kind)
{
    begin_block(w, node, kind);
    struct str text = str_from(cmark_node_get_literal(node));
    if (kind == BLOCK_PARAGRAPH) {
        REPORT(w, FINDING_HTML, w->block_start,
            "HTML is shown as it is written: use Markdown, or write &lt; for <");
    }
    while (text.length > 0 && text.data[text.length - 1] == '\n') {
        text.length--;
    }
    spans_add(&w->spans, text, kind == BLOCK_CODE ? SPAN_CODE : 0);
    end_block(w);
}

static void enter_block(struct walk *w, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
        w->lists++;
        break;
    case CMARK_NODE_ITEM:
        w->label = item_label(w, node);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        w->quotes++;
        break;
    case CMARK_NODE_PARAGRAPH:
        begin_paragraph(w, node);
        break;
    case CMARK_NODE_HEADING:
        begin_block(w, node, BLOCK_HEADING);
        w->block.level = cmark_node_get_heading_level(node);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        whole_block(w, node, BLOCK_RULE);
        break;
    case CMARK_NODE_CODE_BLOCK:
        whole_block(w, node, BLOCK_CODE);
        break;
    case CMARK_NODE_HTML_BLOCK:
        whole_block(w, node, BLOCK_PARAGRAPH);
        break;
    default:
        enter_inline(w, node);
    }
}

static void exit_block(struct walk *w, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
        w->lists--;
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        w->quotes--;
        break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        end_block(w);
        break;
    default:
        exit_inline(w, node);
    }
}

static void walk_nodes(struct walk *w, cmark_iter *iterator)
{
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (event == CMARK_EVENT_ENTER) {
            enter_block(w, node);
        } else {
            exit_block(w, node);
        }
    }
}

/* ---- before the parser */

/* Bytes of a line that can belong to the marks of quotes and list items in front of its text. */
static size_t prefix_length(struct str line)
{
    size_t at = 0;
    while (
        at < line.length && strchr(" \t>-+*0123456789.)", line.data[at]) != NULL && line.data[at] != '\0') {
        at++;
    }
    return at;
}

/* One line can open as many blocks as it has marks; deep nesting is refused before the parser builds it. */
static bool is_too_deep(struct str line)
{
    size_t marks = 0, end = prefix_length(line);
    for (size_t i = 0; i < end; i++) {
        char c = line.data[i];
        bool spaced = i + 1 < line.length && (line.data[i + 1] == ' ' || line.data[i + 1] == '\t');
        marks += c == '>' || (spaced && c != ' ' && c != '\t' && !(c >= '0' && c <= '9'));
    }
    return marks > LIMIT_MARKDOWN_DEPTH;
}

/* Does a link definition ("[words]: target") begin at this bracket? CommonMark would take its words out of
 * the text. */
static bool is_definition(struct str text, size_t at)
{
    size_t end = at + 1004 < text.length ? at + 1004 : text.length; /* a label has up to 1000 bytes */
    for (size_t i = at + 1; i + 1 < end; i++) {
        if (text.data[i] == '\\') {
            i++;
        } else if (text.data[i] == '[' || (text.data[i] == '\n' && text.data[i + 1] == '\n')) {
            return false;
        } else if (text.data[i] == ']') {
            return text.data[i + 1] == ':';
        }
    }
    return false;
}

/* The text for the parser: link definitions are made plain text by a backslash. NULL data when out of memory;
 * an empty text, reported, when it is nested too deep. */
static struct str prepare(struct walk *w)
{
    struct str text = w->text.text;
    char *out = arena_take(w->scratch, text.length + w->text.line_count + 1);
    size_t length = 0;
    if (out == NULL) {
        return (struct str){NULL, 0};
    }
    for (size_t i = 0; i < w->text.line_count; i++) {
        size_t from = w->text.lines[i];
        size_t end = i + 1 < w->text.line_count ? w->text.lines[i + 1] : text.length;
        struct str line = str_slice(text, from, end - from);
        size_t prefix = prefix_length(line);
        if (is_too_deep(line)) {
            REPORT(w, FINDING_MARKDOWN_DEPTH, from,
                "quotes or lists nested deeper than %d; this text is not read: take some > or - away",
                LIMIT_MARKDOWN_DEPTH);
            w->refused = true;
            return STR("");
        }
        memcpy(out + length, line.data, prefix);
        length += prefix;
        if (prefix < line.length && line.data[prefix] == '[' && is_definition(text, from + prefix)) {
            out[length++] = '\\';
            if ((w->flags & MARKDOWN_EDITORS) == 0) {
                REPORT(w, FINDING_LINK_DEFINITION, from + prefix,
                    "this reads like the definition of a link and is shown as text: write links as "
                    "[words](person:id)");
            }
        }
        memcpy(out + length, line.data + prefix, line.length - prefix);
        length += line.length - prefix;
    }
    return (struct str){out, length};
}

/* ---- the whole */

static void take_title(struct walk *w, struct prose_text *out)
{
    if (w->count == 0 || w->blocks[0].kind != BLOCK_HEADING || w->blocks[0].span_count == 0) {
        findings_add(w->exhibit->findings, FINDING_NOTE_TITLE, w->origin.mark.file, w->origin.mark.line,
            w->origin.mark.column, "a note begins with its title: write \"# Title\" in the first line");
        return;
    }
    const struct block *block = &w->blocks[0];
    const struct span *last = &block->spans[block->span_count - 1];
    /* The spans of a block stand one behind the other in one text. */
    out->title = (struct str){
        block->spans[0].text.data, (size_t)(last->text.data + last->text.length - block->spans[0].text.data)};
    w->count--;
    memmove(w->blocks, w->blocks + 1, w->count * sizeof *w->blocks);
    for (size_t i = 0; i < w->count; i++) {
        if (!w->blocks[i].anchored) {
            snprintf(w->blocks[i].segment, sizeof w->blocks[i].segment, "s%zu", i + 1);
        }
    }
}

static void finish(struct walk *w, struct prose_text *out)
{
    if ((w->flags & MARKDOWN_LABEL) != 0 && w->words > PLAIN_LABEL_WORDS) {
        REPORT(w, FINDING_LABEL_LONG, 0, "%zu words; more than %d are too many for a label: shorten it",
            w->words, PLAIN_LABEL_WORDS);
    }
    if ((w->flags & MARKDOWN_TITLE) != 0 && !w->refused) {
        take_title(w, out);
    }
    struct block *kept = exhibit_keep(w->exhibit, w->count, sizeof *kept);
    if (kept != NULL && w->count > 0) {
        memcpy(kept, w->blocks, w->count * sizeof *kept);
    }
    out->blocks = kept;
    out->block_count = kept != NULL ? w->count : 0;
}

void markdown_read(struct exhibit *exhibit, struct arena *scratch, struct str text,
    struct markdown_origin origin, unsigned flags, struct prose_text *out)
{
    struct walk w = {.exhibit = exhibit,
        .scratch = scratch,
        .text = {.file = origin.mark.file, .text = text},
        .origin = origin,
        .flags = flags};
    out->mark = origin.mark;
    struct str prepared = source_index(&w.text, scratch) ? prepare(&w) : (struct str){NULL, 0};
    struct commonmark parsed;
    if (prepared.data == NULL || !commonmark_open(&parsed, prepared, commonmark_bound(prepared))) {
        exhibit->no_memory = true;
        return;
    }
#ifdef VITRINE_SANITIZED
    if (parsed.spared > 0) {
        abort(); /* the tests and the fuzzers are to find it when the bound is wrong */
    }
#endif
    walk_nodes(&w, parsed.iterator);
    finish(&w, out);
    exhibit->no_memory = exhibit->no_memory || w.spans.no_memory;
    commonmark_close(&parsed);
    spans_finish(&w.spans);
    table_finish(&w.anchors);
    free(w.blocks);
}
