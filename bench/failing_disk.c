/* A disk that fails: preloaded, it lets the n-th write, truncation or flush of the files whose path contains a given text fail, once or until told otherwise.
   cc -shared -fPIC -O2 -o failing_disk.so failing_disk.c -ldl;  LD_PRELOAD=./failing_disk.so minzheng bench nth-write   (bench/failing-disk does both)
   The program that is tried lays the fault itself, through failing_disk_arm. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long passed, due;
static atomic_int code, lasting, fired;
static char part[256];

/* The n-th call from now on fails with an errno, or ends the process where `error` is 0; `lasts`: so do all that follow. An empty path disarms. */
void failing_disk_arm(long number, int error, int lasts, const char *path) {
    atomic_store(&due, 0);
    snprintf(part, sizeof part, "%s", path);
    atomic_store(&passed, 0);
    atomic_store(&fired, 0);
    atomic_store(&code, error);
    atomic_store(&lasting, lasts);
    atomic_store(&due, *path ? number : 0);
}

/* How many calls failed since, and how many there were. */
int failing_disk_fired(void) { return atomic_load(&fired); }
long failing_disk_passed(void) { return atomic_load(&passed); }

static int is_ours(int file) {
    char link[64], path[1024];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strstr(path, part) != NULL;
}

/* Whether this call fails. */
static int fails(int file) {
    long number = atomic_load(&due);
    if (number == 0 || !is_ours(file)) return 0;
    long now = atomic_fetch_add(&passed, 1) + 1;
    if (now != number && !(atomic_load(&lasting) && now > number)) return 0;
    atomic_fetch_add(&fired, 1);
    return 1;
}

static ssize_t refused(int file, const void *bytes, size_t count, off64_t place, ssize_t (*write_some)(int, const void *, size_t, off64_t)) {
    int error = atomic_load(&code);
    if (error == 0) {
        /* Half of it reaches the file, as when the power goes. */
        if (count > 1) write_some(file, bytes, count / 2, place);
        kill(getpid(), SIGKILL);
        pause();
    }
    errno = error;
    return -1;
}

static ssize_t plain_write(int file, const void *bytes, size_t count, off64_t place) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    (void)place;
    return real(file, bytes, count);
}

static ssize_t placed_write(int file, const void *bytes, size_t count, off64_t place) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    return real(file, bytes, count, place);
}

ssize_t write(int file, const void *bytes, size_t count) {
    return fails(file) ? refused(file, bytes, count, 0, plain_write) : plain_write(file, bytes, count, 0);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
    return fails(file) ? refused(file, bytes, count, place, placed_write) : placed_write(file, bytes, count, place);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) { return pwrite64(file, bytes, count, place); }

#define FLUSH(name)                                                            \
    int name(int file) {                                                       \
        static int (*real)(int);                                               \
        if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, #name);               \
        return fails(file) ? (int)refused(file, NULL, 0, 0, NULL) : real(file); \
    }
FLUSH(fsync)
FLUSH(fdatasync)

int ftruncate64(int file, off64_t length) {
    static int (*real)(int, off64_t);
    if (!real) real = (int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64");
    return fails(file) ? (int)refused(file, NULL, 0, 0, NULL) : real(file, length);
}
int ftruncate(int file, off_t length) { return ftruncate64(file, length); }
