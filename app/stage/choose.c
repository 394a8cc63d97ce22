#include "choose.h"

#include "base/array.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define GL_RENDERER 0x1F01 /* OpenGL ES 2.0, 6.1.5 */

static bool any_usable(const char *pattern)
{
    glob_t found;
    bool usable = false;
    if (glob(pattern, GLOB_NOSORT, NULL, &found) != 0) {
        return false;
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        usable = usable || access(found.gl_pathv[i], R_OK | W_OK) == 0;
    }
    globfree(&found);
    return usable;
}

bool choose_may_have_card(const char *devices)
{
    char nodes[300], nvidia[300];
    snprintf(nodes, sizeof nodes, "%s/dri/renderD*", devices);
    snprintf(nvidia, sizeof nvidia, "%s/nvidiactl", devices);
    return any_usable(nodes) || any_usable(nvidia);
}

const char *choose_card_name(const char *sdl_name)
{
    const unsigned char *(*get_string)(unsigned name) = NULL;
    void *found = strncmp(sdl_name, "opengl", 6) == 0 && SDL_GL_GetCurrentContext() != NULL
                      ? SDL_GL_GetProcAddress("glGetString")
                      : NULL;
    memcpy(&get_string, &found, sizeof get_string); /* an object pointer is no function pointer in C */
    const unsigned char *name = get_string != NULL ? get_string(GL_RENDERER) : NULL;
    return name != NULL ? (const char *)name : sdl_name;
}

bool choose_is_software(const char *card)
{
    static const char *const words[] = {
        "llvmpipe", "softpipe", "swrast", "Software", "software", "SVGA3D", "SwiftShader"};
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        if (strstr(card, words[i]) != NULL) {
            return true;
        }
    }
    return false;
}

struct presenter *choose_presenter(
    struct window *window, enum stage_painter wanted, const struct log *log, struct error *err)
{
    struct error why = {.category = ERROR_NONE};
    bool forced = wanted == STAGE_PAINTER_RENDERER;
    if (window->quarter_turns != 0) {
        log_write(log, forced ? LOG_WARNING : LOG_INFO, "a display that hangs turned: the compositor draws");
        return presenter_of_surface(window, err);
    }
    if (forced || (wanted == STAGE_PAINTER_AUTO && choose_may_have_card("/dev"))) {
        struct presenter *renderer = presenter_of_renderer(window, forced, &why);
        if (renderer != NULL) {
            return renderer;
        }
        log_write(log, forced ? LOG_WARNING : LOG_INFO, "%s: the compositor draws", why.message);
    }
    return presenter_of_surface(window, err);
}
