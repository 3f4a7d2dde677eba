/* A disk whose flush takes at least FLUSH_US microseconds: preloaded, it makes a fast or cached disk behave like a plain one.
   cc -shared -fPIC -o slow_flush.so slow_flush.c -ldl;  FLUSH_US=500 LD_PRELOAD=./slow_flush.so minzheng bench acts */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_for_the_disk(void) {
    const char *text = getenv("FLUSH_US");
    if (text) usleep((useconds_t)atoi(text));
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_for_the_disk();
    return real(file);
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_for_the_disk();
    return real(file);
}
