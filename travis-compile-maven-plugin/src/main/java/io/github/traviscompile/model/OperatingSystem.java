package io.github.traviscompile.model;

/** The system that a binary says it is for. */
public enum OperatingSystem {
    LINUX("Linux"),
    ANDROID("Android"),
    FREEBSD("FreeBSD"),
    NETBSD("NetBSD"),
    OPENBSD("OpenBSD"),
    DRAGONFLY("DragonFly BSD"),
    SOLARIS("Solaris"),
    HURD("GNU Hurd"),
    MACOS("macOS"),
    /** iOS, tvOS, watchOS, their simulators and what else Apple makes. */
    OTHER_APPLE("another system of Apple than macOS"),
    WINDOWS("Windows"),
    WINDOWS_CE("Windows CE"),
    /** Firmware, drivers and the like, made as Windows makes its files. */
    OTHER_PE("neither a program nor a library of Windows"),
    /** Nothing in the file tells, as in most object files. */
    UNKNOWN("an unknown system");

    private final String words;

    OperatingSystem(String words) {
        this.words = words;
    }

    /** As in a sentence. */
    @Override
    public String toString() {
        return words;
    }
}
