package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.LegSample;
import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Legs on AppVeyor for tests. */
final class Legs {

    static final String SLUG = "alice/builds";
    static final String BRANCH = "travis-compile/20261122T151312Z-0123456789abcdef0123456789abcdef";

    private Legs() {}

    static Leg leg(Platform platform) {
        return LegSample.unlocked(platform, Service.APPVEYOR);
    }

    static Leg leg(Platform platform, String toolchain) {
        return LegSample.of(leg(platform)).by(toolchain).leg();
    }

    /** One leg for each platform that the catalogue gives to AppVeyor. */
    static List<Leg> all() {
        return Arrays.stream(Platform.values())
                .filter(platform -> platform.services().contains(Service.APPVEYOR))
                .map(platform -> leg(platform))
                .toList();
    }

    /** The file with secrets that nobody can decrypt. */
    static byte[] file(List<Leg> legs) {
        TreeMap<String, String> secure = new TreeMap<>(Map.of("TCMP_KEY", "a2V5IG9mIHRoZSBsZWc=", "TCMP_URL", "dXJs"));
        return AppVeyorFile.of(
                BRANCH, legs.stream().map(leg -> new AppVeyorLeg(leg, secure)).toList());
    }
}
