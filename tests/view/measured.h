/* What must hold of any screen, measured on its boxes: see view/audit.h. */
#ifndef TESTS_VIEW_MEASURED_H
#define TESTS_VIEW_MEASURED_H

#include "stand.h"

#include "base/array.h"
#include "view/audit.h"

#include "check.h"

struct measured {
    const char *exhibit; /* NULL: the one that ships */
    const char *const *screens;
    size_t screen_count;
    const struct size *sizes;
    size_t size_count;
    int text_size;
    bool contrast, low_reach;
};

/* Upright and across, small and large. */
static const struct size measured_sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {3840, 2160}};

struct about { /* what is looked at, for messages */
    const char *screen, *language;
    struct size window;
    int text_size;
    bool contrast, low_reach;
};

static void say_where(const struct about *a)
{
    fprintf(stderr, "    at %s in %s, %dx%d, text %d%s%s\n", a->screen, a->language, a->window.w, a->window.h,
        a->text_size, a->contrast ? ", high contrast" : "", a->low_reach ? ", low reach" : "");
}

#define EXPECT(about, condition, ...)                                                                        \
    do {                                                                                                     \
        int check_before = check_failures;                                                                   \
        CHECK_THAT(condition, __VA_ARGS__);                                                                  \
        if (check_failures > check_before) {                                                                 \
            say_where(about);                                                                                \
        }                                                                                                    \
    } while (0)

/* Every rule of view/audit.h. */
static void check_tree(const struct box_tree *tree, const struct about *about)
{
    struct audit_breach breaches[8];
    CHECK(tree != NULL && tree->count > 1 && !tree->failed);
    if (tree == NULL) {
        return;
    }
    bool low = about->low_reach && strcmp(about->screen, "attract") != 0;
    size_t count = view_audit(tree, low, breaches, ARRAY_LENGTH(breaches));
    for (size_t i = 0; i < count && i < ARRAY_LENGTH(breaches); i++) {
        EXPECT(about, false, "%s", breaches[i].message);
    }
    CHECK(count <= ARRAY_LENGTH(breaches));
}

/* Checks every screen in every language of the exhibit and every size. */
static inline void measure_screens(const struct measured *measured)
{
    struct stand stand;
    if (!stand_open(&stand, measured->exhibit, measured->sizes[0])) {
        CHECK_THAT(stand.player != NULL, "the exhibit does not open");
        return;
    }
    player_complete(stand.player, true);
    const struct exhibit_head *head = exhibit_head(player_exhibit(stand.player));
    for (size_t s = 0; s < measured->size_count; s++) {
        stand_resize(&stand, measured->sizes[s]);
        for (size_t l = 0; l < head->language_count; l++) {
            stand_appear(
                &stand, head->languages[l], measured->text_size, measured->contrast, measured->low_reach);
            for (size_t i = 0; i < measured->screen_count; i++) {
                struct about about = {measured->screens[i], head->languages[l], measured->sizes[s],
                    measured->text_size, measured->contrast, measured->low_reach};
                check_tree(stand_at(&stand, about.screen), &about);
            }
        }
    }
    stand_close(&stand);
}

static struct measured measured_subject;

static inline void measure_in(int text_size, bool contrast, bool low_reach)
{
    struct measured measured = measured_subject;
    measured.sizes = measured_sizes;
    measured.size_count = ARRAY_LENGTH(measured_sizes);
    measured.text_size = text_size;
    measured.contrast = contrast;
    measured.low_reach = low_reach;
    measure_screens(&measured);
}

static inline void at_100(void)
{
    measure_in(100, false, false);
}

static inline void at_150(void)
{
    measure_in(150, false, false);
}

static inline void at_200(void)
{
    measure_in(200, false, false);
}

static inline void at_125_in_high_contrast(void)
{
    measure_in(125, true, false);
}

static inline void in_low_reach(void)
{
    measure_in(100, false, true);
}

static inline void in_low_reach_at_200(void)
{
    measure_in(200, false, true);
}

/* All of these, for `screens` of an exhibit. */
static inline void measure_looks(const char *exhibit, const char *const *screens, size_t count)
{
    measured_subject = (struct measured){.exhibit = exhibit, .screens = screens, .screen_count = count};
    RUN(at_100);
    RUN(at_150);
    RUN(at_200);
    RUN(at_125_in_high_contrast);
    RUN(in_low_reach);
    RUN(in_low_reach_at_200);
}

#endif
