/* What must hold of the words on the screen: all of it is in the language that was chosen, and a caption goes
 * when what it says has been said. */
#include "rules.h"

#include <string.h>

#define CAPTION_MS_MAX 120000 /* the longest sentence is read sooner */
#define CAPTION_UPDATES 3

static int language_number(const struct exhibit_head *head, const char *language)
{
    for (size_t i = 0; i < head->language_count && i < WORLD_LANGUAGES; i++) {
        if (strcmp(head->languages[i], language) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* The bar says the same in one language on every screen, and something else in each of the others. */
static bool bar_speaks_it(struct world *world, const struct box_tree *tree, const struct visit *visit)
{
    int home = box_find(tree, "bar.home"), contrast = box_find(tree, "bar.contrast");
    int language = language_number(exhibit_head(visit->frame.exhibit), visit->language);
    if (home < 0 || contrast < 0 || language < 0) {
        return true;
    }
    struct str a = tree->boxes[home].name, b = tree->boxes[contrast].name;
    uint64_t hash = str_hash_words(str_hash_words(STR_HASH_START, a.data, a.length), b.data, b.length);
    world->bar_words[language] = world->bar_words[language] != 0 ? world->bar_words[language] : hash;
    for (int i = 0; i < WORLD_LANGUAGES; i++) {
        if ((world->bar_words[i] == hash) != (i == language)) {
            return world_break(world, "words", "the bar says \"%.*s\" where the language is %s", STR_ARGS(a),
                visit->language);
        }
    }
    return true;
}

bool rules_words(struct world *world)
{
    const struct box_tree *tree = player_tree(world->player);
    const struct visit *visit = player_visit(world->player);
    if (tree->language == NULL || strcmp(tree->language, visit->language) != 0) {
        return world_break(world, "words", "the screen is in %s, not in %s",
            tree->language != NULL ? tree->language : "none", visit->language);
    }
    if (!visit->listening && box_find(tree, "caption") >= 0) {
        return world_break(world, "caption", "there is a caption, and nobody listens");
    }
    return bar_speaks_it(world, tree, visit);
}

void rules_note_caption(struct world *world)
{
    const struct box_tree *tree = player_tree(world->player);
    int box = player_visit(world->player)->listening ? box_find(tree, "caption.text") : -1;
    struct str said = box >= 0 ? tree->boxes[box].name : STR("");
    uint64_t hash = said.length > 0 ? str_hash_words(STR_HASH_START, said.data, said.length) : 0;
    if (hash != world->caption) {
        world->caption = hash;
        world->caption_ms = world->now_ms;
        world->caption_since = world->updates;
    }
}

bool rules_caption(struct world *world)
{
    bool stays = world->caption != 0 && world->now_ms - world->caption_ms > CAPTION_MS_MAX &&
                 world->updates > world->caption_since + CAPTION_UPDATES;
    return !stays || world_break(world, "caption", "a caption stays when it has been said");
}
