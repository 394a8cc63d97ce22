/* tile: a pyramid of a page, made by an executable of its own. */
#include "tools.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int author_tile(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    char path[PLAYER_PATH_MAX];
    (void)argc; /* argv ends in NULL, as that of main() does */
    if (!player_find_tile(path)) {
        error_set(&err, ERROR_MACHINE,
            "tile needs vitrine-tile, which was not built here: install the package libvips-dev and build "
            "Vitrine again");
        return author_fail(io, &err);
    }
    fflush(NULL);
    execv(path, argv);
    error_set_at(&err, ERROR_MACHINE, path, 0, 0, "cannot be started: %s", strerror(errno));
    return author_fail(io, &err);
}
