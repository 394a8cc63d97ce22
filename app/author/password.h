/* The password of a secret key. */
#ifndef AUTHOR_PASSWORD_H
#define AUTHOR_PASSWORD_H

#include "bundle/minisign.h"

#include <stdio.h>

struct password_source {
    const char *file; /* its first line is the password; NULL: it is asked for */
    FILE *prompt;     /* where the question is written, when it is typed at a terminal */
};

/* A minisign_ask(): from the file, else from the terminal without showing it. Refuses when there is neither.
 */
bool password_ask(void *context, const char *path, char password[MINISIGN_PASSWORD_MAX], struct error *err);

#endif
