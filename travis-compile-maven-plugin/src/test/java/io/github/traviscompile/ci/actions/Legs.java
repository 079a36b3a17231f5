package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.platform.CargoBuild;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.LegKey;
import io.github.traviscompile.platform.Output;
import io.github.traviscompile.platform.OutputKind;
import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.Service;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Legs on GitHub Actions for tests. */
final class Legs {

    static final String BRANCH = "travis-compile/20261122T151312Z-0123456789abcdef0123456789abcdef";

    private static final CargoBuild BUILD = new CargoBuild(List.of("greet"), List.of(), false, "release", false);

    private Legs() {}

    static Leg leg(Platform platform) {
        return new Leg(
                platform,
                Service.GITHUB_ACTIONS,
                Optional.empty(),
                BUILD,
                new TreeMap<>(),
                List.of(Output.of(OutputKind.BIN, platform.naming().fileName(OutputKind.BIN, "greet"))));
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
                .map(leg -> new KeyedLeg(leg, LegKey.random(random), endpoint))
                .toList();
    }
}
