package io.github.traviscompile.model;

import java.util.Locale;

/** The C libraries that are told apart. */
public enum LibcFamily {
    GLIBC,
    MUSL,
    /** Android's. */
    BIONIC,
    /** An executable that carries all it needs. */
    STATIC,
    /** A library or an object file that asks for none by name. */
    NONE,
    UNKNOWN;

    /** As in a sentence. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
