package io.github.traviscompile.model;

import java.util.Locale;

/** A target triple as {@code rustc --target} takes it, for example {@code x86_64-unknown-linux-gnu}. */
public record RustTarget(String triple) {

    public RustTarget {
        if (!triple.matches("[a-z0-9_]+(-[a-z0-9_.]+){1,3}")) {
            throw new IllegalArgumentException("Not a Rust target triple: '" + triple + "'.");
        }
    }

    /**
     * Cargo's environment variable for one key of this target, for example {@code CARGO_TARGET_X86_64_APPLE_DARWIN_LINKER}
     * (The Cargo Book, "Environment Variables").
     */
    public String cargoVariable(String key) {
        return "CARGO_TARGET_"
                + triple.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_') + "_" + key;
    }

    @Override
    public String toString() {
        return triple;
    }
}
