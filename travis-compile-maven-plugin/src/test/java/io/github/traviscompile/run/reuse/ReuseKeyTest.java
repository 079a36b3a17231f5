package io.github.traviscompile.run.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.GlibcFloor;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.LegSetup;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.SystemPackage;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WheelBuild;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReuseKeyTest {

    private static final TreeId TREE = new TreeId("0123456789abcdef0123456789abcdef01234567");
    private static final Path ROOT = Path.of("");
    private static final Sha256 SCRIPT = Sha256.of("leg.sh".getBytes(StandardCharsets.UTF_8));
    private static final CargoBuild BUILD = build(List.of("a", "b"), List.of("x", "y"));
    private static final Output LIB = Output.of(OutputKind.CDYLIB, "libfoo.so");
    private static final Output BIN = Output.of(OutputKind.BIN, "foo");

    @Test
    void everyInputOfTheOutputsChangesTheKey() {
        List<ReuseKey> keys = new ArrayList<>();
        keys.add(key(leg(BUILD)));
        keys.add(ReuseKey.of(new TreeId("1" + TREE.hex().substring(1)), ROOT, leg(BUILD), "rustc 1", "1.0", SCRIPT));
        keys.add(ReuseKey.of(TREE, Path.of("rust"), leg(BUILD), "rustc 1", "1.0", SCRIPT));
        keys.add(ReuseKey.of(TREE, ROOT, leg(BUILD), "rustc 2", "1.0", SCRIPT));
        keys.add(ReuseKey.of(TREE, ROOT, leg(BUILD), "rustc 1", "1.1", SCRIPT));
        keys.add(ReuseKey.of(TREE, ROOT, leg(BUILD), "rustc 1", "1.0", Sha256.of(new byte[0])));
        keys.add(key(LegSample.of(Platform.LINUX_AARCH_64, Service.LOCAL)
                .building(BUILD)
                .owing(LIB, BIN)));
        keys.add(key(leg(BUILD).on(TravisProvider.SERVICE)));
        keys.add(key(sample().by("1.95")));
        keys.add(key(sample().with(Map.of("A", "1")).owing(LIB)));
        keys.add(key(sample().with(Map.of("A", "2")).owing(LIB)));
        keys.add(key(sample().owing(LIB)));
        keys.add(key(sample().owing(BIN)));
        keys.add(key(leg(build(List.of("a", "b", "x"), List.of("y")))));
        keys.add(key(leg(build(List.of("ab"), List.of("x", "y")))));
        keys.add(key(leg(new CargoBuild(List.of("a", "b"), List.of("x", "y"), true, "release", true))));
        keys.add(key(leg(new CargoBuild(List.of("a", "b"), List.of("x", "y"), false, "dev", true))));
        keys.add(key(leg(new CargoBuild(List.of("a", "b"), List.of("x", "y"), false, "release", false))));
        keys.add(key(sample().trying("java")));
        keys.add(key(sample().trying("./a")));
        keys.add(key(sample().with(new LegSetup(List.of("-C", "a"), List.of()))));
        keys.add(key(sample().with(new LegSetup(List.of("-C", "b"), List.of()))));
        keys.add(key(
                sample().with(new LegSetup(List.of(), List.of(new SystemPackage(PackageManager.APT, "libssl-dev"))))));
        keys.add(key(sample().with(new LegSetup(List.of(), List.of(), Optional.of(new GlibcFloor(2, 17))))));
        keys.add(key(sample().with(new LegSetup(List.of(), List.of(), Optional.of(new GlibcFloor(2, 28))))));
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void orderAndSizeLimitsDoNotChangeTheKey() {
        Leg reordered = sample().building(build(List.of("b", "a"), List.of("y", "x")))
                .owing(BIN, new Output(LIB.id(), LIB.fileName(), LIB.kind(), 7))
                .leg();
        assertThat(key(reordered)).isEqualTo(key(leg(BUILD)));
    }

    /** A new component of a leg needs a decision here: does it change the outputs, and so belong in the key? */
    @Test
    void everyComponentOfALegIsAccountedFor() {
        assertThat(components(Leg.class))
                .containsExactly(
                        "platform",
                        "service",
                        "toolchain",
                        "build",
                        "environment",
                        "outputs",
                        "wheels",
                        "smokeTest",
                        "setup");
        assertThat(components(WheelBuild.class)).containsExactly("backend", "directory", "pythons");
        assertThat(components(LegSetup.class)).containsExactly("rustFlags", "packages", "glibc");
        assertThat(components(CargoBuild.class))
                .containsExactly("packages", "features", "noDefaultFeatures", "profile", "locked");
        assertThat(components(Output.class)).containsExactly("id", "fileName", "kind", "maxBytes");
    }

    /** A changed key makes every user's store worthless, so it must never change by accident. */
    @Test
    void theKeyOfThisReleaseIsPinned() {
        assertThat(key(leg(BUILD)).digest().hex())
                .isEqualTo("40eea47fb89afc35ff9081efe1fa9829964a810f24ee135434627850a4dc65c8");
    }

    private static List<String> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static CargoBuild build(List<String> packages, List<String> features) {
        return new CargoBuild(packages, features, false, "release", true);
    }

    private static Leg leg(CargoBuild build) {
        return sample().building(build).leg();
    }

    private static LegSample sample() {
        return LegSample.of(Platform.LINUX_X86_64, Service.LOCAL)
                .building(BUILD)
                .owing(LIB, BIN);
    }

    private static ReuseKey key(LegSample sample) {
        return key(sample.leg());
    }

    private static ReuseKey key(Leg leg) {
        return ReuseKey.of(TREE, ROOT, leg, "rustc 1", "1.0", SCRIPT);
    }
}
