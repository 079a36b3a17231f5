package io.github.traviscompile.run.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WheelBuild;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.Constraints;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.CrossCompileRequestBuilder;
import io.github.traviscompile.run.api.DeliveredFile;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.HostingBuilder;
import io.github.traviscompile.run.plan.Plan;
import io.github.traviscompile.verify.binary.Judge;
import io.github.traviscompile.verify.wheel.SampleWheel;
import io.github.traviscompile.verify.wheel.WheelCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wheels between a leg and Maven: the plan, the refusals, and the delivered files. */
class WheelsTest {

    private static final String NAME = "counted-1.2.0-cp37-abi3-linux_x86_64.whl";
    private static final String MODULE = "counted/_counted.abi3.so";

    private Constraints constraints = Constraints.NONE;

    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void writeProject() throws Exception {
        root = Files.createDirectories(temp.toRealPath().resolve("counted"));
        write("src/lib.rs", "");
        cargo("abi3-py37");
        python("setuptools.build_meta", "setuptools-rust>=1.5");
    }

    @Test
    void aWheelIsPlannedForAPythonProjectWithRust() throws Exception {
        Leg leg = onlyLeg(plan(List.of(), List.of()));
        assertThat(leg.outputs())
                .containsExactly(new Output("wheel", "wheel.whl", OutputKind.WHEEL, Output.DEFAULT_MAX_BYTES));
        assertThat(leg.wheels()).contains(new WheelBuild(WheelBuild.Backend.SETUPTOOLS_RUST, "", List.of()));

        python("maturin", "maturin>=1");
        assertThat(onlyLeg(plan(List.of("cargo", "wheel"), List.of())).outputs())
                .extracting(Output::fileName)
                .containsExactly("lib_counted.so", "wheel.whl");
        assertThat(onlyLeg(plan(List.of("cargo"), List.of())).wheels()).isEmpty();

        python("hatchling.build", "hatchling");
        assertThat(onlyLeg(plan(List.of(), List.of())).outputs())
                .extracting(Output::fileName)
                .containsExactly("lib_counted.so");
    }

    @Test
    void eachPythonHasAWheelUnlessOneFitsAll() throws Exception {
        Plan stable = plan(List.of(), List.of("3.12", "3.13"));
        assertThat(stable.packing().names(onlyLeg(stable))).containsExactly(new ArtifactName("linux-x86_64", "whl"));
        cargo("extension-module");
        Plan each = plan(List.of(), List.of("3.12", "3.13"));
        assertThat(onlyLeg(each).outputs()).extracting(Output::id).containsExactly("wheel-3.12", "wheel-3.13");
        assertThat(each.packing().names(onlyLeg(each)))
                .containsExactly(
                        new ArtifactName("linux-x86_64-cp312", "whl"), new ArtifactName("linux-x86_64-cp313", "whl"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wheels | 3.12 | linux-x86_64 | abi3 | There are no artifacts 'wheels', as <artifacts>"
                        + " (-Dtravis-compile.artifacts) says. Did you mean 'wheel'? Known are: cargo, wheel.",
                "wheel | 2.7 | linux-x86_64 | abi3 | Not a version of Python 3: '2.7'. Correct <pythonVersions>"
                        + " (-Dtravis-compile.pythonVersions), as in 3.12.",
                "wheel | 3.12 | linux-aarch_64 | none | A wheel for linux-aarch_64 needs a Python of that platform,"
                        + " since PyO3's feature abi3 is off, and the machine that compiles has another. Switch on"
                        + " abi3-py38 or the like for pyo3 in Cargo.toml, so that one wheel fits every Python. Leave it"
                        + " out of <platforms> (-Dtravis-compile.platforms), or take 'wheel' out of <artifacts>"
                        + " (-Dtravis-compile.artifacts)."
            })
    void unbuildableWheelsAreRefusedBeforeAnyBuild(
            String artifact, String version, String platform, String feature, String refusal) throws Exception {
        cargo(feature);
        assertThatThrownBy(() -> Plan.of(request(List.of(artifact), List.of(version), platform, "local")))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage(refusal);
    }

    @Test
    void thirtyTwoBitMacsAndOtherProjectsHaveNoWheels() throws Exception {
        assertThatThrownBy(() -> Plan.of(request(List.of("wheel"), List.of(), "osx-x86_32", "travis")))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("osx-x86_32");
        Files.delete(root.resolve("pyproject.toml"));
        assertThatThrownBy(() -> plan(List.of("wheel"), List.of()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("No wheel can be built of counted: ")
                .hasMessageContaining("or take 'wheel' out of <artifacts> (-Dtravis-compile.artifacts).");
    }

    @Test
    void aPassingWheelGetsTheLevelThatItSatisfies() throws Exception {
        Plan plan = plan(List.of(), List.of());
        Files.createDirectories(plan.directories().output());
        DeliveredFile first = only(delivered(plan, sample().at(1_700_000_000_000L), NAME));
        byte[] bytes = Files.readAllBytes(first.path());
        assertThat(first.path().getFileName())
                .hasToString("counted-1.2.0-cp37-abi3-manylinux_2_5_x86_64.manylinux1_x86_64.whl");
        assertThat(first.name()).isEqualTo(new ArtifactName("linux-x86_64", "whl"));
        assertThat(first.sha256()).isEqualTo(Sha256.of(bytes));
        assertThat(WheelCheck.ANY.check(first.path()).findings()).isEmpty();

        // The time of the build leaves no trace.
        delivered(plan, sample().at(1_600_000_000_000L), NAME);
        assertThat(Files.readAllBytes(first.path())).isEqualTo(bytes);

        Judge python = Judge.of("python3", "python3-pip");
        Path site = temp.resolve("site");
        python.run("-m", "pip", "install", "--no-index", "--no-deps", "--target", site, first.path());
        assertThat(site.resolve(MODULE)).hasBinaryContent(module());
        assertThat(python.run(
                        "-c",
                        "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [i.flag_bits & 8"
                                + " for i in z.infolist()], z.read('counted-1.2.0.dist-info/WHEEL').decode())",
                        first.path()))
                .startsWith("None [0, 0, 0, 0]")
                .contains("Tag: cp37-abi3-manylinux1_x86_64\nTag: cp37-abi3-manylinux_2_5_x86_64\n")
                .doesNotContain("linux_x86_64\nTag: cp37-abi3-linux");
    }

    @Test
    void aFailingWheelFailsTheRun() throws Exception {
        Plan plan = plan(List.of(), List.of());
        assertThatThrownBy(() -> delivered(
                        plan,
                        SampleWheel.called(NAME.replace("1.2.0", "1.3.0")).with(MODULE, module()),
                        NAME.replace("1.2.0", "1.3.0")))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("has the version '1.3.0', but the project has '1.2'");
        assertThatThrownBy(() -> delivered(plan, sample(), "wheel.whl"))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("does not have a wheel's name");
        assertThat(plan.directories().output()).doesNotExist();
    }

    @Test
    void aWheelThatNeedsMoreThanTheConstraintsAllowFailsTheRun() throws Exception {
        Plan plan = plan(List.of(), List.of());
        constraints = Constraints.NONE.withGlibc("2.4");
        assertThatThrownBy(() -> delivered(plan, sample(), NAME))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith("The wheel 'counted-1.2.0-cp37-abi3-manylinux_2_5_x86_64.manylinux1_x86_64.whl'"
                        + " needs glibc 2.5, but <glibc> (-Dtravis-compile.glibc) is 2.4. ");
        constraints = Constraints.NONE.withGlibc("2.5");
        assertThat(delivered(plan, sample(), NAME)).hasSize(1);
    }

    private static DeliveredFile only(List<DeliveredFile> files) {
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    /** Returns the delivered files of {@code wheel}, which its leg reports as {@code name}. */
    private List<DeliveredFile> delivered(Plan plan, SampleWheel wheel, String name) throws Exception {
        Path file = wheel.write(Files.createDirectories(temp.resolve("arrived")));
        Leg leg = onlyLeg(plan);
        FinishedLeg finished = new FinishedLeg(
                List.of(new FinishedLeg.File(leg.outputs().get(0), file, Files.size(file), Sha256.of(file))),
                new TreeMap<>(Map.of("wheel", name)),
                Instant.EPOCH);
        Wheels wheels = Wheels.judge(plan, Map.of(leg, finished), constraints);
        if (!wheels.errors().isEmpty()) {
            throw new ActionNeededException(String.join("\n", wheels.errors()));
        }
        return wheels.deliver(leg);
    }

    private SampleWheel sample() throws Exception {
        return SampleWheel.called(NAME).with(MODULE, module());
    }

    private byte[] module() throws Exception {
        Path source = Files.writeString(temp.resolve("module.c"), "int PyInit__counted(void) { return 0; }\n");
        Path library = temp.resolve("module.so");
        List<Object> arguments = new ArrayList<>(List.of("-shared", "-fPIC", "-s", "-o", library, source));
        Judge.of("gcc", "gcc").run(arguments.toArray());
        return Files.readAllBytes(library);
    }

    private static Leg onlyLeg(Plan plan) {
        assertThat(plan.legs()).hasSize(1);
        return plan.legs().get(0);
    }

    private void cargo(String feature) throws IOException {
        write("Cargo.toml", """
            [package]
            name = "counted"
            version = "1.2.0"
            edition = "2021"
            [lib]
            name = "_counted"
            crate-type = ["cdylib"]
            [dependencies]
            pyo3 = { version = "0.17", features = ["%s"] }
            """.formatted(feature));
        write("Cargo.lock", "version = 3\n");
    }

    private void python(String backend, String requirement) throws IOException {
        write("pyproject.toml", """
            [build-system]
            requires = ["%s"]
            build-backend = "%s"
            [project]
            name = "counted"
            version = "1.2.0"
            """.formatted(requirement, backend));
    }

    private void write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(UTF_8));
    }

    private Plan plan(List<String> artifacts, List<String> versions) throws Exception {
        return Plan.of(request(artifacts, versions, Platform.LINUX_X86_64.id(), "local"));
    }

    private CrossCompileRequest request(List<String> artifacts, List<String> versions, String platform, String ci)
            throws ActionNeededException {
        HostingBuilder hosting = new HostingBuilder(
                        new Host("Linux", "amd64", temp, Map.of()), Instant.parse("2026-11-25T12:00:00Z"))
                .repository("alice/builds")
                .tunnel("ngrok")
                .accounts(Set.of(TravisProvider.SERVICE))
                .cacheDirectory(temp.resolve("cache"));
        return new CrossCompileRequestBuilder(root, "1.0", hosting)
                .platforms(platform)
                .ci(ci)
                .artifacts(artifacts)
                .pythonVersions(versions)
                .provenance(false)
                .sbom(false)
                .build();
    }
}
