package io.github.traviscompile.model;

import java.util.Locale;

/** What installs packages on a hosted machine, with the names that it takes. */
public enum PackageManager {
    /** Debian's and Ubuntu's (Debian Policy, 5.6.1), with a processor behind a colon where it is not the machine's. */
    APT("[a-z0-9][a-z0-9+.-]+(:[a-z0-9][a-z0-9-]*)?"),
    /** Homebrew's, of macOS: formulae, with their tap where it is none of Homebrew's own. */
    BREW("([a-z0-9][a-z0-9_.-]*/[a-z0-9][a-z0-9_.-]*/)?[a-z0-9][a-z0-9+_.@-]*"),
    /** Chocolatey, of Windows, whose names are those of NuGet. */
    CHOCO("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private final String names;

    PackageManager(String names) {
        this.names = names;
    }

    /** The one of the machines that compile for {@code platform}. */
    public static PackageManager of(Platform platform) {
        return switch (platform.naming()) {
            case ELF -> APT;
            case MACH_O -> BREW;
            case WINDOWS_MSVC, WINDOWS_GNU -> CHOCO;
        };
    }

    /** Its command, which is also its word in {@code systemPackages}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it takes {@code name}, and nothing but a package for it. */
    public boolean takes(String name) {
        return name.length() <= 128 && name.matches(names);
    }

    @Override
    public String toString() {
        return id();
    }
}
