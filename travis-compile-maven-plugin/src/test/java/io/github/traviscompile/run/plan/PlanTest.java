package io.github.traviscompile.run.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.GlibcFloor;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSetup;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.SystemPackage;
import io.github.traviscompile.model.TransportKind;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.CrossCompileRequestBuilder;
import io.github.traviscompile.run.api.HostingBuilder;
import io.github.traviscompile.run.api.PlatformOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    private HostingBuilder hosting;

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void writeCrate() throws IOException {
        hosting = hosting(Map.of());
        root = directory.toRealPath().resolve("greet");
        write("greet/Cargo.toml", """
                [package]
                name = "greet"
                version = "1.2.3"
                edition = "2021"

                [lib]
                crate-type = ["cdylib", "rlib"]
                """);
        write("greet/Cargo.lock", "version = 3\n");
        write("greet/src/lib.rs", "");
        write("greet/src/main.rs", "fn main() {}\n");
    }

    @Test
    void whoSaysNothingGetsThisMachinesPlatformAndIsTold() throws Exception {
        Plan plan = Plan.of(request().build());
        assertThat(plan.legs()).extracting(Leg::platform).containsExactly(Platform.LINUX_AARCH_64);
        assertThat(plan.warnings()).singleElement().asString().contains("<ci>local</ci>", "<platforms>");
    }

    @Test
    void whoSaysLocalGetsThisMachinesPlatformWithoutAWord() throws Exception {
        Plan plan = Plan.of(local().build());
        assertThat(plan.legs()).extracting(Leg::platform).containsExactly(Platform.LINUX_AARCH_64);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void eachPlatformOwesItsOwnFiles() throws Exception {
        CrossCompileRequestBuilder where =
                request().platforms("linux-x86_64", "windows-x86_64-gnu").ci("local");
        Plan plan = Plan.of(where.build());
        assertThat(plan.legs()).hasSize(2);
        assertThat(plan.legs().get(0).outputs()).extracting(Output::fileName).containsExactly("libgreet.so", "greet");
        assertThat(plan.legs().get(1).outputs()).extracting(Output::fileName).containsExactly("greet.dll", "greet.exe");
    }

    @Test
    void programsAndLibrariesForWindowsHoldTheirCRunTime() throws Exception {
        CrossCompileRequestBuilder where = request()
                .platforms("windows-x86_64", "windows-x86_64-gnu", "linux-x86_64")
                .ci("local");
        assertThat(Plan.of(where.build()).legs())
                .extracting(leg -> leg.setup().rustFlags())
                .containsExactly(List.of("-C", "target-feature=+crt-static"), List.of(), List.of());
        assertThat(setup(where.windowsStaticCrt(false))).isEqualTo(LegSetup.NONE);
        where.windowsStaticCrt(true);
        Map<String, String> flags = Map.of("RUSTFLAGS", "-Ctarget-feature=-crt-static");
        assertThat(setup(where.environment(flags))).isEqualTo(LegSetup.NONE);
        where.environment(Map.of());
        Files.delete(root.resolve("src/main.rs"));
        write("greet/Cargo.toml", """
                [package]
                name = "greet"
                version = "1.2.3"
                [lib]
                crate-type = ["staticlib"]
                """);
        assertThat(setup(where)).isEqualTo(LegSetup.NONE);
    }

    private static LegSetup setup(CrossCompileRequestBuilder request) throws Exception {
        return Plan.of(request.build()).legs().get(0).setup();
    }

    @Test
    void theOldestMacosIsToldToLegsForItAlone() throws Exception {
        CrossCompileRequestBuilder where =
                request().platforms("osx-x86_64", "linux-x86_64").ci("local");
        where.environment(Map.of("A", "b")).macosDeploymentTarget("10.15");
        assertThat(Plan.of(where.build()).legs())
                .extracting(Leg::environment)
                .containsExactly(
                        new TreeMap<>(Map.of("A", "b", "MACOSX_DEPLOYMENT_TARGET", "10.15")),
                        new TreeMap<>(Map.of("A", "b")));
        Map<String, String> twice = Map.of("MACOSX_DEPLOYMENT_TARGET", "11");
        assertThatThrownBy(() -> Plan.of(where.environment(twice).build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("is set twice");
    }

    @Test
    void hostedMachinesInstallPackagesAndThisOneDoesNot() throws Exception {
        CrossCompileRequestBuilder hosted = hosted().platforms("linux-x86_64").ci("travis");
        Map<PackageManager, List<String>> names = Map.of(PackageManager.APT, List.of("libssl-dev", "zlib1g-dev:i386"));
        hosted.systemPackages(names);
        assertThat(setup(hosted).packages())
                .extracting(SystemPackage::name)
                .containsExactly("libssl-dev", "zlib1g-dev:i386");
        assertThat(PlanReport.of(hosted.build(), false).lines())
                .contains("  installs libssl-dev, zlib1g-dev:i386 by apt");
        CrossCompileRequestBuilder local = request().platforms("linux-x86_64").ci("local");
        assertThat(setup(local.systemPackages(names))).isEqualTo(LegSetup.NONE);
        assertThat(PlanReport.of(local.build(), false).lines())
                .anySatisfy(line -> assertThat(line).startsWith("  installs nothing: <systemPackages> is for hosted"));
    }

    @ParameterizedTest
    @CsvSource({
        "APT, -y", "APT, libssl-dev=3", "APT, LibSSL", "APT, a;b", "APT, 'a b'", "APT, a", "APT, ../x",
        "BREW, --force", "BREW, a/b", "BREW, https://x", "BREW, ''", "CHOCO, -y", "CHOCO, a|b", "CHOCO, $x"
    })
    void whatIsNoPackageIsRefused(PackageManager manager, String name) {
        CrossCompileRequestBuilder hosted = hosted().platforms("linux-x86_64").ci("travis");
        assertThatThrownBy(() -> Plan.of(
                        hosted.systemPackages(Map.of(manager, List.of(name))).build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("Not the name of a package of " + manager + ": '" + name + "'")
                .hasMessageContaining("<" + manager + ">");
    }

    @Test
    void thePlanNamesThePackagesThatCratesMayLack() throws Exception {
        write("greet/Cargo.lock", """
                version = 3

                [[package]]
                name = "openssl-sys"
                version = "1.0.0"

                [[package]]
                name = "strange-sys"
                version = "1.0.0"

                [[package]]
                name = "windows-sys"
                version = "1.0.0"
                """);
        CrossCompileRequestBuilder hosted = hosted().platforms("linux-x86_64").ci("travis");
        assertThat(PlanReport.of(hosted.build(), false).warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("Cargo.lock names crates that bind libraries of the system: openssl-sys (apt:"
                                + " libssl-dev), strange-sys. A machine"));
        hosted.systemPackages(Map.of(PackageManager.APT, List.of("libssl-dev")));
        assertThat(PlanReport.of(hosted.build(), false).warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("Cargo.lock names crates that bind libraries of the system: strange-sys. A"));
    }

    @Test
    void hostedMachinesLinkForTheGlibcThatIsAskedFor() throws Exception {
        CrossCompileRequestBuilder hosted = hosted().platforms("linux-x86_64", "linux-x86_64-musl", "osx-aarch_64")
                .ci("github-actions")
                .glibc("2.17");
        assertThat(Plan.of(hosted.build()).legs())
                .extracting(leg -> leg.setup().glibc())
                .containsExactly(Optional.of(new GlibcFloor(2, 17)), Optional.empty(), Optional.empty());
        assertThat(PlanReport.of(hosted.build(), false).lines())
                .contains(
                        "  cargo zigbuild --target x86_64-unknown-linux-gnu.2.17 --release --locked --package greet",
                        "  cargo build --target x86_64-unknown-linux-musl --release --locked --package greet")
                .filteredOn(line -> line.startsWith("  links"))
                .containsExactly("  links for glibc 2.17 by cargo-zigbuild 0.23.4 and zig 0.16.0, which the machine"
                        + " fetches");

        hosted.glibc("2.16");
        assertThatThrownBy(() -> Plan.of(hosted.build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The parameter <glibc> (-Dtravis-compile.glibc) is '2.16', which linux-x86_64 on"
                        + " github-actions cannot be linked for. Rust's standard library needs glibc 2.17, so nothing"
                        + " can be linked for 2.16. Write 2.17 or a newer one.");
    }

    @Test
    void thisMachineLinksForAnotherGlibcWhereItHasTheTools() throws Exception {
        CrossCompileRequestBuilder local =
                request().platforms("linux-x86_64").ci("local").glibc("2.28");
        assertThat(setup(local)).isEqualTo(LegSetup.NONE);
        assertThat(PlanReport.of(local.build(), false).lines())
                .contains("  links with this machine's glibc, and fails if more than 2.28 is needed: for that one would"
                        + " link cargo-zigbuild, which is not on the PATH");

        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path tool = Files.createFile(bin.resolve("cargo-zigbuild"));
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        hosting = hosting(Map.of("PATH", bin.toString()));
        local = request().platforms("linux-x86_64").ci("local").glibc("2.28");
        assertThat(setup(local).glibc()).contains(new GlibcFloor(2, 28));
        assertThat(PlanReport.of(local.build(), false).lines())
                .contains("  links for glibc 2.28 by the cargo-zigbuild of this machine");
        assertThat(setup(local.glibc("2.5"))).isEqualTo(LegSetup.NONE);
    }

    @Test
    void universal2IsMergedFromTwoLegsThatAreNotDeliveredThemselves() throws Exception {
        CrossCompileRequestBuilder where = request().platforms("osx-universal2").ci("local");
        Plan plan = Plan.of(where.build());
        assertThat(plan.legs()).extracting(Leg::platform).containsExactly(Platform.OSX_X86_64, Platform.OSX_AARCH_64);
        assertThat(plan.delivered()).extracting(Leg::platform).containsExactly(Platform.OSX_UNIVERSAL2);
        assertThat(plan.merged()).isEqualTo(plan.delivered());
        assertThat(plan.delivered().get(0).outputs())
                .isEqualTo(plan.legs().get(0).outputs());
    }

    @Test
    void aSliceIsDeliveredTooWhereItIsNamed() throws Exception {
        CrossCompileRequestBuilder where = request()
                .platforms("osx-aarch_64", "osx-universal2", "linux-x86_64")
                .ci("local");
        Plan plan = Plan.of(where.build());
        assertThat(plan.legs())
                .extracting(Leg::platform)
                .containsExactly(Platform.OSX_AARCH_64, Platform.OSX_X86_64, Platform.LINUX_X86_64);
        assertThat(plan.delivered())
                .extracting(Leg::platform)
                .containsExactly(Platform.OSX_AARCH_64, Platform.OSX_UNIVERSAL2, Platform.LINUX_X86_64);
        assertThat(plan.merged()).extracting(Leg::platform).containsExactly(Platform.OSX_UNIVERSAL2);
        assertThat(PlanReport.of(where.build(), false).lines())
                .contains("osx-universal2 ← osx-x86_64 and osx-aarch_64", "  delivers nothing by itself");
    }

    @Test
    void eachPlatformGoesToTheFirstServiceThatHasAMachineAndAToken() throws Exception {
        hosting.accounts(Set.of(TravisProvider.SERVICE, ActionsProvider.SERVICE));
        CrossCompileRequestBuilder four = hosted();
        assertThat(Plan.of(four.build()).legs())
                .extracting(Leg::service)
                .containsExactly(
                        TravisProvider.SERVICE,
                        TravisProvider.SERVICE,
                        ActionsProvider.SERVICE,
                        ActionsProvider.SERVICE);
        assertThat(PlanReport.of(four.build(), false).lines())
                .anyMatch(line ->
                        line.startsWith("osx-x86_64 (x86_64-apple-darwin) → github-actions: Travis CI has had no"
                                + " macOS machines since 2025-03-31"))
                .contains("linux-x86_64 (x86_64-unknown-linux-gnu) → travis")
                .last()
                .asString()
                .startsWith("Whether a service is ready is asked when cross-compile runs");
        assertThat(Plan.of(four.build()).routing().routes())
                .extracting(Routing.Route::substitutes)
                .containsExactly(
                        List.of(ActionsProvider.SERVICE), List.of(ActionsProvider.SERVICE), List.of(), List.of());
        CrossCompileRequestBuilder gnu =
                hosted().platforms("windows-x86_64-gnu").ci("auto");
        assertThat(Plan.of(gnu.build()).routing().routes().get(0).reason())
                .isEqualTo("Travis CI has no machine for it; no token for AppVeyor");
    }

    @Test
    void onePlatformMayHaveAServiceAndAToolchainOfItsOwn() throws Exception {
        CrossCompileRequestBuilder where = hosted().platforms("linux-x86_64")
                .platform(
                        "linux-x86_32", PlatformOverride.NOTHING.withCi("local").withToolchain("1.70.0"))
                .ci("travis");
        Plan plan = Plan.of(where.build());
        assertThat(plan.legs()).extracting(Leg::service).containsExactly(TravisProvider.SERVICE, Service.LOCAL);
        assertThat(plan.legs()).extracting(Leg::toolchain).containsExactly(Optional.empty(), Optional.of("1.70.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"travis", "auto"})
    void aRepositoryLetsTravisCompile(String ci) throws Exception {
        CrossCompileRequestBuilder where = hosted().platforms("linux-x86_64").ci(ci);
        assertThat(Plan.of(where.build()).legs())
                .extracting(leg -> leg.service())
                .containsExactly(TravisProvider.SERVICE);
    }

    @Test
    void aPlatformThatNobodyOrNotTheNamedOneCompilesIsRefused() {
        CrossCompileRequestBuilder legacy = hosted().platforms("osx-x86_32");
        assertThatThrownBy(() -> Plan.of(legacy.build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("No hosted service can compile the platform 'osx-x86_32'")
                .hasMessageContaining("since 2025-03-31");
        CrossCompileRequestBuilder arm = hosted().platforms("windows-aarch_64").ci("travis");
        assertThatThrownBy(() -> Plan.of(arm.build()))
                .hasMessageContaining("has no machine for it")
                .hasMessageContaining("Set <ci> (-Dtravis-compile.ci) to github-actions or appveyor or local");
    }

    @Test
    void osxOf32BitsAsksForTheLastRustThatHasIt() throws Exception {
        write("greet/Cargo.toml", "[package]\nname = \"greet\"\nversion = \"1.0.0\"\nedition = \"2018\"\n");
        assertThat(Plan.of(legacy()).legs().get(0).toolchain()).contains("1.41.1");
        write("greet/Cargo.lock", "version = 4\n");
        assertThatThrownBy(() -> Plan.of(legacy())).hasMessageContaining("Cargo.lock is of version 4");
        write("greet/Cargo.lock", "version = 3\n");
        write("greet/Cargo.toml", "[package]\nname = \"greet\"\nversion = \"1.0.0\"\nedition = \"2021\"\n");
        assertThatThrownBy(() -> Plan.of(legacy())).hasMessageContaining("is of edition 2021");
        write("greet/Cargo.toml", """
                [package]
                name = "greet"
                edition = "2018"
                version.workspace = true
                [dependencies]
                other.workspace = true
                [workspace.package]
                version = "1.0.0"
                [workspace.dependencies]
                other = "1"
                """);
        assertThatThrownBy(() -> Plan.of(legacy()))
                .hasMessageContaining("inherits version, dependencies.other from its workspace");
    }

    private CrossCompileRequest legacy() throws Exception {
        hosting.service(Parameter.TRAVIS_API_URL, "https://travis.example.org/api");
        return hosted().platforms("osx-x86_32").ci("travis").finalName(null).build();
    }

    @Test
    void withoutATunnelLegsOnGitHubActionsAloneLeaveArtifacts() throws Exception {
        hosting.accounts(Set.of(ActionsProvider.SERVICE, AppVeyorProvider.SERVICE));
        CrossCompileRequestBuilder actions = hosted().platforms("linux-x86_64")
                .platform("linux-x86_32", PlatformOverride.NOTHING.withCi("local"))
                .ci("github-actions");
        assertThat(choice(actions)).isEqualTo(new TransportChoice(TransportKind.TUNNEL, ""));
        hosting.tunnel(null);
        assertThat(choice(actions).kind()).isEqualTo(TransportKind.ARTIFACTS);
        assertThat(choice(actions).reason())
                .startsWith("No tunnel is configured, neither by <tunnel> (-Dtravis-compile.tunnel)");
        assertThat(PlanReport.of(actions.build(), false).lines())
                .contains(
                        "Delivery       by artifacts of GitHub Actions, without a tunnel: neither <tunnel> nor an authtoken"
                                + " of ngrok is set");
        hosting.delivery("tunnel");
        assertThat(choice(actions)).isEqualTo(new TransportChoice(TransportKind.TUNNEL, ""));
        hosting.delivery(null);
        CrossCompileRequestBuilder mixed = hosted().platforms("linux-x86_64")
                .platform("windows-x86_64", PlatformOverride.NOTHING.withCi("appveyor"))
                .ci("github-actions");
        assertThat(choice(mixed)).isEqualTo(new TransportChoice(TransportKind.TUNNEL, ""));
        assertThat(choice(local())).as("nothing is hosted").isEqualTo(new TransportChoice(TransportKind.TUNNEL, ""));
        assertThat(PlanReport.of(local().build(), false).lines()).noneMatch(line -> line.startsWith("Delivery"));
        hosting.delivery("artifacts");
        assertThat(choice(actions)).isEqualTo(new TransportChoice(TransportKind.ARTIFACTS, ""));
        assertThatThrownBy(() -> choice(mixed))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(
                        "<delivery> (-Dtravis-compile.delivery) is artifacts",
                        "other services compile these legs: windows-x86_64 (appveyor)",
                        "<ci> (-Dtravis-compile.ci) to github-actions",
                        "<delivery>tunnel</delivery>.");
    }

    private static TransportChoice choice(CrossCompileRequestBuilder request) throws Exception {
        return Plan.of(request.build()).transport();
    }

    @Test
    void platformsWithoutAServiceNeedARepository() throws Exception {
        CrossCompileRequestBuilder where = request().platforms("linux-x86_64");
        assertThatThrownBy(() -> Plan.of(where.build()))
                .hasMessageContaining("<repository> (-Dtravis-compile.repository)")
                .hasMessageContaining("-Dtravis-compile.ci=local");
        CrossCompileRequestBuilder one = request()
                .platforms("linux-x86_64")
                .platform("linux-x86_32", PlatformOverride.NOTHING.withCi("travis"))
                .ci("local");
        assertThatThrownBy(() -> Plan.of(one.build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("<repository> (-Dtravis-compile.repository)");
    }

    @Test
    void aPlatformThatNoLocalToolchainCanBuildIsRefused() {
        CrossCompileRequestBuilder where = request().platforms("osx-x86_32").ci("local");
        assertThatThrownBy(() -> Plan.of(where.build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'osx-x86_32' cannot be compiled on this machine, which has no compiler for it");
    }

    @Test
    void aMissingLockFileIsSaidAndNotAskedFor() throws Exception {
        Files.delete(root.resolve("Cargo.lock"));
        Plan plan = Plan.of(local().build());
        assertThat(plan.legs().get(0).build().locked()).isFalse();
        assertThat(plan.warnings()).singleElement().asString().contains("no Cargo.lock", "<locked>false</locked>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "intoto.json", "cdx.json"})
    void aNameThatIsTakenIsRefused(String type) throws Exception {
        ArtifactName name = new ArtifactName("linux-aarch_64", type);
        CrossCompileRequest request = local().taken(Set.of(name)).build();
        assertThatThrownBy(() -> Plan.of(request))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("the classifier 'linux-aarch_64' and the type '" + type + "' is attached already")
                .hasMessageContaining("<attach>false</attach> (-Dtravis-compile.attach=false)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stable; rm -rf", "+nightly", "a b"})
    void aToolchainThatIsNoNameIsRefused(String toolchain) {
        assertThatThrownBy(() -> Plan.of(local().toolchain(toolchain).build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'" + toolchain + "'")
                .hasMessageContaining("<toolchain> (-Dtravis-compile.toolchain)");
    }

    @Test
    void aDependencyOutsideOfTheSnapshotIsNamed() throws Exception {
        write("greet/Cargo.toml", """
                [package]
                name = "greet"
                version = "1.2.3"
                edition = "2021"

                [dependencies]
                core = { path = "../core" }
                """);
        write("core/Cargo.toml", """
                [package]
                name = "core"
                version = "0.1.0"
                edition = "2021"
                """);
        write("core/src/lib.rs", "");
        Path parent = directory.toRealPath();
        assertThatThrownBy(() -> Plan.of(local().build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'core' at " + parent.resolve("core"))
                .hasMessageContaining("<snapshotRoot> (-Dtravis-compile.snapshotRoot)");
        Plan plan = Plan.of(local().snapshotRoot(parent).build());
        assertThat(plan.snapshot().root()).isEqualTo(parent);
        assertThat(plan.workspacePath()).isEqualTo(Path.of("greet"));
        assertThat(plan.snapshot().always()).containsExactly("greet/Cargo.lock");
    }

    @Test
    void aSnapshotRootThatDoesNotHoldTheProjectIsRefused() throws Exception {
        Path elsewhere = Files.createDirectories(directory.toRealPath().resolve("elsewhere"));
        assertThatThrownBy(() -> Plan.of(local().snapshotRoot(elsewhere).build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("does not hold the Cargo project " + root);
    }

    @Test
    void withoutAMavenProjectArchivesAreNamedAfterTheCrate() throws Exception {
        Plan plan = Plan.of(local().finalName(null).build());
        assertThat(plan.directories().file(new ArtifactName("osx-aarch_64", "tar.gz")))
                .isEqualTo(root.resolve("target/travis-compile/greet-1.2.3-osx-aarch_64.tar.gz"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "tgz | - | false | The value 'tgz' of <format> (-Dtravis-compile.format) is not a format."
                        + " Known are: jar, raw, tar.gz, zip.",
                "jar | natives/{arc} | false | The value 'natives/{arc}' of <jarLayout> (-Dtravis-compile.jarLayout)"
                        + " has the unknown placeholder '{arc}'. Did you mean 'arch'? Known are: arch, jna, os, platform."
                        + " Set 'default', 'jna' or a folder such as 'META-INF/native/{os}-{arch}/'.",
                "zip | - | true | <jarWithAllPlatforms> (-Dtravis-compile.jarWithAllPlatforms) needs jars, but <format>"
                        + " (-Dtravis-compile.format) is 'zip'. Set the one to 'false' or the other to 'jar'.",
                "jar | jna | true | The files of linux-x86_64 and of linux-x86_64-musl would both be in"
                        + " 'linux-x86-64/' of the jar with all platforms. Set <jarLayout> (-Dtravis-compile.jarLayout) to"
                        + " a folder that tells them apart, such as 'META-INF/native/{platform}/', or choose one of them"
                        + " in <platforms> (-Dtravis-compile.platforms).",
            })
    void aFormThatCannotBeIsRefused(String format, String layout, boolean together, String refusal) {
        assertThatThrownBy(() -> Plan.of(two().format(format)
                        .jarLayout(layout)
                        .jarWithAllPlatforms(together)
                        .build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage(refusal);
    }

    @Test
    void filesByThemselvesThatDifferInNothingButCaseAreRefused() throws Exception {
        write("greet/src/bin/Tool.rs", "fn main() {}\n");
        write("greet/src/bin/tool.rs", "fn main() {}\n");
        assertThatThrownBy(() -> Plan.of(two().format("raw").build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("cannot both be attached by themselves")
                .hasMessageContaining("<format> (-Dtravis-compile.format)");
    }

    @Test
    void aLayoutThatNothingLiesInIsSaid() throws Exception {
        Plan plan = Plan.of(two().format("zip").jarLayout("jna").build());
        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .contains("<jarLayout>", "'zip'", "set <format> to 'jar'");
    }

    private CrossCompileRequestBuilder two() {
        return request().platforms("linux-x86_64", "linux-x86_64-musl").ci("local");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java | loads libraries of crate-type 'cdylib', and there are none",
                "python | no wheel is built",
                "' ' | <smokeTest> (-Dtravis-compile.smokeTest)"
            })
    void aSmokeTestThatCouldNotFailIsRefused(String smokeTest, String why) throws Exception {
        write("greet/Cargo.toml", "[package]\nname = \"greet\"\nversion = \"1.2.3\"\nedition = \"2021\"\n");
        assertThatThrownBy(() -> Plan.of(local().smokeTest(smokeTest).build()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining(why);
    }

    private CrossCompileRequestBuilder request() {
        return new CrossCompileRequestBuilder(root, "1.0", hosting).finalName("app-1");
    }

    private CrossCompileRequestBuilder local() {
        return request().ci("local");
    }

    private CrossCompileRequestBuilder hosted() {
        hosting.repository("alice/builds");
        return request();
    }

    private HostingBuilder hosting(Map<String, String> environment) {
        return new HostingBuilder(
                        new Host("Linux", "aarch64", directory, environment), Instant.parse("2026-11-25T12:00:00Z"))
                .tunnel("ngrok")
                .accounts(Set.of(TravisProvider.SERVICE));
    }

    private void write(String path, String content) throws IOException {
        Path file = directory.toRealPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
