#include "failing.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PENDING = 512, FILES = 8 };

struct pending { /* one change since the last sync */
    sqlite3_int64 offset;
    int length; /* -1: cut at offset */
    unsigned char *bytes;
};

/* A file as SQLite sees it; the system's stands behind it in memory. */
struct file {
    sqlite3_file base;
    struct durable *durable;
};

struct durable { /* what a power cut leaves of one file, however often it is open */
    char name[512];
    int users;
    sqlite3_file *real;
    unsigned char *image; /* as it was at the last sync */
    sqlite3_int64 size;
    struct pending pending[PENDING];
    int count;
};

static struct {
    enum failing_way way;
    long at, count;
    int code;
    uint64_t seed;
    struct durable files[FILES];
} failing;

void failing_set(enum failing_way way, long at, int code, uint64_t seed)
{
    failing.way = way;
    failing.at = at;
    failing.code = code;
    failing.seed = seed | 1;
    failing.count = 0;
}

long failing_count(void)
{
    return failing.count;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return (sqlite3_file *)((char *)file + sizeof(struct file));
}

/* ---- power */

static void remember(struct durable *durable, sqlite3_int64 offset, const void *bytes, int length)
{
    if (durable == NULL || durable->count == PENDING) {
        return;
    }
    struct pending *pending = &durable->pending[durable->count++];
    *pending = (struct pending){offset, length, NULL};
    if (length > 0) {
        pending->bytes = malloc((size_t)length);
        memcpy(pending->bytes, bytes, (size_t)length);
    }
}

static void settle(struct durable *durable)
{
    if (durable == NULL) {
        return;
    }
    for (int i = 0; i < durable->count; i++) {
        free(durable->pending[i].bytes);
    }
    durable->count = 0;
    free(durable->image);
    durable->image = NULL;
    durable->size = 0;
    if (durable->real->pMethods->xFileSize(durable->real, &durable->size) == SQLITE_OK && durable->size > 0) {
        durable->image = malloc((size_t)durable->size);
        durable->real->pMethods->xRead(durable->real, durable->image, (int)durable->size, 0);
    }
}

/* The synced state, and on top of it those of the later changes that happened to reach the disk. */
static void lose_power(void)
{
    for (int f = 0; f < FILES; f++) {
        struct durable *durable = &failing.files[f];
        sqlite3_file *real = durable->real;
        if (real == NULL) {
            continue;
        }
        real->pMethods->xTruncate(real, 0);
        if (durable->size > 0) {
            real->pMethods->xWrite(real, durable->image, (int)durable->size, 0);
        }
        for (int i = 0; i < durable->count; i++) {
            const struct pending *pending = &durable->pending[i];
            failing.seed = failing.seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            if (failing.seed >> 63 == 0) {
                continue;
            }
            if (pending->length < 0) {
                real->pMethods->xTruncate(real, pending->offset);
            } else {
                real->pMethods->xWrite(real, pending->bytes, pending->length, pending->offset);
            }
        }
    }
    kill(getpid(), SIGKILL);
}

/* ---- operations */

enum operation { READ, WRITE, OTHER };

/* True: the operation answers with the code. */
static int fails(enum operation operation)
{
    int answers = failing.way == FAILING_ONCE || failing.way == FAILING_EVER;
    if (operation == READ && !answers) {
        return 0;
    }
    failing.count++;
    if (failing.way == FAILING_EVER) {
        return failing.count >= failing.at;
    }
    if (failing.count != failing.at) {
        return 0;
    }
    if (failing.way == FAILING_KILL || (failing.way == FAILING_TORN && operation != WRITE)) {
        kill(getpid(), SIGKILL);
    } else if (failing.way == FAILING_POWER) {
        lose_power();
    }
    return failing.way == FAILING_ONCE;
}

static int file_close(sqlite3_file *file)
{
    struct durable *durable = ((struct file *)file)->durable;
    if (durable != NULL && --durable->users == 0) {
        settle(durable);
        free(durable->image);
        memset(durable, 0, sizeof *durable);
    }
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int file_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
    return fails(READ) ? failing.code == SQLITE_FULL ? SQLITE_IOERR_READ : failing.code
                       : real_of(file)->pMethods->xRead(real_of(file), bytes, length, offset);
}

static int file_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
    if (fails(WRITE)) {
        return failing.code;
    }
    if (failing.way == FAILING_TORN && failing.count == failing.at) {
        real_of(file)->pMethods->xWrite(real_of(file), bytes, length / 2, offset);
        kill(getpid(), SIGKILL);
    }
    remember(((struct file *)file)->durable, offset, bytes, length);
    return real_of(file)->pMethods->xWrite(real_of(file), bytes, length, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (fails(OTHER)) {
        return failing.code;
    }
    remember(((struct file *)file)->durable, size, NULL, -1);
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int file_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    if (fails(OTHER)) {
        return failing.code;
    }
    settle(((struct file *)file)->durable);
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int file_check(sqlite3_file *file, int *out)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int file_control(sqlite3_file *file, int op, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), op, argument);
}

static int file_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

/* A disk that promises nothing. */
static int file_traits(sqlite3_file *file)
{
    (void)file;
    return 0;
}

static int file_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void file_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int file_unmap(sqlite3_file *file, int remove)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods methods = {2, file_close, file_read, file_write, file_truncate, file_sync,
    file_size, file_lock, file_unlock, file_check, file_control, file_sector, file_traits, file_map,
    file_shm_lock, file_barrier, file_unmap, NULL, NULL};

/* ---- the VFS */

static sqlite3_vfs *system_vfs(const sqlite3_vfs *vfs)
{
    return vfs->pAppData;
}

static struct durable *find_durable(const char *name, sqlite3_file *real)
{
    struct durable *unused = NULL;
    for (int i = 0; i < FILES; i++) {
        struct durable *durable = &failing.files[i];
        if (durable->users > 0 && strcmp(durable->name, name) == 0) {
            durable->users++;
            return durable;
        }
        unused = unused == NULL && durable->users == 0 ? durable : unused;
    }
    if (unused != NULL) {
        strncpy(unused->name, name, sizeof unused->name - 1);
        unused->users = 1;
        unused->real = real;
        settle(unused);
    }
    return unused;
}

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    struct file *own = (struct file *)file;
    own->durable = NULL;
    int code = system_vfs(vfs)->xOpen(system_vfs(vfs), name, real_of(file), flags, out);
    file->pMethods = code == SQLITE_OK ? &methods : NULL;
    if (code == SQLITE_OK && name != NULL &&
        (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0) {
        own->durable = find_durable(name, real_of(file));
    }
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)sync;
    return fails(OTHER) ? failing.code : system_vfs(vfs)->xDelete(system_vfs(vfs), name, 0);
}

int failing_register(void)
{
    static sqlite3_vfs vfs;
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    vfs = *system;
    vfs.zName = FAILING_VFS;
    vfs.pAppData = system;
    vfs.pNext = NULL;
    vfs.szOsFile = (int)sizeof(struct file) + system->szOsFile;
    vfs.xOpen = vfs_open;
    vfs.xDelete = vfs_delete;
    return sqlite3_vfs_register(&vfs, 0);
}
