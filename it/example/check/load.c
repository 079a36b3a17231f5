/* Usage: load LIBRARY NAME. Loads libgreet_ffi, greets NAME through it and prints what it says. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "greet.h"

static void *library;

static void fail(const char *message) {
    fprintf(stderr, "load: %s\n", message);
    exit(EXIT_FAILURE);
}

static void *function(const char *name) {
    void *address = dlsym(library, name);
    if (address == NULL) {
        fail(dlerror());
    }
    return address;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fail("usage: load LIBRARY NAME");
    }
    library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fail(dlerror());
    }
    /* __typeof__ keeps greet.h the one declaration of these functions. */
    __typeof__(&greet_message) message = (__typeof__(&greet_message))function("greet_message");
    __typeof__(&greet_free) release = (__typeof__(&greet_free))function("greet_free");
    __typeof__(&greet_version) version = (__typeof__(&greet_version))function("greet_version");

    char *said = message(argv[2]);
    if (said == NULL) {
        fail("greet_message returned NULL");
    }
    if (message(NULL) != NULL) {
        fail("greet_message(NULL) is not NULL");
    }
    printf("%s (%s)\n", said, version());
    release(said);
    return EXIT_SUCCESS;
}
