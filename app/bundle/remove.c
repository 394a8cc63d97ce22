#include "remove.h"

#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define DEEPEST 40 /* nothing that was installed here is so deep */

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool remove_below(int folder, const char *name, int depth)
{
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT) {
        return true;
    }
    int below = depth < DEEPEST ? file_open(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0) : -1;
    DIR *stream = below >= 0 ? fdopendir(below) : NULL;
    if (stream == NULL) {
        if (below >= 0) {
            close(below);
        }
        return false;
    }
    bool all = true;
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        if (!is_dots(entry->d_name)) {
            all = remove_below(below, entry->d_name, depth + 1) && all;
        }
    }
    closedir(stream);
    return all && unlinkat(folder, name, AT_REMOVEDIR) == 0;
}

bool remove_tree(int folder, const char *name)
{
    return remove_below(folder, name, 0);
}
