#include "power.h"

#include <SDL_syswm.h>
#include <dlfcn.h>
#include <string.h>

#if defined SDL_VIDEO_DRIVER_X11

#define DPMS_ON 0
#define DPMS_OFF 3

/* libXext is there where SDL draws on X, which loads it; linked, it would be loaded on every machine. */
struct dpms {
    void *library;
    int (*query)(Display *display, int *event, int *error);
    int (*capable)(Display *display);
    int (*enable)(Display *display);
    int (*disable)(Display *display);
    int (*force)(Display *display, unsigned short level);
};

/* An object pointer is no function pointer in C. */
static bool take(void *library, const char *name, void *function)
{
    void *found = dlsym(library, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

static bool open_dpms(struct dpms *dpms)
{
    dpms->library = dlopen("libXext.so.6", RTLD_LAZY | RTLD_LOCAL);
    return dpms->library != NULL && take(dpms->library, "DPMSQueryExtension", &dpms->query) &&
           take(dpms->library, "DPMSCapable", &dpms->capable) &&
           take(dpms->library, "DPMSEnable", &dpms->enable) &&
           take(dpms->library, "DPMSDisable", &dpms->disable) &&
           take(dpms->library, "DPMSForceLevel", &dpms->force);
}

bool power_set(SDL_Window *window, bool on)
{
    SDL_SysWMinfo info;
    struct dpms dpms = {.library = NULL};
    int event, error;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window, &info) != SDL_TRUE || info.subsystem != SDL_SYSWM_X11) {
        return false;
    }
    Display *display = info.info.x11.display;
    bool good = open_dpms(&dpms) && dpms.query(display, &event, &error) != 0 && dpms.capable(display) != 0;
    if (good && on) {
        dpms.force(display, DPMS_ON);
        dpms.disable(display); /* the site's hours say when it is dark, and no timer of the server's */
    } else if (good) {
        dpms.enable(display);
        dpms.force(display, DPMS_OFF);
    }
    if (dpms.library != NULL) {
        dlclose(dpms.library);
    }
    return good;
}

#else

bool power_set(SDL_Window *window, bool on)
{
    (void)window, (void)on;
    return false;
}

#endif
