#include "image.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 1024, RESOLUTION_USUAL = 300, RESOLUTION_LEAST = 36, RESOLUTION_MOST = 2400 };

enum kind { KIND_JPEG, KIND_PNG, KIND_TIFF, KIND_JP2, KIND_PDF, KINDS };

static const struct {
    const char *name, *loader;
} FORMATS[KINDS] = {
    [KIND_JPEG] = {"JPEG", "jpegload"},
    [KIND_PNG] = {"PNG", "pngload"},
    [KIND_TIFF] = {"TIFF", "tiffload"},
    [KIND_JP2] = {"JPEG 2000", "jp2kload"},
    [KIND_PDF] = {"PDF", "pdfload"},
};

bool image_fail(const char *path, struct error *err)
{
    char reason[200];
    /* Each line is "domain: message"; the first is what happened, the others are who passed it on. */
    struct str rest = str_from(vips_error_buffer()), line = str_split(&rest, '\n');
    size_t colon = str_find(line, ':');
    if (colon + 1 < line.length && str_find(str_slice(line, 0, colon), ' ') == colon) {
        line = str_slice(line, colon + 1, SIZE_MAX);
    }
    line = str_trim(line);
    snprintf(reason, sizeof reason, "%.*s", STR_ARGS(line));
    vips_error_clear();
    return error_set_at(err, ERROR_INPUT, path, 0, 0,
        "cannot be read to its end, it is damaged or of an unusual kind; libvips says: %s",
        reason[0] != '\0' ? reason : "nothing");
}

/* ---- which kind of file */

static bool begins(const unsigned char *head, size_t length, const char *with, size_t count)
{
    return length >= count && memcmp(head, with, count) == 0;
}

#define BEGINS(with) begins(head, length, with, sizeof(with) - 1)

static enum kind kind_of(const unsigned char *head, size_t length)
{
    if (BEGINS("\xff\xd8\xff")) {
        return KIND_JPEG;
    }
    if (BEGINS("\x89PNG\r\n\x1a\n")) {
        return KIND_PNG;
    }
    if (BEGINS("II*\0") || BEGINS("MM\0*") || BEGINS("II+\0") || BEGINS("MM\0+")) {
        return KIND_TIFF;
    }
    if (BEGINS("\0\0\0\x0cjP  \r\n\x87\n") || BEGINS("\xff\x4f\xff\x51")) {
        return KIND_JP2;
    }
    /* PDF readers find the mark anywhere in the first kilobyte, and some writers count on it. */
    return memmem(head, length, "%PDF-", 5) != NULL ? KIND_PDF : KINDS;
}

static bool find_kind(const char *path, enum kind *kind, struct error *err)
{
    unsigned char head[HEAD];
    struct stat status;
    /* A pipe without a writer would block an ordinary open for ever. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "cannot be opened: %s", strerror(errno));
    }
    bool file = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    ssize_t length = file ? read(fd, head, sizeof head) : 0;
    int code = errno;
    close(fd);
    if (!file) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "is no file");
    }
    if (length < 0) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "cannot be read: %s", strerror(code));
    }
    *kind = kind_of(head, (size_t)length);
    if (*kind == KINDS) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0,
            length == 0 ? "is empty" : "is neither TIFF nor JPEG 2000, PDF, PNG or JPEG");
    }
    return vips_type_find("VipsOperation", FORMATS[*kind].loader) != 0 ||
           error_set(err, ERROR_MACHINE, "the libvips of this machine was built without %s: convert %s first",
               FORMATS[*kind].name, path);
}

/* ---- loading */

static VipsImage *load(const struct order *order, enum kind kind, VipsAccess access)
{
    VipsImage *image = NULL;
    const char *path = order->image;
    int page = (int)(order->page > 0 ? order->page - 1 : 0);
    double dpi = (double)(order->resolution > 0 ? order->resolution : RESOLUTION_USUAL);
    /* Scans often carry marks that libraries warn of; a mistake that costs pixels is a refusal. */
    const VipsFailOn fail_on = VIPS_FAIL_ON_ERROR;
    int failed = -1;
    switch (kind) {
    case KIND_JPEG:
        failed = vips_jpegload(path, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case KIND_PNG:
        failed = vips_pngload(path, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case KIND_TIFF:
        failed = vips_tiffload(path, &image, "access", access, "fail_on", fail_on, "page", page, NULL);
        break;
    case KIND_JP2:
        failed = vips_jp2kload(path, &image, "access", access, "fail_on", fail_on, NULL);
        break;
    case KIND_PDF:
        failed =
            vips_pdfload(path, &image, "access", access, "fail_on", fail_on, "page", page, "dpi", dpi, NULL);
        break;
    case KINDS:
        break;
    }
    if (failed != 0 && image != NULL) {
        g_object_unref(image);
    }
    return failed == 0 ? image : NULL;
}

static bool check_wishes(
    const struct order *order, enum kind kind, struct outcome *outcome, struct error *err)
{
    if (order->resolution > 0 && kind != KIND_PDF) {
        return error_set_at(err, ERROR_USAGE, order->image, 0, 0,
            "is %s, which has the pixels that it has: --resolution is for PDF", FORMATS[kind].name);
    }
    int pages = 1;
    if (kind == KIND_PDF || (kind == KIND_TIFF && order->page > 1)) {
        struct order first = {.image = order->image, .resolution = order->resolution};
        VipsImage *image = load(&first, kind, VIPS_ACCESS_SEQUENTIAL);
        if (image == NULL) {
            return image_fail(order->image, err);
        }
        pages = vips_image_get_n_pages(image);
        g_object_unref(image);
    }
    outcome->pages = kind == KIND_PDF ? pages : 0;
    return order->page <= pages ||
           error_set_at(err, ERROR_USAGE, order->image, 0, 0, "has %d page%s: there is no page %ld", pages,
               pages == 1 ? "" : "s", order->page);
}

/* ---- to what a screen shows */

/* Puts `next` in the place of *image, when its making did not fail. */
static bool follow(VipsImage **image, VipsImage *next, int failed)
{
    if (failed != 0) {
        return false;
    }
    g_object_unref(*image);
    *image = next;
    return true;
}

static bool is_lab(const VipsImage *image)
{
    VipsInterpretation kind = vips_image_get_interpretation(image);
    return kind == VIPS_INTERPRETATION_LAB || kind == VIPS_INTERPRETATION_LABS ||
           kind == VIPS_INTERPRETATION_LABQ;
}

/* Of other samples nobody says which value is white. */
static bool check_samples(const char *path, const VipsImage *image, struct error *err)
{
    VipsBandFormat format = vips_image_get_format(image);
    return format == VIPS_FORMAT_UCHAR || format == VIPS_FORMAT_USHORT || is_lab(image) ||
           error_set_at(err, ERROR_INPUT, path, 0, 0,
               "has samples that are not of 8 or 16 bits: save it with 8 or 16 bits a channel");
}

static bool put_on_white(VipsImage **image)
{
    double white = 255;
    switch (vips_image_get_interpretation(*image)) {
    case VIPS_INTERPRETATION_RGB16:
    case VIPS_INTERPRETATION_GREY16:
        white = 65535;
        break;
    case VIPS_INTERPRETATION_CMYK:
        white = 0; /* no ink */
        break;
    default:
        break;
    }
    VipsImage *next = NULL;
    VipsArrayDouble *background = vips_array_double_newv(1, white);
    int failed = vips_flatten(*image, &next, "background", background, NULL);
    vips_area_unref(VIPS_AREA(background));
    return follow(image, next, failed);
}

/* By its own colour profile. False, with *image as it was, when that is of no use. */
static bool use_profile(VipsImage **image)
{
    VipsImage *next = NULL;
    bool grey = vips_image_get_bands(*image) == 1;
    int failed = vips_icc_transform(*image, &next, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE,
        "black_point_compensation", TRUE, NULL);
    if (!follow(image, next, failed)) {
        vips_error_clear();
        return false;
    }
    /* A grey profile gives three bands of the same value: one does, and is decoded three times as fast. */
    if (grey) {
        next = NULL;
        failed = vips_extract_band(*image, &next, 0, NULL);
        return follow(image, next, failed);
    }
    return true;
}

static bool to_screen_colours(VipsImage **image, struct outcome *outcome)
{
    if (vips_image_get_typeof(*image, VIPS_META_ICC_NAME) != 0) {
        if (use_profile(image)) {
            return true;
        }
        snprintf(outcome->warning, sizeof outcome->warning,
            "its colour profile is of no use, so its colours may be a little off");
    }
    VipsImage *next = NULL;
    VipsInterpretation target =
        vips_image_get_bands(*image) == 1 ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB;
    int failed = vips_colourspace(*image, &next, target, NULL);
    if (!follow(image, next, failed)) {
        return false;
    }
    next = NULL;
    failed = vips_cast_uchar(*image, &next, NULL);
    return follow(image, next, failed);
}

static bool to_screen(VipsImage **image, const char *path, struct outcome *outcome, struct error *err)
{
    VipsImage *next = NULL;
    if (!check_samples(path, *image, err)) {
        return false;
    }
    int failed = vips_autorot(*image, &next, NULL);
    if (!follow(image, next, failed)) {
        return image_fail(path, err);
    }
    if (vips_image_hasalpha(*image) && !put_on_white(image)) {
        return image_fail(path, err);
    }
    if (!to_screen_colours(image, outcome)) {
        vips_error_clear();
        return error_set_at(err, ERROR_INPUT, path, 0, 0,
            "has %d channels that are not a picture's: save it as RGB, CMYK or grey",
            vips_image_get_bands(*image));
    }
    return true;
}

VipsImage *image_open(const struct order *order, struct outcome *outcome, struct error *err)
{
    enum kind kind = KINDS;
    if (order->resolution != 0 &&
        (order->resolution < RESOLUTION_LEAST || order->resolution > RESOLUTION_MOST)) {
        error_set(err, ERROR_USAGE, "--resolution cannot be %ld: it is from %d to %d pixels an inch",
            order->resolution, RESOLUTION_LEAST, RESOLUTION_MOST);
        return NULL;
    }
    if (!find_kind(order->image, &kind, err) || !check_wishes(order, kind, outcome, err)) {
        return NULL;
    }
    VipsImage *image = load(order, kind, VIPS_ACCESS_SEQUENTIAL);
    /* Only a mirrored page can be read from top to bottom; the rows of one that lies on its side or stands on
     * its head are needed in another order, so libvips keeps its pixels, in a file when they are many. */
    if (image != NULL && vips_image_get_orientation(image) > 2) {
        g_object_unref(image);
        image = load(order, kind, VIPS_ACCESS_RANDOM);
    }
    if (image == NULL) {
        image_fail(order->image, err);
        return NULL;
    }
    if (!to_screen(&image, order->image, outcome, err)) {
        g_object_unref(image);
        return NULL;
    }
    outcome->width = vips_image_get_width(image);
    outcome->height = vips_image_get_height(image);
    /* One pixel a millimetre is what libvips gives an image that does not say. */
    if (vips_image_get_xres(image) > 1.001) {
        outcome->resolution = (int)lround(vips_image_get_xres(image) * 25.4);
    }
    return image;
}
