#include "exhibit/place.h"

#include "base/array.h"

#include <stdio.h>
#include <string.h>

static const char *const kind_words[PLACE_KINDS] = {
    [PLACE_ATTRACT] = "attract",
    [PLACE_HOME] = "home",
    [PLACE_READ] = "read",
    [PLACE_MEANING] = "meaning",
    [PLACE_PEOPLE] = "people",
    [PLACE_PLACES] = "places",
    [PLACE_TIMELINE] = "timeline",
    [PLACE_WORDS] = "words",
    [PLACE_RELATED] = "related",
    [PLACE_QUESTIONS] = "questions",
    [PLACE_ABOUT] = "about",
    [PLACE_SEARCH] = "search",
    [PLACE_DOCUMENT] = "document",
    [PLACE_NOTE] = "note",
    [PLACE_PERSON] = "person",
    [PLACE_PLACE] = "place",
    [PLACE_TERM] = "term",
    [PLACE_EVENT] = "event",
};

static const char *const view_words[] = {
    [PLACE_RECORD] = "record", [PLACE_SCAN] = "scan", [PLACE_TEXT] = "text", [PLACE_PARALLEL] = "parallel"};

bool place_id_valid(struct str id)
{
    if (id.length == 0 || id.length > PLACE_ID_MAX || id.data[0] == '-') {
        return false;
    }
    for (size_t i = 0; i < id.length; i++) {
        char c = id.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
            return false;
        }
    }
    return true;
}

static bool take_id(struct str id, char out[PLACE_ID_MAX + 1])
{
    if (!place_id_valid(id)) {
        return false;
    }
    memcpy(out, id.data, id.length);
    out[id.length] = '\0';
    return true;
}

static bool take_view(struct str word, enum place_view *view)
{
    for (int i = PLACE_SCAN; i <= PLACE_PARALLEL; i++) {
        if (str_equal_c(word, view_words[i])) {
            *view = (enum place_view)i;
            return true;
        }
    }
    return false;
}

/* What follows "document:", or the bare view of the home document: [id][/view][#segment] */
static bool parse_document(struct str words, bool has_id, struct place *place)
{
    size_t hash = str_find(words, '#');
    bool has_segment = hash < words.length;
    struct str segment = str_slice(words, hash + 1, words.length);
    struct str view = str_slice(words, 0, hash);
    place->kind = PLACE_DOCUMENT;
    place->view = has_segment ? PLACE_PARALLEL : PLACE_RECORD;
    if (has_id) {
        size_t slash = str_find(view, '/');
        if (!take_id(str_slice(view, 0, slash), place->id)) {
            return false;
        }
        if (slash < view.length && !take_view(str_slice(view, slash + 1, view.length), &place->view)) {
            return false;
        }
    } else if (!take_view(view, &place->view)) {
        return false;
    }
    return !has_segment || take_id(segment, place->segment);
}

bool place_parse(struct str words, struct place *place)
{
    struct place result = {.kind = PLACE_NONE};
    struct str rest = words;
    struct str word = str_split(&rest, ':');
    bool has_colon = word.length < words.length;
    for (int i = PLACE_NONE + 1; i < PLACE_KINDS && result.kind == PLACE_NONE; i++) {
        if (str_equal_c(word, kind_words[i])) {
            result.kind = (enum place_kind)i;
        }
    }
    bool good;
    if (result.kind == PLACE_NONE) {
        good = !has_colon && parse_document(words, false, &result);
    } else if (result.kind < PLACE_DOCUMENT) {
        good = !has_colon;
    } else if (result.kind == PLACE_DOCUMENT) {
        good = has_colon && parse_document(rest, true, &result);
    } else {
        good = has_colon && take_id(rest, result.id);
    }
    if (good) {
        *place = result;
    }
    return good;
}

static void format_document(const struct place *place, char *buffer, size_t size)
{
    const char *hash = place->segment[0] != '\0' ? "#" : "";
    if (place->id[0] == '\0' && place->view == PLACE_RECORD) {
        snprintf(buffer, size, "read");
    } else if (place->id[0] == '\0') {
        snprintf(buffer, size, "%s%s%s", view_words[place->view], hash, place->segment);
    } else if (place->view == PLACE_RECORD) {
        snprintf(buffer, size, "document:%s", place->id);
    } else if (place->view == PLACE_PARALLEL && place->segment[0] != '\0') {
        snprintf(buffer, size, "document:%s#%s", place->id, place->segment);
    } else {
        snprintf(
            buffer, size, "document:%s/%s%s%s", place->id, view_words[place->view], hash, place->segment);
    }
}

const char *place_format(const struct place *place, char *buffer, size_t size)
{
    if (size == 0) {
        return buffer;
    }
    if (place->kind == PLACE_DOCUMENT) {
        format_document(place, buffer, size);
    } else if (place->kind > PLACE_DOCUMENT && place->kind < PLACE_KINDS) {
        snprintf(buffer, size, "%s:%s", kind_words[place->kind], place->id);
    } else {
        snprintf(buffer, size, "%s",
            place->kind > PLACE_NONE && place->kind < PLACE_KINDS ? kind_words[place->kind] : "");
    }
    return buffer;
}

bool place_equal(const struct place *a, const struct place *b)
{
    return a->kind == b->kind && a->view == b->view && strcmp(a->id, b->id) == 0 &&
           strcmp(a->segment, b->segment) == 0;
}

bool place_is_panel(const struct place *place)
{
    return place->kind > PLACE_DOCUMENT && place->kind < PLACE_KINDS;
}
