#include "player/player.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool join(char out[PLAYER_PATH_MAX], const char *folder, const char *name)
{
    int length = snprintf(out, PLAYER_PATH_MAX, "%s/%s", folder, name);
    return length > 0 && length < PLAYER_PATH_MAX && access(out, F_OK) == 0;
}

static bool executable_folder(char folder[PLAYER_PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", folder, PLAYER_PATH_MAX - 1);
    if (length <= 0 || length >= PLAYER_PATH_MAX - 1) {
        return false;
    }
    folder[length] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = '\0';
    return true;
}

/* Where a thing lies, seen from the folder of the program that runs. */
struct spots {
    const char *variable, *built, *installed, *tested;
};

/* The first that exists of: what the environment says, the build folder's, the installation's, the build
 * folder's seen from a test program. Empty when there is none. */
static bool find(char out[PLAYER_PATH_MAX], const char *folder, struct spots spots)
{
    const char *given = getenv(spots.variable);
    if (given != NULL && given[0] != '\0') {
        return snprintf(out, PLAYER_PATH_MAX, "%s", given) < PLAYER_PATH_MAX && access(out, F_OK) == 0;
    }
    if (join(out, folder, spots.built) || join(out, folder, spots.installed) ||
        join(out, folder, spots.tested)) {
        return true;
    }
    out[0] = '\0';
    return false;
}

bool player_find_tile(char path[PLAYER_PATH_MAX])
{
    static const struct spots tile = {"VITRINE_TILE", "tile/vitrine-tile", "../libexec/vitrine/vitrine-tile",
        "../../app/tile/vitrine-tile"};
    char folder[PLAYER_PATH_MAX];
    return executable_folder(folder) && find(path, folder, tile);
}

bool player_find_paths(struct player_paths *paths, struct error *err)
{
    char folder[PLAYER_PATH_MAX];
    *paths = (struct player_paths){{0}, {0}, {0}};
    if (!executable_folder(folder)) {
        return error_set(err, ERROR_MACHINE, "the program does not find itself: is /proc mounted?");
    }
    static const struct spots exhibit = {"VITRINE_EXHIBIT", "exhibits/telegram-1950",
        "../share/vitrine/exhibits/telegram-1950", "../../app/exhibits/telegram-1950"};
    static const struct spots assets = {
        "VITRINE_ASSETS", "assets", "../share/vitrine/assets", "../../app/assets"};
    static const struct spots decoder = {"VITRINE_DECODER", "scan/vitrine-decode",
        "../libexec/vitrine/vitrine-decode", "../../app/scan/vitrine-decode"};
    find(paths->exhibit, folder, exhibit);
    if (!find(paths->assets, folder, assets)) {
        return error_set(err, ERROR_MACHINE,
            "the folder \"assets\" with fonts and words is not where it belongs: install Vitrine anew");
    }
    if (!find(paths->decoder, folder, decoder)) {
        return error_set(err, ERROR_MACHINE,
            "vitrine-decode, which reads images, is not where it belongs: install Vitrine anew");
    }
    return true;
}
