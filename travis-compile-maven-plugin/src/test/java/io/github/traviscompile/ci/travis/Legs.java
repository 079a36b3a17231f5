package io.github.traviscompile.ci.travis;

import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.LegSample;
import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Legs on Travis CI for tests. */
final class Legs {

    static final String BRANCH = "travis-compile/20261122T151312Z-0123456789abcdef0123456789abcdef";

    private Legs() {}

    static Leg leg(Platform platform) {
        return LegSample.unlocked(platform, Service.TRAVIS);
    }

    static Leg leg(Platform platform, String toolchain) {
        return LegSample.of(leg(platform)).by(toolchain).leg();
    }

    /** One leg for each platform that the catalogue gives to Travis CI. */
    static List<Leg> all() {
        return Arrays.stream(Platform.values())
                .filter(platform -> platform.services().contains(Service.TRAVIS))
                .map(platform -> platform == Platform.OSX_X86_32 ? leg(platform, LegacyMac.TOOLCHAIN) : leg(platform))
                .toList();
    }

    static Optional<Leg> named(List<Leg> legs, String id) {
        return legs.stream().filter(leg -> leg.id().equals(id)).findFirst();
    }
}
