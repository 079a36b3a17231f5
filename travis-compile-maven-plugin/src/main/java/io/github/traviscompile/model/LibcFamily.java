package io.github.traviscompile.model;

import java.util.Locale;

/** The C libraries that this plugin distinguishes. */
public enum LibcFamily {
    GLIBC,
    MUSL,
    /** Android's. */
    BIONIC,
    /** An executable that contains all it needs. */
    STATIC,
    /** A library or an object file that names none. */
    NONE,
    UNKNOWN;

    /** Returns its name in messages. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
