package io.github.traviscompile.model;

import java.util.List;
import java.util.Optional;

/**
 * The oldest glibc that linked outputs must run with, for example {@code 2.17}. cargo-zigbuild takes it behind the
 * target (cargo-zigbuild's README, "Specify glibc version").
 */
public record GlibcFloor(int major, int minor) {

    /** The minimum of Rust's standard library (The rustc book, "Platform Support", *-unknown-linux-gnu). */
    public static final GlibcFloor OLDEST = new GlibcFloor(2, 17);

    public GlibcFloor {
        if (major != 2 || minor < 17) {
            throw new IllegalArgumentException("Rust's standard library needs glibc 2.17, so nothing can be linked for "
                    + major + "." + minor + ".");
        }
    }

    /** Takes the first two numbers of {@code version}; linkers ignore the others. */
    public static GlibcFloor of(Version version) {
        List<Integer> numbers = version.numbers();
        return new GlibcFloor(numbers.get(0), numbers.size() > 1 ? numbers.get(1) : 0);
    }

    /** Whether outputs for {@code target} need a glibc at all. */
    public static boolean matters(RustTarget target) {
        return target.libc().equals(Optional.of(LibcFamily.GLIBC));
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
