package io.github.traviscompile.model;

/** The kinds of Cargo's outputs that this plugin delivers (The Cargo Book, "Cargo Targets", {@code crate-type}). */
public enum OutputKind {
    /** A dynamic library with a C ABI. */
    CDYLIB,
    /** A Rust dynamic library. */
    DYLIB,
    /** A static library with a C ABI. */
    STATICLIB,
    /** An executable. */
    BIN,
    /** A Python wheel, which a Python build backend makes around a dynamic library. */
    WHEEL;

    /** Whether the user runs the file itself, so that it needs the executable bit in an archive. */
    public boolean isExecutable() {
        return this != STATICLIB && this != WHEEL;
    }
}
