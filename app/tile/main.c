/* vitrine-tile: makes a pyramid of a page. `vitrine tile` runs it, so that the player never links libvips.
 * The contract of exit codes is the same: 0 done, 1 the input is at fault, 2 wrong usage, 3 the machine is at
 * fault. */
#include "apart.h"
#include "author/options.h"
#include "base/array.h"
#include "image.h"
#include "output.h"
#include "progress.h"
#include "save.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

struct job {
    const struct order *order;
    const char *folder;
    struct outcome *outcome; /* shared with the process that waits */
    struct progress progress;
    pthread_mutex_t lock; /* outcome->warning: libvips' threads warn as well */
    bool started;
};

static bool read_order(int argc, char **argv, struct order *order, struct error *err)
{
    const struct option options[] = {
        {"--page", OPTION_COUNT, &order->page, NULL},
        {"--resolution", OPTION_COUNT, &order->resolution, NULL},
        {"--lossless", OPTION_FLAG, &order->lossless, NULL},
        {"--force", OPTION_FLAG, &order->force, NULL},
    };
    static char name[] = "tile"; /* as it is called, for messages */
    argv[0] = name;
    order->page = order->resolution = -1;
    if (!options_read(&argc, argv, options, ARRAY_LENGTH(options), err)) {
        return false;
    }
    if (argc != 3) {
        return error_set(
            err, ERROR_USAGE, "tile wants an image and an output that ends in .dzi: see vitrine help tile");
    }
    if (order->page == 0) {
        return error_set(err, ERROR_USAGE, "--page cannot be 0: the first page is 1");
    }
    if (order->resolution == 0) {
        return error_set(err, ERROR_USAGE, "--resolution cannot be 0");
    }
    order->page = order->page > 0 ? order->page : 0;
    order->resolution = order->resolution > 0 ? order->resolution : 0;
    order->image = argv[1];
    order->output = argv[2];
    return true;
}

/* What libraries say while they work. The first warning about the image is kept. */
static void on_log(const char *domain, GLogLevelFlags level, const char *message, void *context)
{
    struct job *job = context;
    (void)domain;
    /* Before the image, they are about this machine. A field that libtiff does not know is no loss, archives
     * write many; and the number of warnings is told before their words. */
    if (!job->started || (level & G_LOG_LEVEL_WARNING) == 0 || strstr(message, "nknown field") != NULL ||
        strstr(message, "read gave") != NULL) {
        return;
    }
    pthread_mutex_lock(&job->lock);
    if (job->outcome->warning[0] == '\0') {
        snprintf(job->outcome->warning, sizeof job->outcome->warning, "libvips warns: %.*s",
            (int)strcspn(message, "\n"), message);
    }
    pthread_mutex_unlock(&job->lock);
}

static bool work(void *context, struct error *err)
{
    struct job *job = context;
    g_log_set_default_handler(on_log, job);
    if (VIPS_INIT("vitrine-tile") != 0) {
        return error_set(err, ERROR_MACHINE, "libvips does not start: install libvips42 anew");
    }
    job->started = true;
    VipsImage *image = image_open(job->order, job->outcome, err);
    bool ok = image != NULL &&
              save_pyramid(image, job->order->image, job->folder, job->order->lossless, &job->progress, err);
    if (image != NULL) {
        g_object_unref(image);
    }
    if (ok) {
        progress_show(&job->progress, 100); /* the last rows may not have said so */
    }
    return ok;
}

static void tell(const struct order *order, const struct outcome *outcome)
{
    if (outcome->warning[0] != '\0') {
        fprintf(stderr, "vitrine: %s: %s\n", order->image, outcome->warning);
    }
    if (outcome->pages > 1 && order->page == 0) {
        fprintf(stderr, "vitrine: %s: has %d pages, and this is the first: --page N makes another\n",
            order->image, outcome->pages);
    }
    printf("%s: %d x %d pixels", order->output, outcome->width, outcome->height);
    if (outcome->resolution > 0) {
        printf(", resolution: %d", outcome->resolution); /* as a document.yaml writes it */
    }
    putchar('\n');
}

static bool make(const struct order *order, struct outcome *outcome, struct error *err)
{
    struct output output;
    struct job job = {.order = order, .folder = output.folder, .outcome = outcome};
    bool ok = output_plan(&output, order->output, order->force, err) && output_begin(&output, err);
    if (!ok) {
        return false;
    }
    pthread_mutex_init(&job.lock, NULL);
    progress_init(&job.progress, order->image);
    ok = apart_run(work, &job, err);
    progress_clear(&job.progress);
    ok = ok && output_install(&output, err);
    output_discard(&output);
    pthread_mutex_destroy(&job.lock);
    return ok;
}

int main(int argc, char **argv)
{
    char line[900];
    sigset_t before;
    struct error err = {0};
    struct order order = {0};
    struct outcome *outcome =
        mmap(NULL, sizeof *outcome, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    bool ok = (outcome != MAP_FAILED || error_memory(&err)) && read_order(argc, argv, &order, &err);
    if (ok) {
        apart_hold(&before);
        ok = make(&order, outcome, &err);
        apart_release(&before);
    }
    if (ok) {
        tell(&order, outcome);
        ok = fflush(stdout) == 0 ||
             error_set(&err, ERROR_MACHINE, "what it had to say cannot be written: is the disk full?");
    }
    if (!ok) {
        fprintf(stderr, "vitrine: %s\n", error_text(&err, line, sizeof line));
    }
    return ok ? 0 : err.category != ERROR_NONE ? (int)err.category : (int)ERROR_MACHINE;
}
