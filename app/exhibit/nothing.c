/* An exhibit that has nothing in it, in all of the player's languages: what stands under a message for the
 * staff when no other one can be opened. */
#include "internal.h"

#include "base/stream.h"
#include "path.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static bool list_languages(struct exhibit *exhibit, int folder)
{
    const char **names = NULL;
    size_t count = 0;
    if (path_list(folder, "", &exhibit->arena, &names, &count) != PATH_GOOD) {
        return false;
    }
    const char **languages = exhibit_keep(exhibit, count + 1, sizeof *languages);
    for (size_t i = 0; languages != NULL && i < count; i++) {
        struct str name = str_from(names[i]);
        if (str_ends_with(name, STR(".yaml"))) {
            languages[exhibit->head.language_count++] =
                exhibit_keep_c(exhibit, str_slice(name, 0, name.length - 5));
        }
    }
    exhibit->head.languages = languages;
    return languages != NULL && exhibit->head.language_count > 0;
}

struct exhibit *exhibit_open_nothing(const char *interface_folder, struct error *err)
{
    struct exhibit *exhibit = calloc(1, sizeof *exhibit);
    if (exhibit == NULL) {
        error_memory(err);
        return NULL;
    }
    exhibit->root = -1;
    int folder = stream_descriptor(AT_FDCWD, interface_folder, O_RDONLY | O_DIRECTORY);
    bool good = folder >= 0 && list_languages(exhibit, folder);
    if (folder >= 0) {
        close(folder);
    }
    if (exhibit->no_memory) {
        good = error_memory(err);
    } else if (!good) {
        error_set(err, ERROR_MACHINE, "the words of the player are not in %s: install Vitrine anew",
            interface_folder);
    }
    if (!good) {
        exhibit_destroy(exhibit);
        exhibit = NULL;
    }
    return exhibit;
}
