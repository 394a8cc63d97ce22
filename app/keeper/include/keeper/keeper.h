/* Looks after a player that nobody looks after: tells the service manager that it lives, keeps the opening
 * hours, writes how it is. It is asked by the session when a frame is on the screen, or when nothing is due
 * and all input was taken, so that a player that hangs is not said to live. */
#ifndef KEEPER_KEEPER_H
#define KEEPER_KEEPER_H

#include "base/error.h"
#include "base/log.h"
#include "exhibit/site.h"
#include "player/session.h"

#include <stdbool.h>

struct keeper;

/* What is to be played: the exhibit that was named, or what `vitrine install` made the current one; where
 * that cannot be opened the one before; where none can, a message. */
struct keeper_choice {
    char exhibit[SITE_PATH_MAX + 16]; /* empty: trouble */
    bool second;                      /* not the one that was meant */
    struct player_trouble trouble;
};
/* `named` by the command line, or NULL; `shipped` is played where neither that nor the site names one. */
void keeper_choose(
    const struct site *site, const char *named, const char *shipped, struct keeper_choice *choice);

struct keeper_options {
    const struct site *site;     /* lent */
    const char *named, *shipped; /* as of keeper_choose(); lent */
    const char *version;         /* lent */
    const struct log *log;       /* lent; may be NULL */
};

/* ERROR_MACHINE when memory is out. Takes NOTIFY_SOCKET and the watchdog's time from the environment, and
 * takes them out of it: no child of the player may speak for it. */
struct keeper *keeper_create(const struct keeper_options *options, struct error *err);
/* Accepts NULL. Tells the service manager that the player is about to end. */
void keeper_destroy(struct keeper *keeper);
/* What the session asks; lent. */
const struct session_keeper *keeper_session(struct keeper *keeper);
/* A sitting begins: chooses what is played; lent until the next one begins. */
const struct keeper_choice *keeper_begin(struct keeper *keeper);
/* The sitting ended so that another one begins at once: what was meant can be opened by now, or the staff
 * asked for it. */
bool keeper_again(const struct keeper *keeper);
/* The staff's menu, where the site has a code; lent. NULL: there is none. */
const struct player_staff *keeper_staff(struct keeper *keeper);
/* How the program is to exit: 0, or KEEPER_EXIT_SHELL where the staff asked for a login on this screen. */
#define KEEPER_EXIT_SHELL 42
int keeper_exit(const struct keeper *keeper);
/* The hash of a code for the site file. ERROR_INPUT for what cannot be typed on the pad. */
bool keeper_hash_code(const char *code, char hash[SITE_HASH_MAX], struct error *err);
/* Without a session, while a message stands: the player lives. */
void keeper_alive(struct keeper *keeper);

/* A stream for struct log, to be closed by fclose(): every line that is flushed to it is written to the file
 * with the local time in front. At 1 MiB the file becomes PATH.1 and a new one begins. What cannot be written
 * is dropped. NULL with *err (ERROR_MACHINE) when the file cannot be opened. */
FILE *keeper_open_log(const char *path, struct error *err);

/* From here on this process, threads that run already too, and its children get EACCES for every socket but
 * AF_UNIX and AF_NETLINK, and cannot make one or take another process's by other means (io_uring, pidfd). By
 * seccomp; cannot be undone. ERROR_MACHINE. */
bool keeper_refuse_network(struct error *err);

#endif
