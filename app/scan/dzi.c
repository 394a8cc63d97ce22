/* Deep Zoom descriptors: <Image TileSize Overlap Format><Size Width Height/></Image>, in the namespace of
 * 2008 or 2009 or none. Read with expat, which is small, fuzzed and says where it stands; document types, and
 * with them entities, are refused. */
#include "base/str.h"
#include "protocol.h"
#include "pyramid.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define NAMESPACE_END '|'
#define DEPTH_LIMIT 16

struct dzi {
    XML_Parser parser;
    const char *file;
    struct error *err;
    bool failed;
    int depth;
    bool has_image, has_size;
    long width, height, tile, overlap;
    char format[8];
    int size_line, image_line;
};

static int line_of(struct dzi *d)
{
    return (int)XML_GetCurrentLineNumber(d->parser);
}

/* The first mistake counts, and stops the parser. */
#define FAIL(d, ...)                                                                                         \
    do {                                                                                                     \
        if (!(d)->failed) {                                                                                  \
            (d)->failed = true;                                                                              \
            error_set_at((d)->err, ERROR_INPUT, (d)->file, line_of(d), 0, __VA_ARGS__);                      \
            XML_StopParser((d)->parser, XML_FALSE);                                                          \
        }                                                                                                    \
    } while (0)

static const char *local_name(const char *name)
{
    const char *end = strrchr(name, NAMESPACE_END);
    return end == NULL ? name : end + 1;
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2) {
        if (strcmp(attributes[0], name) == 0) {
            return attributes[1];
        }
    }
    return NULL;
}

/* A required whole number between `low` and `high`. */
static long number(struct dzi *d, const char **attributes, const char *name, long low, long high)
{
    const char *text = attribute(attributes, name);
    long value = 0;
    if (text == NULL) {
        FAIL(d, "%s is missing", name);
    } else if (!str_to_long(str_from(text), &value) || value < low || value > high) {
        FAIL(d, "%s is \"%.40s\"; it must be a whole number from %ld to %ld", name, text, low, high);
    }
    return value;
}

static void read_image(struct dzi *d, const char **attributes)
{
    const char *format = attribute(attributes, "Format");
    d->has_image = true;
    d->image_line = line_of(d);
    d->tile = number(d, attributes, "TileSize", 1, PYRAMID_TILE_LIMIT);
    d->overlap = number(d, attributes, "Overlap", 0, PYRAMID_TILE_LIMIT);
    if (d->failed) {
        return;
    }
    if (d->overlap >= d->tile) {
        FAIL(d, "Overlap is %ld, but it must be smaller than TileSize, which is %ld", d->overlap, d->tile);
    } else if (d->tile + 2 * d->overlap > (long)DECODE_SIDE_LIMIT) {
        FAIL(d, "TileSize and twice the Overlap are more than %u pixels", DECODE_SIDE_LIMIT);
    } else if (format == NULL) {
        FAIL(d, "Format is missing");
    } else if (strcasecmp(format, "jpg") != 0 && strcasecmp(format, "jpeg") != 0 &&
               strcasecmp(format, "png") != 0) {
        FAIL(d, "Format is \"%.20s\"; only jpg, jpeg and png can be shown", format);
    } else {
        snprintf(d->format, sizeof d->format, "%s", format);
    }
}

static void on_start(void *context, const char *name, const char **attributes)
{
    struct dzi *d = context;
    const char *local = local_name(name);
    d->depth++;
    if (d->failed) {
        return;
    }
    if (d->depth > DEPTH_LIMIT) {
        FAIL(d, "more levels of elements than a descriptor has");
    } else if (d->depth == 1 && strcmp(local, "Image") != 0) {
        FAIL(d, "\"%.40s\" is not a Deep Zoom image; the first element must be Image", local);
    } else if (d->depth == 1) {
        read_image(d, attributes);
    } else if (d->depth == 2 && strcmp(local, "Size") == 0) {
        if (d->has_size) {
            FAIL(d, "Size stands here twice");
        }
        d->has_size = true;
        d->width = number(d, attributes, "Width", 1, PYRAMID_SIDE_LIMIT);
        d->height = number(d, attributes, "Height", 1, PYRAMID_SIDE_LIMIT);
    }
}

static void on_end(void *context, const char *name)
{
    struct dzi *d = context;
    (void)name;
    d->depth--;
}

static void on_doctype(
    void *context, const char *name, const char *system, const char *public, int has_internal)
{
    struct dzi *d = context;
    (void)name;
    (void)system;
    (void)public;
    (void)has_internal;
    FAIL(d, "a document type has no place in a Deep Zoom descriptor");
}

static bool take(struct scan_pyramid *pyramid, const struct dzi *d)
{
    struct size tile = {(int)d->tile, (int)d->tile};
    int finest = 0;
    pyramid->size = (struct size){(int)d->width, (int)d->height};
    pyramid->overlap = (int)d->overlap;
    snprintf(pyramid->extension, sizeof pyramid->extension, "%s", d->format);
    while (1L << finest < (d->width > d->height ? d->width : d->height)) {
        finest++;
    }
    return pyramid_halve(pyramid, tile, finest, -1);
}

bool dzi_read(
    struct scan_pyramid *pyramid, const char *bytes, size_t length, const char *file, struct error *err)
{
    struct dzi d = {.file = file, .err = err};
    bool read = false;
    d.parser = XML_ParserCreateNS(NULL, NAMESPACE_END);
    if (d.parser == NULL) {
        return error_memory(err);
    }
    XML_SetUserData(d.parser, &d);
    XML_SetElementHandler(d.parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(d.parser, on_doctype);
    enum XML_Status status = XML_Parse(d.parser, bytes, (int)length, 1);
    if (d.failed) {
        goto out;
    }
    if (status != XML_STATUS_OK) {
        error_set_at(err, ERROR_INPUT, file, line_of(&d), (int)XML_GetCurrentColumnNumber(d.parser) + 1,
            "not well-formed XML: %s", XML_ErrorString(XML_GetErrorCode(d.parser)));
    } else if (!d.has_size) {
        error_set_at(err, ERROR_INPUT, file, d.image_line, 0, "Size is missing");
    } else if (!take(pyramid, &d)) {
        error_set_at(err, ERROR_INPUT, file, d.image_line, 0, "too many levels");
    } else {
        read = true;
    }
out:
    XML_ParserFree(d.parser);
    return read;
}
