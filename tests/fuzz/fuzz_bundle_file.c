/* Bundles from anywhere: what is taken is in bounds, and copying it writes nothing but what its list says. */
#include "bundle/bundle.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[40];
    int fd = memfd_create("bundle", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size) {
        abort();
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct bundle *bundle = bundle_open(path, NULL, NULL);
    if (bundle != NULL) {
        struct bundle_facts facts = bundle_facts(bundle);
        if (facts.files == 0 || facts.bytes >= size || facts.serial > BUNDLE_SERIAL_MAX) {
            abort();
        }
        /* What it would be compared with is not there. */
        if (bundle_matches(bundle, -1)) {
            abort();
        }
    }
    bundle_destroy(bundle);
    close(fd);
    return 0;
}
