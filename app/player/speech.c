/* What is said next: an alert before the focus, the focus before the screen. */
#include "internal.h"

#include "voice/voice.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALERT_VOLUME 45 /* percent: a warning is heard, and startles nobody */

bool speech_open(struct speech *speech, const struct player_options *options, struct error *err)
{
    speech->speaker = options->speaker;
    if (options->utterances != NULL) {
        speech->log = fopen(options->utterances, "w");
        if (speech->log == NULL) {
            return error_set_at(
                err, ERROR_MACHINE, options->utterances, 0, 0, "cannot be written: %s", strerror(errno));
        }
    }
    return true;
}

void speech_finish(struct speech *speech)
{
    if (speech->speaker != NULL) {
        speech->speaker->hush(speech->speaker->context);
    }
    if (speech->log != NULL) {
        fclose(speech->log);
    }
    free(speech->text);
    arena_finish(&speech->arena);
    memset(speech, 0, sizeof *speech);
}

void speech_hush(struct player *player)
{
    struct speech *speech = &player->speech;
    if (speech->kind != SPEECH_NONE && speech->speaker != NULL) {
        speech->speaker->hush(speech->speaker->context);
    }
    player->dirty = player->dirty || speech->captioned;
    speech->kind = SPEECH_NONE;
    speech->captioned = speech->reading = false;
    speech->length = speech->at = 0;
}

void speech_reset(struct player *player)
{
    speech_hush(player);
    player->speech.focus = 0;
    player->speech.warned_ms = 0;
}

/* ---- alert, focus and offer: a text of their own, sentence by sentence */

static void next_of_text(struct player *player)
{
    struct speech *speech = &player->speech;
    struct str text = {speech->text, speech->length};
    struct voice_range range;
    bool alert = speech->kind == SPEECH_ALERT, offer = speech->kind == SPEECH_OFFER;
    if (speech->text == NULL || !voice_sentence(text, speech->language, speech->at, &range)) {
        speech_hush(player);
        return;
    }
    speech->at = range.to;
    say_sentence(player, str_slice(text, range.from, range.to - range.from), speech->language,
        alert ? "warning" : player->visit.here.focus, alert || offer ? ALERT_VOLUME : 0);
}

static void begin(struct player *player, enum speech_kind kind, struct str text, const char *language)
{
    struct speech *speech = &player->speech;
    speech_hush(player);
    free(speech->text);
    speech->text = text.length > 0 ? malloc(text.length) : NULL;
    speech->length = speech->text != NULL ? text.length : 0;
    if (speech->text != NULL) {
        memcpy(speech->text, text.data, text.length);
        speech->kind = kind;
        snprintf(speech->language, sizeof speech->language, "%s", language);
        next_of_text(player);
    }
}

/* The exhibit's languages, the one on the screen first; NULL after the last. */
static const char *offer_language(const struct player *player, size_t index)
{
    const struct exhibit_head *head = exhibit_head(player->exhibit);
    for (size_t i = 0; index > 0 && i < head->language_count; i++) {
        bool shown = strcmp(head->languages[i], player->visit.language) == 0;
        index -= shown ? 0 : 1;
        if (index == 0) {
            return head->languages[i];
        }
    }
    return index == 0 ? player->visit.language : NULL;
}

static void next_offer(struct player *player)
{
    size_t index = player->speech.offered;
    const char *language = offer_language(player, index);
    speech_hush(player);
    if (language != NULL && player->visit.warning_ms == 0) {
        begin(player, SPEECH_OFFER, interface_words(player->interface, language, "listen.offer"), language);
        player->speech.offered = index + 1;
    }
}

void speech_offer(struct player *player)
{
    player->speech.offered = 0;
    if (player->speech.speaker != NULL) {
        next_offer(player);
    }
}

/* The warning speaks by itself, to whoever may be there. */
static bool say_warning(struct player *player)
{
    struct speech *speech = &player->speech;
    int64_t warning = player->visit.warning_ms;
    bool due = warning != 0 && warning != speech->warned_ms;
    speech->warned_ms = warning;
    if (warning == 0 && speech->kind == SPEECH_ALERT) {
        speech_hush(player);
    }
    int box = due ? box_find(&player->tree, "warning") : -1;
    if (box < 0 || speech->speaker == NULL) {
        return false;
    }
    begin(player, SPEECH_ALERT, player->tree.boxes[box].name, player->visit.language);
    return true;
}

/* What is looked for, and what came of it, when it has become another: who types does not leave the key. */
static bool say_query(struct player *player)
{
    struct speech *speech = &player->speech;
    struct str text = reading_of_query(player, &speech->arena);
    uint64_t query = str_hash(STR_HASH_START, text);
    bool other = text.length > 0 && query != speech->query && speech->query != 0;
    speech->query = text.length > 0 ? query : 0;
    if (!other || !player->visit.listening || player->visit.reading) {
        return false;
    }
    begin(player, SPEECH_FOCUS, text, player->visit.language);
    return true;
}

/* The focus is spoken whenever it, or what it says, has become another. */
static bool say_focus(struct player *player)
{
    struct speech *speech = &player->speech;
    const struct visit *visit = &player->visit;
    bool spoken = visit->listening && visit->focus_visible && visit->here.focus[0] != '\0';
    int box = spoken ? box_find(&player->tree, visit->here.focus) : -1;
    if (box < 0 || (player->tree.boxes[box].states & BOX_FOCUSED) == 0) {
        speech->focus = 0;
        return false;
    }
    struct str text = reading_of_control(player, box, &speech->arena);
    uint64_t focus = str_hash(str_hash(STR_HASH_START, str_from(visit->here.focus)), text);
    bool other = focus != speech->focus;
    speech->focus = focus;
    /* On what reads the screen out, the screen is more than a name. */
    if (!other || visit->reading) {
        return false;
    }
    begin(player, SPEECH_FOCUS, text, player->visit.language);
    return true;
}

void speech_update(struct player *player)
{
    struct speech *speech = &player->speech;
    arena_reset(&speech->arena);
    if (player->complete || say_warning(player) || say_focus(player) || say_query(player)) {
        player_lay_out(player);
        return;
    }
    if (speech->kind == SPEECH_SCREEN && !player->visit.reading) {
        speech_hush(player);
    }
    bool text = speech->kind == SPEECH_FOCUS || speech->kind == SPEECH_OFFER || speech->kind == SPEECH_ALERT;
    bool offering = speech->kind == SPEECH_OFFER;
    if (text && say_over(player)) {
        next_of_text(player);
    }
    if (offering && speech->kind == SPEECH_NONE) {
        next_offer(player);
    }
    bool free_now = speech->kind == SPEECH_NONE || (speech->kind == SPEECH_SCREEN && say_over(player));
    if (player->visit.reading && free_now && player->visit.warning_ms == 0) {
        speech->kind = SPEECH_SCREEN;
        reading_next(player);
    }
    player_lay_out(player);
}

int64_t speech_deadline(const struct player *player)
{
    const struct speech *speech = &player->speech;
    if (speech->kind == SPEECH_NONE) {
        return player->visit.reading ? player->now_ms : INT64_MAX;
    }
    if (speech->captioned) {
        return speech->until_ms;
    }
    return speech->speaker != NULL ? speech->speaker->deadline(speech->speaker->context) : player->now_ms;
}
