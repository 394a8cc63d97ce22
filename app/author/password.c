#include "password.h"

#include <errno.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static bool read_line(FILE *file, char password[MINISIGN_PASSWORD_MAX])
{
    char *line = fgets(password, MINISIGN_PASSWORD_MAX, file);
    if (line != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
    }
    return line != NULL;
}

/* Nothing of what is typed is shown, and the terminal is afterwards as it was. */
static bool read_typed(char password[MINISIGN_PASSWORD_MAX])
{
    struct termios before, quiet;
    if (tcgetattr(STDIN_FILENO, &before) != 0) {
        return false;
    }
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    bool read = read_line(stdin, password);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    return read;
}

static bool from_terminal(
    FILE *prompt, const char *path, char password[MINISIGN_PASSWORD_MAX], struct error *err)
{
    if (isatty(STDIN_FILENO) != 1) {
        return error_set_at(err, ERROR_USAGE, path, 0, 0,
            "this key has a password, and there is no terminal to ask for it: name a file with "
            "--password-file");
    }
    fprintf(prompt, "Password of %s: ", path);
    fflush(prompt);
    bool read = read_typed(password);
    fputc('\n', prompt);
    return read || error_set_at(err, ERROR_INPUT, path, 0, 0, "this key has a password, and none was typed");
}

bool password_ask(void *context, const char *path, char password[MINISIGN_PASSWORD_MAX], struct error *err)
{
    const struct password_source *source = context;
    if (source->file == NULL) {
        return from_terminal(source->prompt, path, password, err);
    }
    FILE *file = fopen(source->file, "re");
    if (file == NULL) {
        return error_set_at(
            err, ERROR_INPUT, source->file, 0, 0, "the password cannot be read: %s", strerror(errno));
    }
    setvbuf(file, NULL, _IONBF, 0); /* no second copy of it in a buffer */
    bool read = read_line(file, password);
    fclose(file);
    return read || error_set_at(err, ERROR_INPUT, source->file, 0, 0, "there is no password in it");
}
