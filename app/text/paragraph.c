#include "paragraph.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

bool tools_init(struct tools *tools, const struct text_catalogue *catalogue, struct error *err)
{
    *tools = (struct tools){.line_start = -1};
    tools->fonts = fonts_create(catalogue, err);
    if (tools->fonts == NULL) {
        return false;
    }
    tools->breaker = breaker_create();
    tools->bidi = ubidi_open();
    tools->buffer = hb_buffer_create();
    if (tools->breaker == NULL || tools->bidi == NULL || !hb_buffer_allocation_successful(tools->buffer)) {
        return error_memory(err);
    }
    languages_intern(&tools->languages, NULL);
    return true;
}

void tools_finish(struct tools *tools)
{
    fonts_destroy(tools->fonts);
    breaker_destroy(tools->breaker);
    languages_finish(&tools->languages);
    ubidi_close(tools->bidi);
    hb_buffer_destroy(tools->buffer);
    free(tools->levels);
    free(tools->scripts);
    free(tools->fonts_of);
    *tools = (struct tools){0};
}

bool source_equal(const struct source *a, const struct source *b)
{
    if (a->length != b->length || a->style_count != b->style_count || a->face != b->face ||
        a->size != b->size || a->letter != b->letter || a->language != b->language ||
        a->rtl_default != b->rtl_default ||
        memcmp(a->units, b->units, (size_t)a->length * sizeof *a->units) != 0) {
        return false;
    }
    for (size_t i = 0; i < a->style_count; i++) {
        const struct style *s = &a->styles[i], *t = &b->styles[i];
        if (s->end != t->end || s->flags != t->flags || s->language != t->language) {
            return false;
        }
    }
    return true;
}

uint64_t source_hash(const struct source *source)
{
    int numbers[] = {source->length, (int)source->face, source->size, source->letter, source->language,
        source->rtl_default ? 1 : 0};
    uint64_t hash = str_hash_words(STR_HASH_START, numbers, sizeof numbers);
    for (size_t i = 0; i < source->style_count; i++) {
        const struct style *style = &source->styles[i];
        int parts[] = {style->end, (int)style->flags, style->language};
        hash = str_hash_words(hash, parts, sizeof parts);
    }
    return str_hash_words(hash, source->units, (size_t)source->length * sizeof *source->units);
}

/* The copy keeps one unit more, so that an empty text has an address too. */
static bool copy_source(struct paragraph *p, const struct source *source)
{
    size_t units = (size_t)source->length + 1;
    p->source = *source;
    p->source.units = calloc(units, sizeof *source->units);
    p->source.styles = calloc(source->style_count + 1, sizeof *source->styles);
    p->marks = calloc(units, sizeof *p->marks);
    p->advance = calloc(units, sizeof *p->advance);
    if (p->source.units == NULL || p->source.styles == NULL || p->marks == NULL || p->advance == NULL) {
        return false;
    }
    if (source->length > 0) {
        memcpy(p->source.units, source->units, (size_t)source->length * sizeof *source->units);
        memcpy(p->source.styles, source->styles, source->style_count * sizeof *source->styles);
    }
    return true;
}

struct paragraph *paragraph_create(struct tools *tools, const struct source *source)
{
    struct paragraph *p = calloc(1, sizeof *p);
    if (p == NULL || !copy_source(p, source)) {
        goto fail;
    }
    const char *east = languages_get(&tools->languages, source->language)->east;
    if (source->length > 0) {
        const uint16_t *units = p->source.units;
        if (!breaks_find(tools->breaker, units, source->length, p->marks) ||
            !breaks_graphemes(tools->breaker, units, source->length, p->marks)) {
            goto fail;
        }
        enum breaks_way way = east == NULL              ? BREAKS_PLAIN
                              : strcmp(east, "ko") == 0 ? BREAKS_KOREAN
                                                        : BREAKS_IDEOGRAPHIC;
        breaks_tailor(units, source->length, way, p->marks);
        breaks_keep(units, source->length, p->marks);
    }
    if (!paragraph_itemise(tools, p) || !paragraph_shape(tools, p)) {
        goto fail;
    }
    p->bytes = sizeof *p +
               (size_t)source->length * (sizeof *source->units + sizeof *p->marks + sizeof *p->advance) +
               source->style_count * sizeof *source->styles + p->item_capacity * sizeof *p->items +
               p->glyphs.capacity * sizeof *p->glyphs.items;
    return p;
fail:
    paragraph_destroy(p);
    return NULL;
}

void paragraph_destroy(struct paragraph *p)
{
    if (p == NULL) {
        return;
    }
    free(p->source.units);
    free(p->source.styles);
    free(p->marks);
    free(p->advance);
    free(p->items);
    free(p->glyphs.items);
    free(p);
}
