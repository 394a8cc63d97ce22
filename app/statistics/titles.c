/* Whose figures they are: a file for each exhibit, and the exhibit's title in it. */
#include "internal.h"

#include "base/str.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BEGINS "statistics"
#define ENDS ".db"
#define LETTERS 40

struct store_title store_title_of(const struct exhibit *exhibit)
{
    struct store_title title = {.text = ""};
    const struct exhibit_head *head = exhibit != NULL ? exhibit_head(exhibit) : NULL;
    if (head != NULL && head->language_count > 0) {
        const char *found = NULL;
        struct str text = exhibit_string(exhibit, &head->title, head->languages[0], &found);
        snprintf(title.text, sizeof title.text, "%.*s", STR_ARGS(text));
        snprintf(title.language, sizeof title.language, "%s", found != NULL ? found : head->languages[0]);
    }
    return title;
}

/* ---- in the file */

int title_put(sqlite3 *db, const struct store_title *title)
{
    const char *const rows[][2] = {{"title", title->text}, {"language", title->language}};
    sqlite3_stmt *statement = NULL;
    int code = store_run(
        db, "CREATE TABLE IF NOT EXISTS words (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID");
    code = code == SQLITE_OK
               ? sqlite3_prepare_v2(db, "INSERT OR REPLACE INTO words VALUES (?1, ?2)", -1, &statement, NULL)
               : code;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && code == SQLITE_OK; i++) {
        sqlite3_bind_text(statement, 1, rows[i][0], -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, rows[i][1], -1, SQLITE_STATIC);
        code = sqlite3_step(statement);
        code = code == SQLITE_DONE ? sqlite3_reset(statement) : code;
    }
    sqlite3_finalize(statement);
    return code;
}

static void take_word(sqlite3 *db, const char *sql, char *text, size_t size)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char *word = sqlite3_column_text(statement, 0);
        snprintf(text, size, "%s", word != NULL ? (const char *)word : "");
    }
    sqlite3_finalize(statement);
}

void title_take(sqlite3 *db, struct store_title *title)
{
    take_word(db, "SELECT text FROM words WHERE name = 'title'", title->text, sizeof title->text);
    take_word(db, "SELECT text FROM words WHERE name = 'language'", title->language, sizeof title->language);
}

/* ---- names of files */

/* FNV-1a: it need not withstand anybody, only tell titles apart. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return hash;
}

/* What of the title can stand in any file's name, so that somebody who looks into the folder sees which it
 * is. */
static void spell(const char *title, char letters[LETTERS + 2])
{
    size_t length = 0;
    bool gap = true;
    for (; *title != '\0' && length < LETTERS; title++) {
        char c = *title >= 'A' && *title <= 'Z' ? (char)(*title - 'A' + 'a') : *title;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (gap) {
                letters[length++] = '-';
            }
            letters[length++] = c;
            gap = false;
        } else {
            gap = true;
        }
    }
    letters[length] = '\0';
}

static bool is_file(const char *name)
{
    struct str text = str_from(name);
    return str_starts_with(text, STR(BEGINS)) && str_ends_with(text, STR(ENDS));
}

static int count_files(const char *folder)
{
    DIR *stream = opendir(folder);
    int count = 0;
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        count += is_file(entry->d_name);
    }
    if (stream != NULL) {
        closedir(stream);
    }
    return count;
}

bool store_path(const char *folder, const struct store_title *title, char *path, size_t size)
{
    char letters[LETTERS + 2];
    spell(title->text, letters);
    int length =
        snprintf(path, size, "%s/" BEGINS "%s-%016" PRIx64 ENDS, folder, letters, hash_of(title->text));
    bool fits = length > 0 && (size_t)length < size;
    bool own = title->text[0] != '\0' && fits;
    if (own && access(path, F_OK) != 0) {
        own = count_files(folder) < STORE_FILES;
    }
    if (!own) {
        length = snprintf(path, size, "%s/" BEGINS ENDS, folder);
    }
    return length > 0 && (size_t)length < size;
}

bool store_next(const char *folder, char *path, size_t size)
{
    const char *slash = strrchr(path, '/');
    char before[256], best[256] = "";
    snprintf(before, sizeof before, "%s", slash != NULL ? slash + 1 : "");
    DIR *stream = opendir(folder);
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        const char *name = entry->d_name;
        if (is_file(name) && strcmp(name, before) > 0 && (best[0] == '\0' || strcmp(name, best) < 0)) {
            snprintf(best, sizeof best, "%s", name);
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
    int length = snprintf(path, size, "%s/%s", folder, best);
    return best[0] != '\0' && length > 0 && (size_t)length < size;
}
