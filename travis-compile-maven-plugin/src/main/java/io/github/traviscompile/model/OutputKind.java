package io.github.traviscompile.model;

/** What Cargo makes that is worth delivering (The Cargo Book, "Cargo Targets", {@code crate-type}). */
public enum OutputKind {
    /** A dynamic library with a C ABI. */
    CDYLIB,
    /** A Rust dynamic library. */
    DYLIB,
    /** A static library with a C ABI. */
    STATICLIB,
    /** An executable. */
    BIN,
    /** A Python wheel, which a build backend of Python makes around a dynamic library. */
    WHEEL;

    /** Whether the file is run by itself and so needs the executable bit in an archive. */
    public boolean isExecutable() {
        return this != STATICLIB && this != WHEEL;
    }
}
