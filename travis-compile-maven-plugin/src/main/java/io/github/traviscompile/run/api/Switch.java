package io.github.traviscompile.run.api;

import java.util.EnumSet;
import java.util.Set;

/** The parameters of a request that are on or off; parts of the request hold those of theirs that are on. */
public enum Switch {
    ACCEPT_PUBLIC,
    FAIL_FAST,
    JAR_WITH_ALL_PLATFORMS,
    KEEP_ON_FAILURE,
    LOCKED,
    NO_DEFAULT_FEATURES,
    /** Maven's own {@code -o}. */
    OFFLINE,
    PROVENANCE,
    PULL_REQUEST,
    SBOM,
    WINDOWS_STATIC_CRT;

    /** Those of {@code part} that are in {@code on}. */
    static Set<Switch> among(Set<Switch> on, Switch first, Switch... rest) {
        EnumSet<Switch> part = EnumSet.of(first, rest);
        part.retainAll(on);
        return Set.copyOf(part);
    }
}
