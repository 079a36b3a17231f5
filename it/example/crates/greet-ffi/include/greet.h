/* The C face of libgreet_ffi. Strings are UTF-8 and end with NUL. */
#ifndef GREET_H
#define GREET_H

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library. Belongs to the library: not to be freed. */
const char *greet_version(void);

/* Greets name. NULL when name is NULL or not UTF-8; any other result goes back to greet_free. */
char *greet_message(const char *name);

/* Frees a result of greet_message. NULL is allowed. */
void greet_free(char *message);

#ifdef __cplusplus
}
#endif

#endif
