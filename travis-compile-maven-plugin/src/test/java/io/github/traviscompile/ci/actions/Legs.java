package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.LegKey;
import io.github.traviscompile.platform.LegSample;
import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.Service;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Legs on GitHub Actions for tests. */
final class Legs {

    static final String BRANCH = "travis-compile/20261122T151312Z-0123456789abcdef0123456789abcdef";

    private Legs() {}

    static Leg leg(Platform platform) {
        return LegSample.unlocked(platform, Service.GITHUB_ACTIONS);
    }

    /** One leg for each platform that the catalogue gives to GitHub Actions. */
    static List<Leg> all() {
        return Arrays.stream(Platform.values())
                .filter(platform -> platform.services().contains(Service.GITHUB_ACTIONS))
                .map(Legs::leg)
                .toList();
    }

    /** The key is of no use to them. */
    static List<KeyedLeg> keyed(List<Leg> legs, URI endpoint) {
        SecureRandom random = new SecureRandom();
        return legs.stream()
                .map(leg -> new KeyedLeg(leg, Optional.of(LegKey.random(random)), Optional.of(endpoint)))
                .toList();
    }
}
