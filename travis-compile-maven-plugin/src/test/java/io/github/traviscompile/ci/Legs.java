package io.github.traviscompile.ci;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Legs of one service for tests, and what the branch that carries them is called. */
public record Legs(CiProvider provider) {

    public static final Legs ACTIONS = new Legs(new ActionsProvider());
    public static final Legs APPVEYOR = new Legs(new AppVeyorProvider());
    public static final Legs TRAVIS = new Legs(new TravisProvider());

    private static final CiSettings HOSTED =
            new CiSettings(Map.of(Parameter.TRAVIS_API_URL, "https://api.travis-ci.com"), Instant.EPOCH);

    public static final String SLUG = "alice/builds";
    public static final RepositoryName REPOSITORY = new RepositoryName("alice", "builds");
    public static final String BRANCH = "travis-compile/20261122T151312Z-0123456789abcdef0123456789abcdef";

    public Leg leg(Platform platform) {
        return LegSample.unlocked(platform, provider.service());
    }

    public Leg leg(Platform platform, String toolchain) {
        return LegSample.of(leg(platform)).by(toolchain).leg();
    }

    /** One leg for each platform that the hosted service has, or had, a machine for. */
    public List<Leg> all() {
        return Arrays.stream(Platform.values())
                .filter(platform -> platform == Platform.OSX_X86_32
                        ? provider instanceof TravisProvider
                        : provider.rank(platform).isPresent() && supports(platform))
                .map(this::leg)
                .toList();
    }

    private boolean supports(Platform platform) {
        try {
            return provider.unsupportedReason(platform, HOSTED).isEmpty();
        } catch (CrossCompileException e) {
            throw new AssertionError(e);
        }
    }
}
