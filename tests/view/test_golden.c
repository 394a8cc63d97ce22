/* Golden descriptions: what a few screens say, box by box. With VITRINE_UPDATE_GOLDEN=1 in the environment
 * the files are written anew; read the difference before you commit it. */
#include "check.h"
#include "stand.h"

struct golden {
    const char *file, *place, *language;
    struct size window;
    int text_size;
    bool contrast, low_reach;
};

static const struct golden goldens[] = {
    {"attract.en", "attract", "en", {1920, 1080}, 100, false, false},
    {"home.en", "home", "en", {1920, 1080}, 100, false, false},
    {"home.ko.portrait", "home", "ko", {1080, 1920}, 100, false, false},
    {"home.ru.low-reach", "home", "ru", {1920, 1080}, 100, false, true},
    {"parallel.en", "parallel", "en", {1920, 1080}, 100, false, false},
    {"text.zh-hans.200", "text", "zh-Hans", {1024, 600}, 200, true, false},
    {"person.en", "person:mao-zedong", "en", {1920, 1080}, 100, false, false},
    {"places.en", "places", "en", {1920, 1080}, 100, false, false},
    {"search.en", "search", "en", {1920, 1080}, 100, false, false},
    {"search.ru.low-reach", "search", "ru", {1024, 600}, 100, false, true},
    {"timeline.en", "timeline", "en", {1920, 1080}, 100, false, false},
};

static char *describe(struct stand *stand, const struct golden *golden)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL) {
        return NULL;
    }
    stand_resize(stand, golden->window);
    stand_appear(stand, golden->language, golden->text_size, golden->contrast, golden->low_reach);
    const struct box_tree *tree = stand_at(stand, golden->place);
    if (tree != NULL) {
        box_describe(tree, stream);
    }
    fclose(stream);
    return text;
}

static void compare(const char *path, const char *text)
{
    FILE *file = fopen(path, "rb");
    char line[4096];
    int number = 0;
    CHECK_THAT(file != NULL, "%s cannot be read; write it with VITRINE_UPDATE_GOLDEN=1", path);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        size_t length = strlen(line);
        number++;
        bool same = strncmp(line, text, length) == 0;
        CHECK_THAT(
            same, "%s:%d: expected %s  found %.*s", path, number, line, (int)strcspn(text, "\n"), text);
        if (!same) {
            break;
        }
        text += length;
    }
    if (file != NULL) {
        CHECK_THAT(*text == '\0' || check_failures > 0, "%s ends too early", path);
        fclose(file);
    }
}

static void screens_say_what_they_said(void)
{
    struct stand stand;
    bool update = getenv("VITRINE_UPDATE_GOLDEN") != NULL;
    CHECK(stand_open(&stand, NULL, goldens[0].window));
    if (stand.player == NULL) {
        return;
    }
    player_complete(stand.player, true);
    for (size_t i = 0; i < sizeof goldens / sizeof goldens[0]; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/tests/view/golden/%s.txt", TEST_SOURCE_DIR, goldens[i].file);
        char *text = describe(&stand, &goldens[i]);
        CHECK(text != NULL && text[0] != '\0');
        FILE *file = update && text != NULL ? fopen(path, "wb") : NULL;
        if (file != NULL) {
            fputs(text, file);
            fclose(file);
        } else if (text != NULL) {
            compare(path, text);
        }
        free(text);
    }
    stand_close(&stand);
}

int main(void)
{
    RUN(screens_say_what_they_said);
    return check_report();
}
