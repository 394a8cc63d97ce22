/* The log as a file: lines with their time, two files at most, and a full disk that ends nothing. */
#include "keeper/keeper.h"

#include "check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[100];

static void lines_carry_their_time(void)
{
    struct error err = {0};
    char line[200] = "";
    int year = 0, month = 0, length = 0;
    FILE *stream = keeper_open_log(path, &err);
    CHECK_THAT(stream != NULL, "%s", err.message);
    struct log log = {stream, LOG_WARNING};
    log_write(&log, LOG_WARNING, "a tile of %s is missing", "letter");
    fclose(stream);
    FILE *in = fopen(path, "r");
    CHECK(in != NULL && fgets(line, sizeof line, in) != NULL);
    CHECK(sscanf(line, "%d-%d-%*dT%*d:%*d:%*d%*5s %n", &year, &month, &length) == 2 &&
          length > 20); /* NOLINT */
    CHECK(year >= 2024 && strcmp(line + length, "vitrine: warning: a tile of letter is missing\n") == 0);
    if (in != NULL) {
        fclose(in);
    }
}

static long size_of(const char *name)
{
    struct stat status;
    return stat(name, &status) == 0 ? (long)status.st_size : -1;
}

static void two_files_at_most(void)
{
    char before[200], third[200];
    struct error err = {0};
    snprintf(before, sizeof before, "%s.1", path);
    snprintf(third, sizeof third, "%s.2", path);
    FILE *stream = keeper_open_log(path, &err);
    struct log log = {stream, LOG_WARNING};
    for (int i = 0; i < 40000; i++) {
        log_write(
            &log, LOG_WARNING, "the same thing again and again, number %d of very many in a long night", i);
    }
    fclose(stream);
    CHECK(size_of(path) > 0 && size_of(path) < (1 << 20) + 1000);
    CHECK(size_of(before) > 1 << 20 && size_of(before) < (1 << 20) + 1000);
    CHECK_INT(size_of(third), -1);
    unlink(before);
}

static void a_pipe_is_not_waited_for(void)
{
    struct error err = {0};
    unlink(path);
    CHECK(mkfifo(path, 0600) == 0);
    CHECK(keeper_open_log(path, &err) == NULL && err.category == ERROR_MACHINE);
    unlink(path);
}

static void a_full_disk_ends_nothing(void)
{
    struct error err = {0};
    FILE *stream = keeper_open_log("/dev/full", &err);
    CHECK(stream != NULL);
    struct log log = {stream, LOG_WARNING};
    log_write(&log, LOG_WARNING, "nobody will read this");
    CHECK(stream != NULL && !ferror(stream) && fclose(stream) == 0);
    CHECK(keeper_open_log("/proc/none/log", &err) == NULL && err.category == ERROR_MACHINE);
}

int main(void)
{
    char folder[] = "/tmp/vitrine-diary-XXXXXX";
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/vitrine.log", folder);
    RUN(lines_carry_their_time);
    RUN(two_files_at_most);
    RUN(a_pipe_is_not_waited_for);
    RUN(a_full_disk_ends_nothing);
    unlink(path);
    rmdir(folder);
    return check_report();
}
