package io.github.traviscompile.run.api;

import java.util.EnumSet;
import java.util.Set;

/** A parameter of a request that is on or off. Each part of the request holds those of its switches that are on. */
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

    /** Returns those of the switches of one part that are in {@code on}. */
    static Set<Switch> among(Set<Switch> on, Switch first, Switch... rest) {
        EnumSet<Switch> part = EnumSet.of(first, rest);
        part.retainAll(on);
        return Set.copyOf(part);
    }
}
