#include "base/array.h"
#include "base/utf8.h"
#include "box/box.h"

const char *box_role_word(enum box_role role)
{
    static const char *const words[BOX_ROLES] = {
        [BOX_SCREEN] = "screen",
        [BOX_GROUP] = "group",
        [BOX_BAR] = "bar",
        [BOX_REGION] = "region",
        [BOX_PANEL] = "panel",
        [BOX_HEADING] = "heading",
        [BOX_TEXT] = "text",
        [BOX_LABEL] = "label",
        [BOX_PROVENANCE] = "provenance",
        [BOX_BUTTON] = "button",
        [BOX_LINK] = "link",
        [BOX_TAB] = "tab",
        [BOX_LIST] = "list",
        [BOX_ITEM] = "item",
        [BOX_IMAGE] = "image",
        [BOX_ZONE] = "zone",
        [BOX_ALERT] = "alert",
    };
    return (unsigned)role < BOX_ROLES ? words[role] : "unknown";
}

/* A byte that cannot stand for itself: three octal digits, since a hexadecimal escape would run on into what
 * follows. */
static void print_escaped(unsigned char byte, FILE *stream)
{
    static const char plain[] = "abtnvfr";
    if (byte >= 7 && byte <= 13) {
        fprintf(stream, "\\%c", plain[byte - 7]);
    } else if (byte == '"' || byte == '\\') {
        fprintf(stream, "\\%c", byte);
    } else {
        fprintf(stream, "\\%03o", byte);
    }
}

static bool stands_for_itself(uint32_t character, size_t length)
{
    if (character < 0x20 || character == '"' || character == '\\' ||
        (character >= 0x7F && character < 0xA0)) {
        return false;
    }
    /* A malformed byte is read as the replacement character, but is one byte long and not three. */
    return character != UTF8_REPLACEMENT || length == 3;
}

static void print_text(struct str text, FILE *stream)
{
    size_t at = 0;
    while (at < text.length) {
        size_t start = at;
        uint32_t character = utf8_next(text, &at);
        if (stands_for_itself(character, at - start)) {
            fwrite(text.data + start, 1, at - start, stream);
            continue;
        }
        for (size_t i = start; i < at; i++) {
            print_escaped((unsigned char)text.data[i], stream);
        }
    }
}

static void print_states(unsigned states, FILE *stream)
{
    static const char *const words[] = {
        "focused", "pressed", "selected", "checked", "expanded", "disabled", "fallback", "modal", "spoken"};
    const char *before = " {";
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        if (states & 1u << i) {
            fprintf(stream, "%s%s", before, words[i]);
            before = " ";
        }
    }
    if (before[1] == '\0') {
        fputc('}', stream);
    }
}

static void print_action(const struct box_action *action, FILE *stream)
{
    if (action->verb == 0) {
        return;
    }
    fprintf(stream, " [%s", action->word != NULL ? action->word : "?");
    if (action->argument.length != 0) {
        fputc(' ', stream);
        print_text(action->argument, stream);
    }
    fputc(']', stream);
}

void box_describe(const struct box_tree *tree, FILE *stream)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        fprintf(stream, "%*s%s \"", 2 * box->depth, "", box_role_word(box->role));
        print_text(box->name, stream);
        fprintf(stream, "\" %s %d,%d %dx%d", box->id, box->rect.x, box->rect.y, box->rect.w, box->rect.h);
        print_states(box->states, stream);
        print_action(&box->action, stream);
        fputc('\n', stream);
    }
}
