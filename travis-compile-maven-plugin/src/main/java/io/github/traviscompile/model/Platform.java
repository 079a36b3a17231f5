package io.github.traviscompile.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The catalogue of the plugin's platforms, each with its classifier of os-maven-plugin and its Rust target. The usual
 * ABI of a system and CPU precedes others.
 */
public enum Platform {
    LINUX_X86_64("linux-x86_64", "x86_64-unknown-linux-gnu"),
    LINUX_X86_32("linux-x86_32", "i686-unknown-linux-gnu"),
    LINUX_AARCH_64("linux-aarch_64", "aarch64-unknown-linux-gnu"),
    LINUX_X86_64_MUSL("linux-x86_64-musl", "x86_64-unknown-linux-musl"),
    LINUX_AARCH_64_MUSL("linux-aarch_64-musl", "aarch64-unknown-linux-musl"),
    OSX_X86_64("osx-x86_64", "x86_64-apple-darwin"),
    OSX_AARCH_64("osx-aarch_64", "aarch64-apple-darwin"),
    /**
     * Both processors of a Mac in one file, merged from two legs. No compiler has this target, but tools know the word.
     */
    OSX_UNIVERSAL2("osx-universal2", "universal2-apple-darwin"),
    /** Needs Rust 1.41.1 and Xcode 9.4: only a Travis installation that still has macOS machines can build it. */
    OSX_X86_32("osx-x86_32", "i686-apple-darwin"),
    WINDOWS_X86_64("windows-x86_64", "x86_64-pc-windows-msvc"),
    WINDOWS_X86_32("windows-x86_32", "i686-pc-windows-msvc"),
    WINDOWS_AARCH_64("windows-aarch_64", "aarch64-pc-windows-msvc"),
    WINDOWS_X86_64_GNU("windows-x86_64-gnu", "x86_64-pc-windows-gnu"),
    WINDOWS_X86_32_GNU("windows-x86_32-gnu", "i686-pc-windows-gnu");

    private final String word;
    private final RustTarget target;

    Platform(String word, String triple) {
        this.word = word;
        this.target = new RustTarget(triple);
    }

    /** Returns the classifier, equal to {@code ${os.detected.classifier}} if os-maven-plugin knows the platform. */
    public String id() {
        return word;
    }

    public RustTarget target() {
        return target;
    }

    public FileNaming naming() {
        return target.naming();
    }

    /** Returns the platforms that this one is merged from, in the order of the file; none if a leg compiles it. */
    public List<Platform> parts() {
        return this == OSX_UNIVERSAL2 ? List.of(OSX_X86_64, OSX_AARCH_64) : List.of();
    }

    /** Returns the platforms that legs compile for this one: its parts, or itself. */
    public List<Platform> compiled() {
        return parts().isEmpty() ? List.of(this) : parts();
    }

    /** Finds the platform with the id {@code word}. */
    public static Optional<Platform> ofId(String word) {
        return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
    }

    /** Finds the platform with the Rust target {@code triple}. */
    public static Optional<Platform> ofTriple(String triple) {
        return Arrays.stream(values())
                .filter(p -> p.target.triple().equals(triple))
                .findFirst();
    }

    @Override
    public String toString() {
        return word;
    }
}
