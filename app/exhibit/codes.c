/* The one table of codes. The words of a message are made where it is found; what a code means is in
 * exhibits/README.md. */
#include "base/array.h"
#include "exhibit/findings.h"

static const struct finding_kind kinds[] = {
    {FINDING_FILE_MISSING, SEVERITY_ERROR, "file-missing"},
    {FINDING_FILE_UNREADABLE, SEVERITY_ERROR, "file-unreadable"},
    {FINDING_FILE_TOO_LARGE, SEVERITY_ERROR, "file-too-large"},
    {FINDING_PATH_LEAVES, SEVERITY_ERROR, "path-leaves-folder"},
    {FINDING_PATH_SYMLINK, SEVERITY_ERROR, "path-symlink"},
    {FINDING_NOT_UTF8, SEVERITY_ERROR, "not-utf8"},
    {FINDING_CONTROL_CHARACTER, SEVERITY_ERROR, "control-character"},
    {FINDING_YAML_SYNTAX, SEVERITY_ERROR, "yaml-syntax"},
    {FINDING_YAML_ALIAS, SEVERITY_ERROR, "yaml-alias"},
    {FINDING_YAML_TAG, SEVERITY_ERROR, "yaml-tag"},
    {FINDING_YAML_DUPLICATE_KEY, SEVERITY_ERROR, "yaml-duplicate-key"},
    {FINDING_YAML_DEPTH, SEVERITY_ERROR, "yaml-too-deep"},
    {FINDING_YAML_SIZE, SEVERITY_ERROR, "yaml-too-many-values"},
    {FINDING_YAML_DOCUMENTS, SEVERITY_ERROR, "yaml-several-documents"},
    {FINDING_FILE_STRAY, SEVERITY_WARNING, "file-stray"},
    {FINDING_WRONG_TYPE, SEVERITY_ERROR, "wrong-type"},
    {FINDING_UNKNOWN_KEY, SEVERITY_ERROR, "unknown-key"},
    {FINDING_KEY_MISSING, SEVERITY_ERROR, "key-missing"},
    {FINDING_FORMAT_VERSION, SEVERITY_ERROR, "format-version"},
    {FINDING_BAD_ID, SEVERITY_ERROR, "bad-id"},
    {FINDING_DUPLICATE_ID, SEVERITY_ERROR, "duplicate-id"},
    {FINDING_UNKNOWN_WORD, SEVERITY_ERROR, "unknown-word"},
    {FINDING_BAD_NUMBER, SEVERITY_ERROR, "bad-number"},
    {FINDING_BAD_DATE, SEVERITY_ERROR, "bad-date"},
    {FINDING_BAD_TIME, SEVERITY_ERROR, "bad-time"},
    {FINDING_BAD_BOX, SEVERITY_ERROR, "bad-box"},
    {FINDING_UNKNOWN_REFERENCE, SEVERITY_ERROR, "unknown-reference"},
    {FINDING_PROVENANCE_MISSING, SEVERITY_ERROR, "provenance-missing"},
    {FINDING_PROVENANCE_KIND, SEVERITY_ERROR, "provenance-kind"},
    {FINDING_PROVENANCE_UNUSED, SEVERITY_WARNING, "provenance-unused"},
    {FINDING_LAYER_WITHOUT_TEXT, SEVERITY_ERROR, "layer-without-text"},
    {FINDING_LAYERS_UNALIGNED, SEVERITY_ERROR, "layers-unaligned"},
    {FINDING_TEXT_WITHOUT_LAYER, SEVERITY_WARNING, "text-without-layer"},
    {FINDING_IMAGE_KIND, SEVERITY_ERROR, "image-kind"},
    {FINDING_ZONE_OUTSIDE, SEVERITY_ERROR, "zone-outside-page"},
    {FINDING_ZONE_SEGMENT, SEVERITY_ERROR, "zone-unknown-segment"},
    {FINDING_ZONE_SHAPE, SEVERITY_ERROR, "zone-shape"},
    {FINDING_CAMERA_OUTSIDE, SEVERITY_ERROR, "camera-outside-page"},
    {FINDING_EVENT_ORDER, SEVERITY_WARNING, "event-order"},
    {FINDING_EVENT_END, SEVERITY_ERROR, "event-end"},
    {FINDING_COORDINATES, SEVERITY_ERROR, "coordinates"},
    {FINDING_MAP_EXTENT, SEVERITY_ERROR, "map-extent"},
    {FINDING_OFF_THE_MAP, SEVERITY_WARNING, "off-the-map"},
    {FINDING_ROUTE_ORDER, SEVERITY_ERROR, "route-order"},
    {FINDING_LINK_DANGLING, SEVERITY_ERROR, "link-dangling"},
    {FINDING_LINK_WEB, SEVERITY_ERROR, "link-web"},
    {FINDING_LINK_NO_PLACE, SEVERITY_ERROR, "link-no-place"},
    {FINDING_HTML, SEVERITY_ERROR, "html"},
    {FINDING_IMAGE_IN_TEXT, SEVERITY_ERROR, "image-in-text"},
    {FINDING_ANCHOR_MALFORMED, SEVERITY_ERROR, "anchor-malformed"},
    {FINDING_ANCHOR_MISPLACED, SEVERITY_WARNING, "anchor-misplaced"},
    {FINDING_ANCHOR_DUPLICATE, SEVERITY_ERROR, "anchor-duplicate"},
    {FINDING_NOTE_TITLE, SEVERITY_ERROR, "note-title"},
    {FINDING_MARKDOWN_DEPTH, SEVERITY_ERROR, "markdown-too-deep"},
    {FINDING_BRACKETS, SEVERITY_WARNING, "brackets"},
    {FINDING_LINK_DEFINITION, SEVERITY_WARNING, "link-definition"},
    {FINDING_LANGUAGE_TAG, SEVERITY_ERROR, "language-tag"},
    {FINDING_LANGUAGE_UNLISTED, SEVERITY_ERROR, "language-unlisted"},
    {FINDING_LANGUAGE_LACKING, SEVERITY_WARNING, "language-lacking"},
    {FINDING_SENTENCE_LONG, SEVERITY_WARNING, "sentence-long"},
    {FINDING_LABEL_LONG, SEVERITY_WARNING, "label-long"},
    {FINDING_IMAGE_UNREADABLE, SEVERITY_ERROR, "image-unreadable"},
    {FINDING_IMAGE_SIZE, SEVERITY_ERROR, "image-size"},
    {FINDING_IMAGE_TOO_LARGE, SEVERITY_ERROR, "image-too-large"},
    {FINDING_TILE_MISSING, SEVERITY_ERROR, "tile-missing"},
    {FINDING_IMAGE_FEATURE, SEVERITY_WARNING, "image-feature"},
    {FINDING_IMAGE_WANTS_TILES, SEVERITY_WARNING, "image-wants-tiles"},
    {FINDING_PYRAMID_MALFORMED, SEVERITY_ERROR, "pyramid-malformed"},
    {FINDING_TILE_UNREADABLE, SEVERITY_ERROR, "tile-unreadable"},
    {FINDING_TILE_SIZE, SEVERITY_ERROR, "tile-size"},
    {FINDING_TILE_EXCHANGED, SEVERITY_WARNING, "tile-exchanged"},
    {FINDING_CHARACTER_WITHOUT_FONT, SEVERITY_WARNING, "character-without-font"},
    {FINDING_STAND_TARGET, SEVERITY_WARNING, "target-small"},
    {FINDING_STAND_TEXT, SEVERITY_WARNING, "text-small"},
    {FINDING_STAND_REACH, SEVERITY_WARNING, "out-of-reach"},
    {FINDING_STAND_ROOM, SEVERITY_WARNING, "no-room"},
    {FINDING_SITE_HOURS, SEVERITY_ERROR, "bad-hours"},
    {FINDING_SITE_CODE, SEVERITY_ERROR, "staff-code"},
};

const struct finding_kind *finding_kinds(size_t *count)
{
    *count = ARRAY_LENGTH(kinds);
    return kinds;
}

const struct finding_kind *finding_kind_find(int code)
{
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
        if (kinds[i].code == code) {
            return &kinds[i];
        }
    }
    return NULL;
}
