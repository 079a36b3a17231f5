package io.github.traviscompile.ci;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Service;
import java.util.Arrays;
import java.util.List;

/** Legs of one service for tests, and what the branch that carries them is called. */
public record Legs(Service service) {

    public static final Legs ACTIONS = new Legs(Service.GITHUB_ACTIONS);
    public static final Legs APPVEYOR = new Legs(Service.APPVEYOR);
    public static final Legs TRAVIS = new Legs(Service.TRAVIS);

    public static final String SLUG = "alice/builds";
    public static final RepositoryName REPOSITORY = new RepositoryName("alice", "builds");
    public static final String BRANCH = "travis-compile/20261122T151312Z-0123456789abcdef0123456789abcdef";

    public Leg leg(Platform platform) {
        return LegSample.unlocked(platform, service);
    }

    public Leg leg(Platform platform, String toolchain) {
        return LegSample.of(leg(platform)).by(toolchain).leg();
    }

    /** One leg for each platform that the catalogue gives to the service. */
    public List<Leg> all() {
        return Arrays.stream(Platform.values())
                .filter(platform -> platform.services().contains(service))
                .map(this::leg)
                .toList();
    }
}
