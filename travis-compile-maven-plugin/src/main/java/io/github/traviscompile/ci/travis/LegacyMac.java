package io.github.traviscompile.ci.travis;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.Parameter;
import java.util.List;
import java.util.Set;

/**
 * The limits of the platform osx-x86_32: Rust's last standard library for it is that of 1.41 (blog.rust-lang.org,
 * 2020-01-03). The Cargo of that version reads less than today's, and no hosted machine links the target any more.
 */
public final class LegacyMac {

    /** The toolchain of every leg of the platform. */
    public static final String TOOLCHAIN = "1.41.1";

    private static final Set<String> EDITIONS = Set.of("2015", "2018");
    private static final long NEWEST_LOCK = 3;
    private static final String REMEDY = " Leave osx-x86_32 out of " + Parameter.PLATFORMS
            + ", or keep the project to what Rust " + TOOLCHAIN + " reads.";

    private LegacyMac() {}

    /**
     * A manifest's requirements on Cargo, in plain values.
     *
     * @param edition from the manifest or its workspace
     * @param inheritedKeys the keys with {@code workspace = true}, which Cargo 1.64 introduced
     */
    public record PackageNeeds(String name, String edition, List<String> inheritedKeys) {
        public PackageNeeds {
            inheritedKeys = List.copyOf(inheritedKeys);
        }
    }

    /** Refuses a project that Cargo 1.41.1 cannot read, and build settings that it does not support. */
    public static void requireReadable(List<PackageNeeds> packages, CargoBuild build) throws ActionNeededException {
        for (PackageNeeds needs : packages) {
            if (!EDITIONS.contains(needs.edition())) {
                throw refusal("the package '" + needs.name() + "' is of edition " + needs.edition() + ", and "
                        + TOOLCHAIN + " knows 2015 and 2018");
            }
            if (!needs.inheritedKeys().isEmpty()) {
                throw refusal("the package '" + needs.name() + "' inherits " + String.join(", ", needs.inheritedKeys())
                        + " from its workspace, which Cargo can since 1.64");
            }
        }
        if (!Set.of("release", "dev").contains(build.profile())) {
            throw refusal("the profile '" + build.profile() + "' of " + Parameter.PROFILE + " is neither"
                    + " 'release' nor 'dev', and Cargo knows others since 1.57");
        }
    }

    /** Refuses a Cargo.lock of a format later than Cargo 1.41.1. */
    public static void requireReadable(long lockVersion) throws ActionNeededException {
        if (lockVersion > NEWEST_LOCK) {
            throw refusal("Cargo.lock is of version " + lockVersion + ", which Cargo reads since 1.78. (A Cargo.lock of"
                    + " version 3 will do: set rust-version below 1.78 and run 'cargo generate-lockfile')");
        }
    }

    /** Refuses any toolchain except the only possible one. */
    public static void requireToolchain(String toolchain) throws ActionNeededException {
        if (!toolchain.equals(TOOLCHAIN)) {
            throw refusal(Parameter.TOOLCHAIN + " is '" + toolchain + "', but the last standard"
                    + " library for i686-apple-darwin is that of " + TOOLCHAIN);
        }
    }

    private static ActionNeededException refusal(String why) {
        return new ActionNeededException("The platform 'osx-x86_32' cannot be built: " + why + "." + REMEDY);
    }
}
