package io.github.traviscompile.model;

import java.util.Locale;

/** The package managers of hosted machines, with the syntax of their package names. */
public enum PackageManager {
    /**
     * Debian's and Ubuntu's (Debian Policy, 5.6.1), with a processor after a colon if it differs from the machine's.
     */
    APT("[a-z0-9][a-z0-9+.-]+(:[a-z0-9][a-z0-9-]*)?"),
    /** Homebrew, of macOS: formulae, with their tap if it is not one of Homebrew's own. */
    BREW("([a-z0-9][a-z0-9_.-]*/[a-z0-9][a-z0-9_.-]*/)?[a-z0-9][a-z0-9+_.@-]*"),
    /** Chocolatey, of Windows, with NuGet's package names. */
    CHOCO("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private final String names;

    PackageManager(String names) {
        this.names = names;
    }

    /** Returns the manager of the machines that compile for {@code platform}. */
    public static PackageManager of(Platform platform) {
        return switch (platform.naming()) {
            case ELF -> APT;
            case MACH_O -> BREW;
            case WINDOWS_MSVC, WINDOWS_GNU -> CHOCO;
        };
    }

    /** Returns its command, which is also its word in {@code systemPackages}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@code name} can only be a package name for it, never an option. */
    public boolean takes(String name) {
        return name.length() <= 128 && name.matches(names);
    }

    @Override
    public String toString() {
        return id();
    }
}
