/* Prose: the blocks of a CommonMark text as paragraphs with links, and the lines that say where a text comes
 * from. */
#include "internal.h"

#include <string.h>

#define FRAGMENTS_MAX 16

static enum style block_style(const struct block *block, const struct place_prose *how)
{
    return block->kind == BLOCK_HEADING ? STYLE_SUBHEADING : how->style;
}

static bool has_gap(const struct block *block, size_t span, bool first)
{
    return (span == 0 && !first) || (block->spans[span].flags & SPAN_BREAK) != 0;
}

struct str prose_words(
    const struct view *v, const struct prose_text *prose, size_t first_block, size_t blocks)
{
    size_t end = prose == NULL ? 0 : first_block + blocks, length = 0, used = 0;
    end = prose != NULL && end > prose->block_count ? prose->block_count : end;
    for (size_t i = first_block; i < end; i++) {
        for (size_t s = 0; s < prose->blocks[i].span_count; s++) {
            length += prose->blocks[i].spans[s].text.length + 1;
        }
    }
    char *all = length > 0 ? arena_take(v->tree->arena, length) : NULL;
    for (size_t i = first_block; all != NULL && i < end; i++) {
        const struct block *block = &prose->blocks[i];
        for (size_t s = 0; s < block->span_count; s++) {
            struct str piece = block->spans[s].text;
            if (has_gap(block, s, used == 0)) {
                all[used++] = ' ';
            }
            if (piece.length > 0) {
                memcpy(all + used, piece.data, piece.length);
                used += piece.length;
            }
        }
    }
    return all != NULL ? (struct str){all, used} : STR("");
}

static struct str block_words(const struct view *v, const struct block *block)
{
    struct prose_text one = {.blocks = block, .block_count = 1};
    struct str spoken = prose_words(v, &one, 0, 1);
    if (block->label.length > 0) {
        spoken = arena_format(v->tree->arena, "%.*s %.*s", STR_ARGS(block->label), STR_ARGS(spoken));
    }
    return spoken.data != NULL ? spoken : STR("");
}

struct setting { /* how the spans of one block are set */
    struct view *v;
    const struct block *block;
    const struct place_prose *how;
    bool lit;
    colour ink;
};

static struct text_span set_span(const struct setting *s, const struct span *span, int tag)
{
    const struct theme *t = &s->v->theme;
    struct text_span out = {.text = span->text, .ink = s->ink};
    out.flags |= (span->flags & SPAN_BOLD) ? TEXT_BOLD : 0u;
    out.flags |= (span->flags & SPAN_ITALIC) ? TEXT_ITALIC : 0u;
    if (s->block->kind == BLOCK_HEADING || s->how->bold) {
        out.flags |= TEXT_BOLD;
    }
    if (span->link != NULL && !s->how->plain_links) {
        out.ink = t->accent;
        out.flags |= TEXT_UNDERLINE;
        out.tag = tag;
    }
    if (span->flags & SPAN_EDITORIAL) { /* not the document's own words, also where they are a link */
        out.ink = s->how->ink != COLOUR_NONE ? s->how->ink : t->quiet;
        out.flags |= t->high_contrast ? TEXT_ITALIC : 0u;
    }
    return out;
}

/* The spans of a block with hard breaks as newlines; *count is at most 2 x span_count. */
static struct text_span *set_spans(const struct setting *s, size_t *count)
{
    struct text_span *spans =
        arena_take_array(s->v->tree->arena, s->block->span_count * 2 + 1, sizeof *spans);
    *count = 0;
    if (spans == NULL) {
        s->v->tree->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < s->block->span_count; i++) {
        if (s->block->spans[i].flags & SPAN_BREAK) {
            spans[(*count)++] = (struct text_span){.text = STR("\n"), .ink = s->ink};
        }
        spans[(*count)++] = set_span(s, &s->block->spans[i], (int)i + 1);
    }
    return spans;
}

static void put_link(struct view *v, int text_box, const struct block *block, size_t span,
    const struct text_layout *layout, int number_of, const struct place_prose *how)
{
    struct rect pieces[FRAGMENTS_MAX];
    size_t count = text_fragments(layout, (int)span + 1, pieces, FRAGMENTS_MAX);
    count = count < FRAGMENTS_MAX ? count : FRAGMENTS_MAX;
    struct rect *kept = arena_take_array(v->tree->arena, count + 1, sizeof *kept);
    char words_of_place[192];
    if (count == 0 || kept == NULL) {
        return;
    }
    struct point at = {box_at(v, text_box)->rect.x + box_at(v, text_box)->look.text_at.x,
        box_at(v, text_box)->rect.y + box_at(v, text_box)->look.text_at.y};
    size_t largest = 0;
    for (size_t i = 0; i < count; i++) {
        kept[i] = (struct rect){pieces[i].x + at.x, pieces[i].y + at.y, pieces[i].w, pieces[i].h};
        largest = kept[i].w > kept[largest].w ? i : largest;
    }
    int link = box_add(
        v->tree, text_box, BOX_LINK, kept[largest], "%s.%s.link%d", how->prefix, block->segment, number_of);
    place_format(block->spans[span].link, words_of_place, sizeof words_of_place);
    set_action(v, link, ACTION_GO, str_from(words_of_place));
    if (v->visit->low_reach) {
        struct place_button button = {.kind = BUTTON_OUTLINED,
            .label = block->spans[span].text,
            .style = STYLE_LABEL,
            .verb = ACTION_GO,
            .argument = str_from(words_of_place),
            .language = how->language,
            .excerpt_lines = 1};
        reach_add(
            v, &button, c_string(v, format(v, "reach.%s.%s.link%d", how->prefix, block->segment, number_of)));
    }
    struct box *b = box_at(v, link);
    b->name = block->spans[span].text;
    b->language = how->language;
    b->fragments = kept;
    b->fragment_count = count;
    b->ground = v->on;
    if (b->states & BOX_PRESSED) {
        b->look.outline = v->theme.accent;
        b->look.outline_px = 2;
    }
}

/* A link over several spans (bold within it, an editors' bracket) is one link: only its first span makes the
 * box. */
static void put_links(struct view *v, int text_box, const struct block *block,
    const struct text_layout *layout, const struct place_prose *how)
{
    int number_of = 0;
    for (size_t i = 0; i < block->span_count && !how->plain_links; i++) {
        if (block->spans[i].link != NULL) {
            put_link(v, text_box, block, i, layout, ++number_of, how);
        }
    }
}

static void light(struct view *v, int box, bool lit)
{
    struct box *b = box_at(v, box);
    if (!lit) {
        return;
    }
    b->states |= BOX_SELECTED;
    if (v->theme.high_contrast) {
        b->look.outline = v->theme.highlight;
        b->look.outline_px = 4;
    } else {
        b->look.fill = v->theme.highlight;
        b->ground = v->theme.highlight;
    }
}

static int label_indent(const struct view *v, const struct block *block, enum style style)
{
    if (block->kind == BLOCK_ITEM) {
        return (int)(style_size(v, style) * 1.6 * block->level);
    }
    return block->kind == BLOCK_QUOTE ? (int)(style_size(v, style) * 1.2) : 0;
}

/* What stands before the words of a block, in its indent: the number of an item, the rule of a quotation.
 * `where` is the block's, without its padding; `across`: the words run against the screen, and so the indent
 * is at its other side. */
static void put_before(struct view *v, int box, const struct block *block, struct rect where,
    const struct setting *s, int indent, bool across)
{
    enum style style = block_style(block, s->how);
    if (block->kind == BLOCK_QUOTE) {
        int width = px(v, 0.25) > 1 ? px(v, 0.25) : 1, x = indent / 3;
        struct rect at = {across ? where.x + where.w - x - width : where.x + x, where.y, width, where.h};
        int rule = put_group(v, box, BOX_GROUP, at, STR(""), "quote.rule");
        box_at(v, rule)->look.fill = v->theme.outline;
    } else if (block->kind == BLOCK_ITEM && block->label.length > 0) {
        int width = (int)(style_size(v, style) * 1.6);
        struct place_text text = {
            BOX_LABEL, style, block->label, s->ink, s->how->language, 0, across ? TEXT_END : TEXT_START, 1};
        int x = across ? where.x + where.w - indent : where.x + indent - width;
        put_text(v, box, (struct rect){x, where.y, width, 0}, text,
            c_string(v, format(v, "%s.%s.number", s->how->prefix, block->segment)));
    }
}

int put_block(
    struct view *v, int parent, const struct block *block, struct rect where, const struct place_prose *how)
{
    enum style style = block_style(block, how);
    bool lit = how->segments && v->visit->here.segment[0] != '\0' &&
               strcmp(v->visit->here.segment, block->segment) == 0;
    colour before = v->on;
    struct setting s = {v, block, how, lit, how->ink != COLOUR_NONE ? how->ink : v->theme.ink};
    int indent = label_indent(v, block, style), pad = how->segments ? px(v, 1.5) : 0;
    if (block->kind == BLOCK_RULE) {
        int rule = put_group(v, parent, BOX_GROUP,
            (struct rect){where.x + pad, where.y, where.w / 4, px(v, 0.25) + 1}, STR(""), "rule");
        box_at(v, rule)->look.fill = v->theme.outline;
        return px(v, 0.25) + 1;
    }
    size_t count;
    struct text_span *spans = set_spans(&s, &count);
    double line = style_line(v, style, how->language);
    struct text_spec spec = {.spans = spans,
        .span_count = count,
        .language = how->language != NULL ? how->language : v->language,
        .face = style_face(style),
        .size_px = style_size(v, style),
        .line_px = line,
        .width_px = where.w - indent - 2 * pad,
        .rtl_default = v->tree->rtl};
    const struct text_layout *layout = spans != NULL ? text_lay_out(v->in->text, &spec) : NULL;
    if (layout == NULL) {
        v->tree->failed = true;
        return 0;
    }
    struct text_metrics metrics = text_measure(layout);
    bool across = metrics.rtl != v->tree->rtl;
    where.h = metrics.height_px + pad;
    int box = box_add(v->tree, parent, block->kind == BLOCK_HEADING ? BOX_HEADING : BOX_TEXT, where, "%s.%s",
        how->prefix, block->segment);
    struct box *b = box_at(v, box);
    b->name = block_words(v, block);
    b->language = how->language;
    b->look.text = layout;
    b->look.text_at = (struct point){across ? pad : indent + pad, pad / 2};
    b->look.text_width_px = where.w - indent - 2 * pad;
    b->ground = v->on;
    if (how->segments) {
        b->segment = block->segment;
        set_action(v, box, ACTION_SELECT, str_from(block->segment));
        light(v, box, lit);
        v->on = box_at(v, box)->ground;
    }
    put_before(v, box, block,
        (struct rect){where.x + pad, where.y + pad / 2, where.w - 2 * pad, where.h - pad}, &s, indent,
        across);
    put_links(v, box, block, layout, how);
    v->on = before;
    return where.h;
}

int block_gap(const struct view *v, const struct block *before, const struct block *after,
    const struct place_prose *how)
{
    if (before == NULL || after == NULL) {
        return 0;
    }
    double line = style_line(v, how->style, how->language);
    double gap = 0.6;
    if (after->kind == BLOCK_HEADING) {
        gap = 1.1;
    } else if (before->kind == BLOCK_HEADING) {
        gap = 0.25;
    } else if (before->kind == BLOCK_ITEM && after->kind == BLOCK_ITEM) {
        gap = how->segments ? 0.6 : 0.3;
    }
    return (int)(line * gap);
}

int put_prose(struct view *v, int parent, const struct prose_text *prose, struct rect where,
    const struct place_prose *how)
{
    int y = where.y;
    for (size_t i = 0; prose != NULL && i < prose->block_count; i++) {
        y += i > 0 ? block_gap(v, &prose->blocks[i - 1], &prose->blocks[i], how) : 0;
        y += put_block(v, parent, &prose->blocks[i], (struct rect){where.x, y, where.w, 0}, how);
    }
    return y - where.y;
}

int put_prose_of(struct view *v, int parent, const struct prose *prose, struct rect where, enum style style,
    const char *prefix)
{
    const struct prose_text *text = exhibit_prose(v->in->exhibit, prose, v->language);
    if (text == NULL) {
        return 0;
    }
    struct place_prose how = {.style = style, .prefix = prefix, .language = text->language};
    int height = put_prose(v, parent, text, where, &how);
    where.y += height;
    return height +
           put_fallback(v, parent, text->language, where, c_string(v, format(v, "%s.fallback", prefix)));
}

/* ---- where it comes from */

static const char *const kind_keys[PROVENANCE_KINDS] = {
    [PROVENANCE_SCAN] = "provenance.scan",
    [PROVENANCE_PHOTOGRAPH] = "provenance.photograph",
    [PROVENANCE_RECONSTRUCTION] = "provenance.reconstruction",
    [PROVENANCE_TRANSCRIPTION] = "provenance.transcription",
    [PROVENANCE_TRANSLATION] = "provenance.translation",
    [PROVENANCE_MACHINE_ASSISTED] = "provenance.machine-assisted",
    [PROVENANCE_BACK_TRANSLATION] = "provenance.back-translation",
    [PROVENANCE_EDITORIAL] = "provenance.editorial",
};

/* What stands between two sentences: a full stop and a space, or only the space where the first has its own
 * stop. */
static struct str sentence_end(const struct view *v, struct str before)
{
    struct str stop = words(v, "provenance.stop");
    struct str mark = str_trim(stop);
    bool stopped = (mark.length > 0 && str_ends_with(before, mark)) || str_ends_with(before, STR(".")) ||
                   str_ends_with(before, STR("!")) || str_ends_with(before, STR("?"));
    return stopped ? str_slice(stop, mark.length, stop.length) : stop;
}

/* How much of it is said. */
enum { PROVENANCE_WHOLE, PROVENANCE_SOURCE, PROVENANCE_KIND, PROVENANCE_DEPTHS };

/* "Kind, from what. Note. By whom, when". The kind of a reconstruction is never said without what it was set
 * from: nobody may take it for the document. */
static struct str provenance_words(const struct view *v, const struct provenance_entry *entry, int depth)
{
    struct arena *arena = v->tree->arena;
    struct str who = say(v, &entry->who, NULL), from = say(v, &entry->from, NULL),
               note = say(v, &entry->note, NULL);
    struct str all = words(v, kind_keys[entry->kind]), stop = words(v, "provenance.stop"),
               comma = words(v, "provenance.comma");
    struct str when = entry->when.year != 0 ? date_words(v, entry->when) : STR("");
    struct str by = who.length > 0 ? words_with(v, "provenance.by", who, STR("")) : when;
    if (who.length > 0 && when.length > 0) {
        by = arena_format(arena, "%.*s%.*s%.*s", STR_ARGS(by), STR_ARGS(comma), STR_ARGS(when));
    }
    if (from.length > 0 && (depth < PROVENANCE_KIND || entry->kind == PROVENANCE_RECONSTRUCTION)) {
        struct str source = words_with(v, "provenance.from", from, STR(""));
        all = arena_format(arena, "%.*s%.*s%.*s", STR_ARGS(all), STR_ARGS(comma), STR_ARGS(source));
    }
    if (note.length > 0 && depth == PROVENANCE_WHOLE) {
        all = arena_format(arena, "%.*s%.*s%.*s", STR_ARGS(all), STR_ARGS(stop), STR_ARGS(note));
    }
    if (by.length > 0 && depth == PROVENANCE_WHOLE) {
        all =
            arena_format(arena, "%.*s%.*s%.*s", STR_ARGS(all), STR_ARGS(sentence_end(v, all)), STR_ARGS(by));
    }
    return all.data != NULL ? all : STR("");
}

static struct str all_provenance_words(const struct view *v, const struct provenance *list, int depth)
{
    struct str all = STR("");
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        struct str one = provenance_words(v, &list->entries[i], depth);
        all = i == 0 ? one
                     : arena_format(v->tree->arena, "%.*s%.*s%.*s", STR_ARGS(all),
                           STR_ARGS(sentence_end(v, all)), STR_ARGS(one));
    }
    return all.data != NULL ? all : STR("");
}

static int lines_of(const struct view *v, struct str text, int width)
{
    const struct text_layout *layout = lay(v, STYLE_LABEL, text, NULL, width, 0, COLOUR_NONE, TEXT_START, 0);
    return layout != NULL ? text_measure(layout).line_count : 0;
}

static const struct provenance *provenance_of(
    const struct view *v, const struct provenances *provenances, const char *text_language)
{
    return exhibit_provenance(provenances, text_language != NULL ? text_language : v->language);
}

bool provenance_fits(const struct view *v, const struct provenances *provenances, const char *text_language,
    int width, int lines)
{
    const struct provenance *list = provenance_of(v, provenances, text_language);
    return lines_of(v, all_provenance_words(v, list, PROVENANCE_WHOLE), width) <= lines;
}

int put_provenance_pinned(struct view *v, int parent, const struct provenances *provenances,
    const char *text_language, struct rect where, int lines, const char *id)
{
    const struct provenance *list = provenance_of(v, provenances, text_language);
    struct str said = all_provenance_words(v, list, PROVENANCE_WHOLE), whole = said;
    for (int depth = 1; lines > 0 && depth < PROVENANCE_DEPTHS && lines_of(v, said, where.w) > lines;
         depth++) {
        said = all_provenance_words(v, list, depth);
    }
    if (list == NULL || list->count == 0) {
        return 0;
    }
    colour ink = v->on == v->theme.table ? v->theme.table_quiet : v->theme.quiet;
    struct place_text text = {BOX_PROVENANCE, STYLE_LABEL, said, ink, NULL, 0, TEXT_START, 0};
    int box = put_text(v, parent, where, text, id);
    box_at(v, box)->name = whole;
    return box_height(v, box);
}

int put_provenance(struct view *v, int parent, const struct provenances *provenances,
    const char *text_language, struct rect where, const char *id)
{
    return put_provenance_pinned(v, parent, provenances, text_language, where, 0, id);
}

int put_fallback(struct view *v, int parent, const char *found, struct rect where, const char *id)
{
    if (found == NULL || strcmp(found, v->language) == 0) {
        return 0;
    }
    struct str name = interface_words(v->in->interface, found, "language.name");
    struct place_text text = {BOX_LABEL, STYLE_LABEL, words_with(v, "fallback", name, STR("")),
        v->theme.quiet, NULL, 0, TEXT_START, 0};
    int box = put_text(v, parent, where, text, id);
    if (box >= 0) {
        v->tree->boxes[box].states |= BOX_FALLBACK;
    }
    return box_height(v, box);
}
