/* A disk between the program and the kernel: writes down what is done to the files of one folder,
 * and fails the n-th call of a kind when it was told to. Loaded with LD_PRELOAD; disk.py reads
 * what it wrote.
 *
 * BILLOPS_DISK_FOLDER  absolute path; files below it are watched (every open is noted all the same)
 * BILLOPS_DISK_LOG     where to write down; nothing is written down without it
 * disk_fail(kind, nth, error, lasting)  from Python by ctypes: the nth call from now on fails
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#define FILES 4096
#define LINE 8192
#define HALF 2

enum kind { WRITE, SYNC, OPEN, KINDS };

static char *paths[FILES];
static const char *folder;
static int log_file = -1;
static long calls[KINDS], failing[KINDS];
static int failure[KINDS], lasting[KINDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_truncate)(int, off_t);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);
static int (*real_connect)(int, const struct sockaddr *, socklen_t);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static FILE *(*real_fopen)(const char *, const char *);

static void find(void)
{
    if (real_write)
        return;
    real_open = dlsym(RTLD_NEXT, "open");
    real_openat = dlsym(RTLD_NEXT, "openat");
    real_close = dlsym(RTLD_NEXT, "close");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_truncate = dlsym(RTLD_NEXT, "ftruncate");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_connect = dlsym(RTLD_NEXT, "connect");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite");
    real_fopen = dlsym(RTLD_NEXT, "fopen");
    real_write = dlsym(RTLD_NEXT, "write");
}

__attribute__((constructor)) static void begin(void)
{
    find();
    folder = getenv("BILLOPS_DISK_FOLDER");
    const char *name = getenv("BILLOPS_DISK_LOG");
    if (name)
        log_file = real_open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int watched(const char *path)
{
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static const char *path_of(int file)
{
    return file >= 0 && file < FILES ? paths[file] : NULL;
}

/* One line, then the bytes: "W 4096 512 /path". One call, so that threads do not mix. */
static void note(char what, long long at, size_t length, const char *path, const void *bytes)
{
    if (log_file < 0)
        return;
    char head[LINE];
    int size = snprintf(head, sizeof head, "%c %lld %zu %s\n", what, at, length, path);
    struct iovec parts[HALF] = {{head, (size_t)size}, {(void *)bytes, bytes ? length : 0}};
    int kept = errno;
    if (writev(log_file, parts, HALF) < 0)
        abort();
    errno = kept;
}

void disk_fail(int kind, long nth, int error, int stays)
{
    calls[kind] = 0;
    failing[kind] = nth;
    failure[kind] = error;
    lasting[kind] = stays;
}

long disk_calls(int kind)
{
    return calls[kind];
}

static int fails(enum kind kind)
{
    pthread_mutex_lock(&lock);
    long now = ++calls[kind];
    int failed = failing[kind] && (now == failing[kind] || (lasting[kind] && now > failing[kind]));
    pthread_mutex_unlock(&lock);
    if (failed)
        errno = failure[kind];
    return failed;
}

static int opened(int file, const char *path, int flags)
{
    note('O', file, 0, path, NULL);
    if (file >= 0 && file < FILES && watched(path)) {
        free(paths[file]);
        paths[file] = strdup(path);
        if (flags & O_TRUNC)
            note('T', 0, 0, path, NULL);
    }
    return file;
}

#define MODE(flags)                                                                                \
    mode_t mode = 0;                                                                               \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                           \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode = va_arg(rest, mode_t);                                                               \
        va_end(rest);                                                                              \
    }

int open(const char *path, int flags, ...)
{
    MODE(flags)
    find();
    if (watched(path) && (flags & O_CREAT) && fails(OPEN))
        return -1;
    return opened(real_open(path, flags, mode), path, flags);
}

int open64(const char *path, int flags, ...)
{
    MODE(flags)
    find();
    if (watched(path) && (flags & O_CREAT) && fails(OPEN))
        return -1;
    return opened(real_open(path, flags | O_LARGEFILE, mode), path, flags);
}

int openat(int place, const char *path, int flags, ...)
{
    MODE(flags)
    find();
    return opened(real_openat(place, path, flags, mode), path, flags);
}

int openat64(int place, const char *path, int flags, ...)
{
    MODE(flags)
    find();
    return opened(real_openat(place, path, flags | O_LARGEFILE, mode), path, flags);
}

FILE *fopen(const char *path, const char *how)
{
    find();
    note('O', 0, 0, path, NULL);
    return real_fopen(path, how);
}

FILE *fopen64(const char *path, const char *how)
{
    return fopen(path, how);
}

int close(int file)
{
    find();
    if (path_of(file)) {
        free(paths[file]);
        paths[file] = NULL;
    }
    return real_close(file);
}

ssize_t write(int file, const void *bytes, size_t length)
{
    find();
    const char *path = path_of(file);
    if (path && fails(WRITE))
        return -1;
    long long at = path ? (long long)lseek(file, 0, SEEK_CUR) : 0;
    ssize_t done = real_write(file, bytes, length);
    if (path && done > 0)
        note('W', at, (size_t)done, path, bytes);
    else if (file == STDOUT_FILENO && done > 0)
        note('A', 0, (size_t)done, "-", bytes);
    return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off_t at)
{
    find();
    const char *path = path_of(file);
    if (path && fails(WRITE))
        return -1;
    ssize_t done = real_pwrite(file, bytes, length, at);
    if (path && done > 0)
        note('W', at, (size_t)done, path, bytes);
    return done;
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at)
{
    return pwrite64(file, bytes, length, at);
}

int ftruncate64(int file, off_t length)
{
    find();
    int done = real_truncate(file, length);
    if (path_of(file) && done == 0)
        note('T', length, 0, path_of(file), NULL);
    return done;
}

int ftruncate(int file, off_t length)
{
    return ftruncate64(file, length);
}

static int synced(int file, int (*sync)(int))
{
    const char *path = path_of(file);
    if (path && fails(SYNC))
        return -1;
    int done = sync(file);
    if (path && done == 0)
        note('S', 0, 0, path, NULL);
    return done;
}

int fsync(int file)
{
    find();
    return synced(file, real_fsync);
}

int fdatasync(int file)
{
    find();
    return synced(file, real_fdatasync);
}

int unlink(const char *path)
{
    find();
    int done = real_unlink(path);
    if (watched(path) && done == 0)
        note('U', 0, 0, path, NULL);
    return done;
}

int rename(const char *from, const char *to)
{
    find();
    int done = real_rename(from, to);
    if (watched(from) && done == 0) {
        char both[LINE];
        snprintf(both, sizeof both, "%s\t%s", from, to);
        note('R', 0, 0, both, NULL);
    }
    return done;
}

int connect(int file, const struct sockaddr *to, socklen_t length)
{
    find();
    const char *name = to->sa_family == AF_UNIX ? ((const struct sockaddr_un *)to)->sun_path : "net";
    note('C', to->sa_family, 0, *name ? name : "@", NULL);
    return real_connect(file, to, length);
}
