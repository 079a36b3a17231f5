package io.github.traviscompile.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.GlibcFloor;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.LegSetup;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.SystemPackage;
import io.github.traviscompile.model.WheelBuild;
import io.github.traviscompile.run.api.CiProviders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegFilesTest {

    private static final RunId RUN = RunId.random(new SecureRandom());
    private static final Optional<GlibcFloor> FLOOR = Optional.of(new GlibcFloor(2, 17));

    @Test
    void holdsTheScriptUnchangedAndOneDataFileForEachLeg() {
        SortedMap<String, byte[]> files =
                LegFiles.of(RUN, Path.of(""), List.of(leg(Platform.LINUX_X86_64), leg(Platform.OSX_AARCH_64)));

        assertThat(files)
                .containsOnlyKeys(
                        ".travis-compile/.gitattributes",
                        ".travis-compile/leg.sh",
                        ".travis-compile/linux-x86_64.leg",
                        ".travis-compile/osx-aarch_64.leg");
        assertThat(Sha256.of(Objects.requireNonNull(files.get(".travis-compile/leg.sh"))))
                .isEqualTo(LegFiles.scriptDigest());
        assertThat(new String(files.get(".travis-compile/leg.sh"), StandardCharsets.UTF_8))
                .doesNotContain("\r", RUN.hex());
    }

    @RepeatedTest(200)
    void saysEverythingThatTheLegIs(RepetitionInfo repetition) {
        Leg leg = randomLeg(new Random(repetition.getCurrentRepetition()));
        assertThat(parse(text(leg, Path.of("")), leg.build())).isEqualTo(leg);
    }

    @Test
    void namesTheWorkspaceBelowTheSnapshot() {
        Leg leg = leg(Platform.LINUX_X86_64);
        assertThat(text(leg, Path.of("rust", "käse = 1"))).contains("\ndirectory=rust/käse = 1\n");
        assertThat(text(leg, Path.of(""))).contains("\ndirectory=\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nenv=X=1", "a\rb", "/etc", "../up", "a/../../b"})
    void refusesAWorkspaceThatWouldBreakTheFileOrLeaveTheSnapshot(String directory) {
        assertThatIllegalArgumentException().isThrownBy(() -> text(leg(Platform.LINUX_X86_64), Path.of(directory)));
    }

    @ParameterizedTest
    @CsvSource({
        "LINUX_X86_64_MUSL, CDYLIB, true",
        "LINUX_X86_64_MUSL, BIN, false",
        "LINUX_AARCH_64_MUSL, DYLIB, true",
        "LINUX_X86_64, CDYLIB, false"
    })
    void asksForADynamicCLibraryWhereMuslNeedsIt(Platform platform, OutputKind kind, boolean expected) {
        Leg leg = LegSample.of(platform, Service.LOCAL)
                .owing(Output.of(kind, platform.naming().fileName(kind, "x")))
                .leg();
        assertThat(text(leg, Path.of("")))
                .satisfies(text -> assertThat(text.contains("\nrustflag=-C\nrustflag=target-feature=-crt-static\n"))
                        .isEqualTo(expected));
    }

    @Test
    void tellsTheFlagsOfTheSystem() {
        Leg leg = LegSample.of(leg(Platform.WINDOWS_X86_64))
                .with(new LegSetup(LegSetup.STATIC_CRT, List.of()))
                .leg();
        assertThat(text(leg, Path.of(""))).contains("\nrustflag=-C\nrustflag=target-feature=+crt-static\n");
        assertThatIllegalArgumentException().isThrownBy(() -> new LegSetup(List.of("-C a'b"), List.of()));
    }

    @Test
    void tellsHowWheelsAreBuilt() {
        WheelBuild wheels = new WheelBuild(WheelBuild.Backend.MATURIN, "python/x", List.of("3.12"));
        Leg leg = LegSample.of(Platform.OSX_AARCH_64, Service.LOCAL)
                .building(new CargoBuild(List.of("x"), List.of("fast"), true, "dist", true))
                .owing(wheels)
                .leg();
        assertThat(text(leg, Path.of("")))
                .contains("\nwheel_backend=maturin\nwheel_directory=python/x\nwheel_platform=macosx-11.0-arm64\n"
                        + "wheel_arguments=--compatibility linux --target aarch64-apple-darwin --profile dist --locked"
                        + " --no-default-features --features fast\n")
                .contains("\noutput=wheel-3.12 wheel 1073741824 wheel-3.12.whl\n")
                .doesNotContain("argument=build");
    }

    @Test
    void tellsTheWaysToEndApart() {
        for (LegExit exit : LegExit.values()) {
            assertThat(exit == LegExit.BROKEN_OFF ? LegExit.ofStatus(143) : LegExit.ofStatus(exit.status()))
                    .isEqualTo(exit);
        }
    }

    private static String text(Leg leg, Path directory) {
        byte[] content = LegFiles.of(RUN, directory, List.of(leg)).get(".travis-compile/" + leg.id() + ".leg");
        return new String(content, StandardCharsets.UTF_8);
    }

    private static Leg leg(Platform platform) {
        return LegSample.greet(platform, Service.LOCAL);
    }

    private static Leg randomLeg(Random random) {
        TreeMap<String, String> environment = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            environment.put("V" + i, any(random, List.of("", "a=b", " x ", "'\"$(id)`", "ünï 名", "\\n#")));
        }
        List<Output> outputs = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            OutputKind kind =
                    any(random, List.of(OutputKind.CDYLIB, OutputKind.DYLIB, OutputKind.STATICLIB, OutputKind.BIN));
            outputs.add(new Output("o" + i, "Lib" + i + ".ß", kind, 1 + random.nextInt(1 << 30)));
        }
        return new Leg(
                any(random, List.of(Platform.values())),
                any(random, CiProviders.places()),
                random.nextBoolean() ? Optional.empty() : Optional.of("1.95.0"),
                new CargoBuild(
                        random.nextBoolean() ? List.of("a") : List.of("a-b", "ç"),
                        random.nextBoolean() ? List.of() : List.of("f", "a-b/g+h"),
                        random.nextBoolean(),
                        random.nextBoolean() ? "release" : "dev",
                        random.nextBoolean()),
                environment,
                outputs,
                Optional.empty(),
                random.nextBoolean() ? Optional.empty() : Optional.of(any(random, List.of("java", "./a = b '$x'"))),
                random.nextBoolean()
                        ? LegSetup.NONE
                        : new LegSetup(
                                LegSetup.STATIC_CRT,
                                List.of(new SystemPackage(PackageManager.APT, "libssl-dev:i386")),
                                random.nextBoolean() ? Optional.empty() : FLOOR));
    }

    private static <T> T any(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static Leg parse(String text, CargoBuild build) {
        Map<String, String> one = new TreeMap<>();
        TreeMap<String, String> environment = new TreeMap<>();
        List<String> arguments = new ArrayList<>();
        List<Output> outputs = new ArrayList<>();
        List<String> flags = new ArrayList<>();
        List<SystemPackage> packages = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            String value = line.substring(equals + 1);
            switch (line.substring(0, equals)) {
                case "tool" -> assertThat(value).matches("\\S+ \\S+ \\S+ [0-9a-f]{64} https://\\S+");
                case "package" -> packages.add(new SystemPackage(PackageManager.APT, value.replaceFirst("^apt ", "")));
                case "rustflag" -> flags.add(value);
                case "argument" -> arguments.add(value);
                case "env" ->
                    environment.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
                case "output" -> outputs.add(output(List.of(value.split(" ", 4))));
                default -> assertThat(one.put(line.substring(0, equals), value)).isNull();
            }
        }
        // Those that musl asks for come first.
        int musl = flags.contains("target-feature=-crt-static") ? 2 : 0;
        assertThat(one).containsEntry("run", RUN.hex());
        Platform platform = Platform.ofId(one.getOrDefault("leg", "")).orElseThrow();
        assertThat(one).containsEntry("target", platform.target().triple());
        assertThat(one).containsEntry("profile_directory", build.profileDirectory());
        Optional<GlibcFloor> glibc = arguments.get(0).equals("zigbuild") ? FLOOR : Optional.empty();
        assertThat(arguments).isEqualTo(build.arguments(platform.target(), glibc));
        return new Leg(
                platform,
                CiProviders.places().stream()
                        .filter(service -> service.id().equals(one.get("service")))
                        .findFirst()
                        .orElseThrow(),
                Optional.ofNullable(one.get("toolchain")),
                build,
                environment,
                outputs,
                Optional.empty(),
                Optional.ofNullable(one.get("smoke_test")),
                new LegSetup(flags.subList(musl, flags.size()), packages, glibc));
    }

    private static Output output(List<String> words) {
        OutputKind kind = OutputKind.valueOf(words.get(1).toUpperCase(Locale.ROOT));
        return new Output(words.get(0), words.get(3), kind, Long.parseLong(words.get(2)));
    }
}
