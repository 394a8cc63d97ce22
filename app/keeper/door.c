#include "door.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FREE_TRIES 3
#define FIRST_WAIT_S 30
#define LONGEST_WAIT_S 3600

static void keep(const struct door *door)
{
    char text[60], beside[620];
    if (door->path[0] == '\0') {
        return;
    }
    snprintf(beside, sizeof beside, "%s.new", door->path);
    int length = snprintf(text, sizeof text, "%d %lld\n", door->tries, (long long)door->last_s);
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0) {
        bool good = write(fd, text, (size_t)length) == length && fsync(fd) == 0;
        good = close(fd) == 0 && good;
        if (!good || rename(beside, door->path) != 0) {
            unlink(beside);
        }
    }
}

void door_init(struct door *door, const char *path)
{
    memset(door, 0, sizeof *door);
    snprintf(door->path, sizeof door->path, "%s", path);
    FILE *in = path[0] != '\0' ? fopen(path, "re") : NULL;
    long long last = 0;
    int tries = 0;
    if (in != NULL) {
        if (fscanf(in, "%9d %19lld", &tries, &last) == 2 && tries > 0) { /* NOLINT(cert-err34-c): bounded */
            door->tries = tries;
            door->last_s = last;
        }
        fclose(in);
    }
}

long door_wait(struct door *door, int64_t now_s)
{
    if (door->tries < FREE_TRIES) {
        return 0;
    }
    int doubled = door->tries - FREE_TRIES;
    int64_t wait = doubled < 7 ? FIRST_WAIT_S << doubled : LONGEST_WAIT_S;
    wait = wait < LONGEST_WAIT_S ? wait : LONGEST_WAIT_S;
    if (now_s < door->last_s) {
        door->last_s = now_s;
        keep(door);
    }
    int64_t passed = now_s - door->last_s;
    return passed < wait ? (long)(wait - passed) : 0;
}

bool door_try(struct door *door, const char *hash, const char *code, int64_t now_s)
{
    door->tries += door->tries < 1000;
    door->last_s = now_s;
    keep(door);
    bool good = sodium_init() >= 0 && crypto_pwhash_str_verify(hash, code, strlen(code)) == 0;
    if (good) {
        door->tries = 0;
        keep(door);
    }
    return good;
}
