#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

void progress_init(struct progress *progress, const char *name)
{
    const char *slash = strrchr(name, '/');
    *progress = (struct progress){
        .name = slash != NULL ? slash + 1 : name, .terminal = isatty(STDERR_FILENO) == 1, .shown = -1};
}

void progress_show(struct progress *progress, int percent)
{
    int step = progress->terminal ? 1 : 10;
    int reached = percent - percent % step;
    if (reached <= progress->shown || (reached == 0 && !progress->terminal)) {
        return;
    }
    progress->shown = reached;
    if (progress->terminal) {
        /* A name longer than this would wrap, and a line that wraps cannot renew itself. */
        fprintf(stderr, "\r%.50s: %3d %%", progress->name, reached);
    } else {
        fprintf(stderr, "vitrine: %s: %d %%\n", progress->name, reached);
    }
}

void progress_clear(const struct progress *progress)
{
    if (progress->terminal) {
        fprintf(stderr, "\r%60s\r", "");
    }
}
