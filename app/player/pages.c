#include "internal.h"

#include "base/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct page_entry *find(const struct pages *pages, const char *document, int page, size_t *at)
{
    for (size_t i = 0; i < pages->count; i++) {
        if (pages->entries[i]->page == page && strcmp(pages->entries[i]->document, document) == 0) {
            *at = i;
            return pages->entries[i];
        }
    }
    return NULL;
}

static void open_image(
    struct pages *pages, struct page_entry *entry, const struct exhibit *exhibit, const struct log *log)
{
    struct error err = {0};
    char text[700];
    struct scan_pyramid *pyramid = scan_pyramid_open(entry->path, exhibit_folder(exhibit), &err);
    if (pyramid != NULL) {
        entry->format = scan_pyramid_format(pyramid);
        entry->handle = scan_add_page(pages->scan, pyramid, &err);
    }
    if (entry->handle < 0) {
        log_write(log, LOG_WARNING, "page %d of %s cannot be shown: %s", entry->page + 1, entry->document,
            error_text(&err, text, sizeof text));
    }
}

static void note_file(struct page_entry *entry)
{
    struct stat status;
    if (stat(entry->path, &status) == 0) {
        entry->changed = status.st_mtim;
        entry->bytes = status.st_size;
    }
}

static bool make_room(struct pages *pages)
{
    return array_reserve(
               &pages->sizes, &pages->size_capacity, pages->count + 1, sizeof(struct view_page_size)) &&
           array_reserve(&pages->entries, &pages->capacity, pages->count + 1, sizeof(struct page_entry *));
}

bool pages_need(struct pages *pages, const struct exhibit *exhibit, const struct document *document, int page,
    const struct log *log)
{
    size_t at;
    if (page < 0 || (size_t)page >= document->page_count || find(pages, document->id, page, &at) != NULL) {
        return true;
    }
    struct page_entry *entry = calloc(1, sizeof *entry);
    if (entry == NULL || !make_room(pages)) {
        free(entry);
        return false;
    }
    pages->entries[pages->count++] = entry;
    const char *image = document->pages[page].image;
    snprintf(entry->document, sizeof entry->document, "%s", document->id);
    entry->page = page;
    entry->handle = -1;
    bool fits =
        image != NULL && (size_t)snprintf(entry->path, sizeof entry->path, "%s", image) < sizeof entry->path;
    if (fits) {
        open_image(pages, entry, exhibit, log);
        note_file(entry);
    }
    struct size size = {0, 0};
    if (entry->handle >= 0) {
        struct camera_page known = scan_page_size(pages->scan, entry->handle);
        size = (struct size){known.width_img, known.height_img};
    }
    pages->sizes[pages->count - 1] = (struct view_page_size){
        .document = entry->document, .page = page, .size_img = size, .failed = entry->handle < 0};
    return true;
}

int pages_find(const struct pages *pages, const char *document, int page)
{
    size_t at;
    const struct page_entry *entry = find(pages, document, page, &at);
    return entry != NULL ? entry->handle : -1;
}

int pages_handle(void *context, const char *document, int page)
{
    return pages_find(context, document, page);
}

/* One image is there or not. Of a pyramid of many tiles the sound ones are shown, the compositor hatches the
 * others, and the screen says so. */
bool pages_note_failures(struct pages *pages, const struct scan_view *views, size_t count)
{
    bool found = false;
    for (size_t v = 0; v < count; v++) {
        for (size_t i = 0; i < pages->count; i++) {
            struct view_page_size *size = &pages->sizes[i];
            if (pages->entries[i]->handle != views[v].page || size->failed || size->torn ||
                scan_view_state(pages->scan, &views[v]) != SCAN_FAILED) {
                continue;
            }
            bool whole = pages->entries[i]->format == SCAN_IMAGE;
            *(whole ? &size->failed : &size->torn) = true;
            found = true;
        }
    }
    return found;
}

static void remove_at(struct pages *pages, size_t index)
{
    if (pages->entries[index]->handle >= 0) {
        scan_remove_page(pages->scan, pages->entries[index]->handle);
    }
    free(pages->entries[index]);
    pages->count--;
    pages->entries[index] = pages->entries[pages->count];
    pages->sizes[index] = pages->sizes[pages->count];
}

static bool is_same(const struct page_entry *entry, const struct exhibit *exhibit)
{
    const struct document *document = exhibit_find_document(exhibit, entry->document);
    struct stat status;
    return document != NULL && (size_t)entry->page < document->page_count &&
           document->pages[entry->page].image != NULL &&
           strcmp(document->pages[entry->page].image, entry->path) == 0 && entry->handle >= 0 &&
           stat(entry->path, &status) == 0 && status.st_size == entry->bytes &&
           status.st_mtim.tv_sec == entry->changed.tv_sec && status.st_mtim.tv_nsec == entry->changed.tv_nsec;
}

/* A pyramid's tiles may have changed without its descriptor: of those that are held, the engine looks. */
void pages_refresh(struct pages *pages, const struct exhibit *exhibit)
{
    for (size_t i = pages->count; i-- > 0;) {
        if (!is_same(pages->entries[i], exhibit) || pages->sizes[i].failed) { /* it may be read now */
            remove_at(pages, i);
        } else if (pages->entries[i]->format != SCAN_IMAGE) {
            scan_sift_page(pages->scan, pages->entries[i]->handle);
            pages->sizes[i].torn = false; /* until it is seen again */
        }
    }
}

void pages_finish(struct pages *pages)
{
    while (pages->count > 0) {
        remove_at(pages, pages->count - 1);
    }
    free(pages->entries);
    free(pages->sizes);
    *pages = (struct pages){0};
}
