package io.github.traviscompile.run.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.GlibcFloor;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSetup;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.SystemPackage;
import io.github.traviscompile.model.TransportKind;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.Constraints;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.CrossCompileRequest.ArchiveOptions;
import io.github.traviscompile.run.api.CrossCompileRequest.BuildOptions;
import io.github.traviscompile.run.api.CrossCompileRequest.Destination;
import io.github.traviscompile.run.api.CrossCompileRequest.Execution;
import io.github.traviscompile.run.api.CrossCompileRequest.SnapshotScope;
import io.github.traviscompile.run.api.CrossCompileRequest.Systems;
import io.github.traviscompile.run.api.CrossCompileRequest.Targets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    private Set<Service> accounts = Set.of(Service.TRAVIS);
    private Constraints promises = Constraints.NONE;
    private Map<String, String> environment = Map.of();
    private Optional<String> tunnel = Optional.of("ngrok");
    private Optional<String> handover = Optional.empty();

    private static final Targets LOCAL = new Targets(List.of(), Optional.of("local"), Optional.empty());
    private static final BuildOptions DEFAULTS = new BuildOptions(
            List.of(), List.of(), false, "release", true, Optional.empty(), Map.of(), Optional.empty());

    @TempDir
    private Path directory;

    private Path root;

    private URI travis = URI.create("https://api.travis-ci.com");

    @BeforeEach
    void writeCrate() throws IOException {
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
        Plan plan = Plan.of(request(new Targets(List.of(), Optional.empty(), Optional.empty()), DEFAULTS));
        assertThat(plan.legs()).extracting(Leg::platform).containsExactly(Platform.LINUX_AARCH_64);
        assertThat(plan.warnings()).singleElement().asString().contains("<ci>local</ci>", "<platforms>");
    }

    @Test
    void whoSaysLocalGetsThisMachinesPlatformWithoutAWord() throws Exception {
        Plan plan = Plan.of(request(LOCAL, DEFAULTS));
        assertThat(plan.legs()).extracting(Leg::platform).containsExactly(Platform.LINUX_AARCH_64);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void eachPlatformOwesItsOwnFiles() throws Exception {
        Targets where =
                new Targets(List.of("linux-x86_64", "windows-x86_64-gnu"), Optional.of("local"), Optional.empty());
        Plan plan = Plan.of(request(where, DEFAULTS));
        assertThat(plan.legs()).hasSize(2);
        assertThat(plan.legs().get(0).outputs()).extracting(Output::fileName).containsExactly("libgreet.so", "greet");
        assertThat(plan.legs().get(1).outputs()).extracting(Output::fileName).containsExactly("greet.dll", "greet.exe");
    }

    @Test
    void programsAndLibrariesForWindowsHoldTheirCRunTime() throws Exception {
        Targets where = new Targets(
                List.of("windows-x86_64", "windows-x86_64-gnu", "linux-x86_64"),
                Optional.of("local"),
                Optional.empty());
        assertThat(Plan.of(request(where, DEFAULTS)).legs())
                .extracting(leg -> leg.setup().rustFlags())
                .containsExactly(List.of("-C", "target-feature=+crt-static"), List.of(), List.of());
        assertThat(setup(where, what(Map.of(), new Systems(false, Optional.empty(), Map.of()))))
                .isEqualTo(LegSetup.NONE);
        Map<String, String> flags = Map.of("RUSTFLAGS", "-Ctarget-feature=-crt-static");
        assertThat(setup(where, what(flags, Systems.DEFAULT))).isEqualTo(LegSetup.NONE);
        Files.delete(root.resolve("src/main.rs"));
        write("greet/Cargo.toml", """
                [package]
                name = "greet"
                version = "1.2.3"
                [lib]
                crate-type = ["staticlib"]
                """);
        assertThat(setup(where, DEFAULTS)).isEqualTo(LegSetup.NONE);
    }

    private LegSetup setup(Targets where, BuildOptions what) throws Exception {
        return Plan.of(request(where, what)).legs().get(0).setup();
    }

    @Test
    void theOldestMacosIsToldToLegsForItAlone() throws Exception {
        Targets where = new Targets(List.of("osx-x86_64", "linux-x86_64"), Optional.of("local"), Optional.empty());
        Systems systems = new Systems(true, Optional.of("10.15"), Map.of());
        assertThat(Plan.of(request(where, what(Map.of("A", "b"), systems))).legs())
                .extracting(Leg::environment)
                .containsExactly(
                        new TreeMap<>(Map.of("A", "b", "MACOSX_DEPLOYMENT_TARGET", "10.15")),
                        new TreeMap<>(Map.of("A", "b")));
        Map<String, String> twice = Map.of("MACOSX_DEPLOYMENT_TARGET", "11");
        assertThatThrownBy(() -> Plan.of(request(where, what(twice, systems))))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("is set twice");
        Systems nonsense = new Systems(true, Optional.of("Catalina"), Map.of());
        assertThatThrownBy(() -> Plan.of(request(where, what(Map.of(), nonsense))))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The parameter <macosDeploymentTarget> (-Dtravis-compile.macosDeploymentTarget) is"
                        + " 'Catalina', which is not a version of macOS. Write it like 11.0.");
    }

    @Test
    void hostedMachinesInstallPackagesAndThisOneDoesNot() throws Exception {
        Targets hosted = new Targets(List.of("linux-x86_64"), Optional.of("travis"), Optional.of("alice/builds"));
        BuildOptions what = what(Map.of(), packages(PackageManager.APT, "libssl-dev", "zlib1g-dev:i386"));
        assertThat(setup(hosted, what).packages())
                .extracting(SystemPackage::name)
                .containsExactly("libssl-dev", "zlib1g-dev:i386");
        assertThat(PlanReport.of(request(hosted, what), false).lines())
                .contains("  installs libssl-dev, zlib1g-dev:i386 by apt");
        Targets local = new Targets(List.of("linux-x86_64"), Optional.of("local"), Optional.empty());
        assertThat(setup(local, what)).isEqualTo(LegSetup.NONE);
        assertThat(PlanReport.of(request(local, what), false).lines())
                .anySatisfy(line -> assertThat(line).startsWith("  installs nothing: <systemPackages> is for hosted"));
    }

    @ParameterizedTest
    @CsvSource({
        "APT, -y", "APT, libssl-dev=3", "APT, LibSSL", "APT, a;b", "APT, 'a b'", "APT, a", "APT, ../x",
        "BREW, --force", "BREW, a/b", "BREW, https://x", "BREW, ''", "CHOCO, -y", "CHOCO, a|b", "CHOCO, $x"
    })
    void whatIsNoPackageIsRefused(PackageManager manager, String name) {
        Targets hosted = new Targets(List.of("linux-x86_64"), Optional.of("travis"), Optional.of("alice/builds"));
        assertThatThrownBy(() -> Plan.of(request(hosted, what(Map.of(), packages(manager, name)))))
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
        Targets hosted = new Targets(List.of("linux-x86_64"), Optional.of("travis"), Optional.of("alice/builds"));
        assertThat(PlanReport.of(request(hosted, DEFAULTS), false).warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("Cargo.lock names crates that bind libraries of the system: openssl-sys (apt:"
                                + " libssl-dev), strange-sys. A machine"));
        BuildOptions installed = what(Map.of(), packages(PackageManager.APT, "libssl-dev"));
        assertThat(PlanReport.of(request(hosted, installed), false).warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("Cargo.lock names crates that bind libraries of the system: strange-sys. A"));
    }

    @Test
    void hostedMachinesLinkForTheGlibcThatIsAskedFor() throws Exception {
        promises = glibc("2.17");
        Targets hosted = new Targets(
                List.of("linux-x86_64", "linux-x86_64-musl", "osx-aarch_64"),
                Optional.of("github-actions"),
                Optional.of("alice/builds"));
        assertThat(Plan.of(request(hosted, DEFAULTS)).legs())
                .extracting(leg -> leg.setup().glibc())
                .containsExactly(Optional.of(new GlibcFloor(2, 17)), Optional.empty(), Optional.empty());
        assertThat(PlanReport.of(request(hosted, DEFAULTS), false).lines())
                .contains(
                        "  cargo zigbuild --target x86_64-unknown-linux-gnu.2.17 --release --locked --package greet",
                        "  cargo build --target x86_64-unknown-linux-musl --release --locked --package greet")
                .filteredOn(line -> line.startsWith("  links"))
                .containsExactly("  links for glibc 2.17 by cargo-zigbuild 0.23.4 and zig 0.16.0, which the machine"
                        + " fetches");

        promises = glibc("2.16");
        assertThatThrownBy(() -> Plan.of(request(hosted, DEFAULTS)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The parameter <glibc> (-Dtravis-compile.glibc) is '2.16', which linux-x86_64 on"
                        + " github-actions cannot be linked for. Rust's standard library needs glibc 2.17, so nothing"
                        + " can be linked for 2.16. Write 2.17 or a newer one.");
    }

    @Test
    void thisMachineLinksForAnotherGlibcWhereItHasTheTools() throws Exception {
        promises = glibc("2.28");
        Targets local = new Targets(List.of("linux-x86_64"), Optional.of("local"), Optional.empty());
        assertThat(setup(local, DEFAULTS)).isEqualTo(LegSetup.NONE);
        assertThat(PlanReport.of(request(local, DEFAULTS), false).lines())
                .contains("  links with this machine's glibc, and fails if more than 2.28 is needed: for that one would"
                        + " link cargo-zigbuild, which is not on the PATH");

        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path tool = Files.createFile(bin.resolve("cargo-zigbuild"));
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        environment = Map.of("PATH", bin.toString());
        assertThat(setup(local, DEFAULTS).glibc()).contains(new GlibcFloor(2, 28));
        assertThat(PlanReport.of(request(local, DEFAULTS), false).lines())
                .contains("  links for glibc 2.28 by the cargo-zigbuild of this machine");
        promises = glibc("2.5");
        assertThat(setup(local, DEFAULTS)).isEqualTo(LegSetup.NONE);
    }

    private static Constraints glibc(String newest) {
        return new Constraints(Optional.of(newest), Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    private static Systems packages(PackageManager manager, String... names) {
        return new Systems(true, Optional.empty(), Map.of(manager, List.of(names)));
    }

    private static BuildOptions what(Map<String, String> environment, Systems systems) {
        return new BuildOptions(
                List.of(),
                List.of(),
                false,
                "release",
                true,
                Optional.empty(),
                environment,
                new CrossCompileRequest.Python(List.of(), List.of()),
                Optional.empty(),
                systems);
    }

    @Test
    void universal2IsMergedFromTwoLegsThatAreNotDeliveredThemselves() throws Exception {
        Targets where = new Targets(List.of("osx-universal2"), Optional.of("local"), Optional.empty());
        Plan plan = Plan.of(request(where, DEFAULTS));
        assertThat(plan.legs()).extracting(Leg::platform).containsExactly(Platform.OSX_X86_64, Platform.OSX_AARCH_64);
        assertThat(plan.delivered()).extracting(Leg::platform).containsExactly(Platform.OSX_UNIVERSAL2);
        assertThat(plan.merged()).isEqualTo(plan.delivered());
        assertThat(plan.delivered().get(0).outputs())
                .isEqualTo(plan.legs().get(0).outputs());
    }

    @Test
    void aSliceIsDeliveredTooWhereItIsNamed() throws Exception {
        Targets where = new Targets(
                List.of("osx-aarch_64", "osx-universal2", "linux-x86_64"), Optional.of("local"), Optional.empty());
        Plan plan = Plan.of(request(where, DEFAULTS));
        assertThat(plan.legs())
                .extracting(Leg::platform)
                .containsExactly(Platform.OSX_AARCH_64, Platform.OSX_X86_64, Platform.LINUX_X86_64);
        assertThat(plan.delivered())
                .extracting(Leg::platform)
                .containsExactly(Platform.OSX_AARCH_64, Platform.OSX_UNIVERSAL2, Platform.LINUX_X86_64);
        assertThat(plan.merged()).extracting(Leg::platform).containsExactly(Platform.OSX_UNIVERSAL2);
        assertThat(PlanReport.of(request(where, DEFAULTS), false).lines())
                .contains("osx-universal2 ← osx-x86_64 and osx-aarch_64", "  delivers nothing by itself");
    }

    @Test
    void eachPlatformGoesToTheFirstServiceThatHasAMachineAndAToken() throws Exception {
        accounts = Set.of(Service.TRAVIS, Service.GITHUB_ACTIONS);
        Targets four = new Targets(List.of(), Optional.empty(), Optional.of("alice/builds"));
        assertThat(Plan.of(request(four, DEFAULTS)).legs())
                .extracting(Leg::service)
                .containsExactly(Service.TRAVIS, Service.TRAVIS, Service.GITHUB_ACTIONS, Service.GITHUB_ACTIONS);
        assertThat(PlanReport.of(request(four, DEFAULTS), false).lines())
                .anyMatch(line ->
                        line.startsWith("osx-x86_64 (x86_64-apple-darwin) → github-actions: Travis CI has had no"
                                + " macOS machines since 2025-03-31"))
                .contains("linux-x86_64 (x86_64-unknown-linux-gnu) → travis")
                .last()
                .asString()
                .startsWith("Whether a service is ready is asked when cross-compile runs");
        assertThat(Plan.of(request(four, DEFAULTS)).routing().routes())
                .extracting(Routing.Route::substitutes)
                .containsExactly(
                        List.of(Service.GITHUB_ACTIONS), List.of(Service.GITHUB_ACTIONS), List.of(), List.of());
        Targets gnu = new Targets(List.of("windows-x86_64-gnu"), Optional.of("auto"), Optional.of("alice/builds"));
        assertThat(Plan.of(request(gnu, DEFAULTS)).routing().routes().get(0).reason())
                .isEqualTo("Travis CI has no machine for it; no token for AppVeyor");
    }

    @Test
    void onePlatformMayHaveAServiceAndAToolchainOfItsOwn() throws Exception {
        Targets where = new Targets(
                List.of("linux-x86_64", "linux-x86_32"),
                Optional.of("travis"),
                Optional.of("alice/builds"),
                Map.of(
                        "linux-x86_32",
                        new CrossCompileRequest.PlatformOverride(
                                Optional.of("local"), Optional.of("1.70.0"), List.of())));
        Plan plan = Plan.of(request(where, DEFAULTS));
        assertThat(plan.legs()).extracting(Leg::service).containsExactly(Service.TRAVIS, Service.LOCAL);
        assertThat(plan.legs()).extracting(Leg::toolchain).containsExactly(Optional.empty(), Optional.of("1.70.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"travis", "auto"})
    void aRepositoryLetsTravisCompile(String ci) throws Exception {
        Targets where = new Targets(List.of("linux-x86_64"), Optional.of(ci), Optional.of("alice/builds"));
        assertThat(Plan.of(request(where, DEFAULTS)).legs())
                .extracting(leg -> leg.service())
                .containsExactly(Service.TRAVIS);
    }

    @Test
    void aPlatformThatNobodyOrNotTheNamedOneCompilesIsRefused() {
        Targets legacy = new Targets(List.of("osx-x86_32"), Optional.empty(), Optional.of("alice/builds"));
        assertThatThrownBy(() -> Plan.of(request(legacy, DEFAULTS)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("No hosted service can compile the platform 'osx-x86_32'")
                .hasMessageContaining("since 2025-03-31");
        Targets arm = new Targets(List.of("windows-aarch_64"), Optional.of("travis"), Optional.of("alice/builds"));
        assertThatThrownBy(() -> Plan.of(request(arm, DEFAULTS)))
                .hasMessageContaining("has no machine for it")
                .hasMessageContaining("Set <ci> (-Dtravis-compile.ci) to github-actions or appveyor or local");
    }

    @Test
    void osxOf32BitsAsksForTheLastRustThatHasIt() throws Exception {
        write("greet/Cargo.toml", "[package]\nname = \"greet\"\nversion = \"1.0.0\"\nedition = \"2018\"\n");
        assertThat(Plan.of(legacy(DEFAULTS)).legs().get(0).toolchain()).contains("1.41.1");
        write("greet/Cargo.lock", "version = 4\n");
        assertThatThrownBy(() -> Plan.of(legacy(DEFAULTS))).hasMessageContaining("Cargo.lock is of version 4");
        write("greet/Cargo.lock", "version = 3\n");
        write("greet/Cargo.toml", "[package]\nname = \"greet\"\nversion = \"1.0.0\"\nedition = \"2021\"\n");
        assertThatThrownBy(() -> Plan.of(legacy(DEFAULTS))).hasMessageContaining("is of edition 2021");
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
        assertThatThrownBy(() -> Plan.of(legacy(DEFAULTS)))
                .hasMessageContaining("inherits version, dependencies.other from its workspace");
    }

    private CrossCompileRequest legacy(BuildOptions what) throws IOException {
        travis = URI.create("https://travis.example.org/api");
        Targets where = new Targets(List.of("osx-x86_32"), Optional.of("travis"), Optional.of("alice/builds"));
        return request(where, what, delivery(Optional.empty(), Set.of()), Optional.empty());
    }

    @Test
    void withoutATunnelLegsOnGitHubActionsAloneLeaveArtifacts() throws Exception {
        accounts = Set.of(Service.GITHUB_ACTIONS, Service.APPVEYOR);
        Map<String, CrossCompileRequest.PlatformOverride> local = Map.of(
                "linux-x86_32",
                new CrossCompileRequest.PlatformOverride(Optional.of("local"), Optional.empty(), List.of()));
        Targets actions = new Targets(
                List.of("linux-x86_64", "linux-x86_32"), Optional.of("github-actions"), Optional.of("a/b"), local);
        assertThat(choice(actions)).isEqualTo(new TransportChoice(TransportKind.TUNNEL, ""));
        tunnel = Optional.empty();
        assertThat(choice(actions).kind()).isEqualTo(TransportKind.ARTIFACTS);
        assertThat(choice(actions).reason())
                .startsWith("No tunnel is configured, neither by <tunnel> (-Dtravis-compile.tunnel)");
        assertThat(PlanReport.of(request(actions, DEFAULTS), false).lines())
                .anyMatch(
                        line -> line.startsWith("Delivery       by artifacts of GitHub Actions, without a tunnel. No"));
        handover = Optional.of("tunnel");
        assertThat(choice(actions)).isEqualTo(new TransportChoice(TransportKind.TUNNEL, ""));
        handover = Optional.empty();
        Targets mixed = new Targets(
                List.of("linux-x86_64", "windows-x86_64"),
                Optional.of("github-actions"),
                Optional.of("a/b"),
                Map.of(
                        "windows-x86_64",
                        new CrossCompileRequest.PlatformOverride(
                                Optional.of("appveyor"), Optional.empty(), List.of())));
        assertThat(choice(mixed)).isEqualTo(new TransportChoice(TransportKind.TUNNEL, ""));
        assertThat(choice(LOCAL)).as("nothing is hosted").isEqualTo(new TransportChoice(TransportKind.TUNNEL, ""));
        assertThat(PlanReport.of(request(LOCAL, DEFAULTS), false).lines())
                .noneMatch(line -> line.startsWith("Delivery"));
        handover = Optional.of("artifacts");
        assertThat(choice(actions)).isEqualTo(new TransportChoice(TransportKind.ARTIFACTS, ""));
        assertThatThrownBy(() -> choice(mixed))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(
                        "<delivery> (-Dtravis-compile.delivery) is artifacts",
                        "other services compile these legs: windows-x86_64 (appveyor)",
                        "<ci> (-Dtravis-compile.ci) to github-actions",
                        "<delivery>tunnel</delivery>.");
        handover = Optional.of("artefacts");
        assertThatThrownBy(() -> choice(actions))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("There is no delivery 'artefacts'")
                .hasMessageEndingWith("Did you mean 'artifacts'? Known are: artifacts, tunnel.");
    }

    private TransportChoice choice(Targets where) throws Exception {
        return Plan.of(request(where, DEFAULTS)).handover();
    }

    @Test
    void platformsWithoutAServiceNeedARepository() {
        Targets where = new Targets(List.of("linux-x86_64"), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> Plan.of(request(where, DEFAULTS)))
                .hasMessageContaining("<repository> (-Dtravis-compile.repository)")
                .hasMessageContaining("-Dtravis-compile.ci=local");
        Targets one = new Targets(
                List.of("linux-x86_64", "linux-x86_32"),
                Optional.of("local"),
                Optional.empty(),
                Map.of(
                        "linux-x86_32",
                        new CrossCompileRequest.PlatformOverride(Optional.of("travis"), Optional.empty(), List.of())));
        assertThatThrownBy(() -> Plan.of(request(one, DEFAULTS)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("<repository> (-Dtravis-compile.repository)");
    }

    @Test
    void anUnknownServiceIsAnsweredWithTheNearest() {
        Targets where = new Targets(List.of(), Optional.of("locale"), Optional.empty());
        assertThatThrownBy(() -> Plan.of(request(where, DEFAULTS)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'locale'")
                .hasMessageContaining("Did you mean 'local'?");
    }

    @Test
    void aPlatformThatNoLocalToolchainCanBuildIsRefused() {
        Targets where = new Targets(List.of("osx-x86_32"), Optional.of("local"), Optional.empty());
        assertThatThrownBy(() -> Plan.of(request(where, DEFAULTS)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'osx-x86_32' cannot be compiled on this machine, which has no compiler for it");
    }

    @Test
    void aMissingLockFileIsSaidAndNotAskedFor() throws Exception {
        Files.delete(root.resolve("Cargo.lock"));
        Plan plan = Plan.of(request(LOCAL, DEFAULTS));
        assertThat(plan.legs().get(0).build().locked()).isFalse();
        assertThat(plan.warnings()).singleElement().asString().contains("no Cargo.lock", "<locked>false</locked>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "intoto.json", "cdx.json"})
    void aNameThatIsTakenIsRefused(String type) {
        ArtifactName name = new ArtifactName("linux-aarch_64", type);
        CrossCompileRequest request =
                request(LOCAL, DEFAULTS, delivery(Optional.of("app-1"), Set.of(name)), Optional.empty());
        assertThatThrownBy(() -> Plan.of(request))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("the classifier 'linux-aarch_64' and the type '" + type + "' is attached already")
                .hasMessageContaining("<attach>false</attach> (-Dtravis-compile.attach=false)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stable; rm -rf", "+nightly", "a b"})
    void aToolchainThatIsNoNameIsRefused(String toolchain) {
        BuildOptions what = new BuildOptions(
                List.of(), List.of(), false, "release", true, Optional.of(toolchain), Map.of(), Optional.empty());
        assertThatThrownBy(() -> Plan.of(request(LOCAL, what)))
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
        assertThatThrownBy(() -> Plan.of(request(LOCAL, DEFAULTS)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'core' at " + parent.resolve("core"))
                .hasMessageContaining("<snapshotRoot> (-Dtravis-compile.snapshotRoot)");
        Plan plan = Plan.of(request(LOCAL, DEFAULTS, delivery(Optional.empty(), Set.of()), Optional.of(parent)));
        assertThat(plan.snapshot().root()).isEqualTo(parent);
        assertThat(plan.cargoDirectory()).isEqualTo(Path.of("greet"));
        assertThat(plan.snapshot().always()).containsExactly("greet/Cargo.lock");
    }

    @Test
    void aSnapshotRootThatDoesNotHoldTheProjectIsRefused() throws Exception {
        Path elsewhere = Files.createDirectories(directory.toRealPath().resolve("elsewhere"));
        assertThatThrownBy(() ->
                        Plan.of(request(LOCAL, DEFAULTS, delivery(Optional.empty(), Set.of()), Optional.of(elsewhere))))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("does not hold the Cargo project " + root);
    }

    @Test
    void withoutAMavenProjectArchivesAreNamedAfterTheCrate() throws Exception {
        Plan plan = Plan.of(request(LOCAL, DEFAULTS, delivery(Optional.empty(), Set.of()), Optional.empty()));
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
        assertThatThrownBy(() ->
                        Plan.of(inForm(new ArchiveOptions(format, Optional.ofNullable(layout), together, true, true))))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage(refusal);
    }

    @Test
    void filesByThemselvesThatDifferInNothingButCaseAreRefused() throws Exception {
        write("greet/src/bin/Tool.rs", "fn main() {}\n");
        write("greet/src/bin/tool.rs", "fn main() {}\n");
        assertThatThrownBy(() -> Plan.of(inForm(new ArchiveOptions("raw", Optional.empty(), false, true, true))))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("cannot both be attached by themselves")
                .hasMessageContaining("<format> (-Dtravis-compile.format)");
    }

    @Test
    void aLayoutThatNothingLiesInIsSaid() throws Exception {
        Plan plan = Plan.of(inForm(new ArchiveOptions("zip", Optional.of("jna"), false, true, true)));
        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .contains("<jarLayout>", "'zip'", "set <format> to 'jar'");
    }

    private CrossCompileRequest inForm(ArchiveOptions form) {
        Targets where =
                new Targets(List.of("linux-x86_64", "linux-x86_64-musl"), Optional.of("local"), Optional.empty());
        return request(where, DEFAULTS, delivery(Optional.of("app-1"), Set.of(), form), Optional.empty());
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
        BuildOptions what = new BuildOptions(
                List.of(), List.of(), false, "release", true, Optional.empty(), Map.of(), Optional.of(smokeTest));
        assertThatThrownBy(() -> Plan.of(request(LOCAL, what)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining(why);
    }

    private CrossCompileRequest request(Targets where, BuildOptions what) {
        return request(where, what, delivery(Optional.of("app-1"), Set.of()), Optional.empty());
    }

    private CrossCompileRequest request(
            Targets where, BuildOptions what, Destination delivery, Optional<Path> snapshotRoot) {
        return new CrossCompileRequest(
                root,
                where,
                what,
                new SnapshotScope(snapshotRoot, List.of(), List.of(), List.of(), Optional.empty()),
                delivery,
                new Execution(true, false, true, false, Optional.empty(), Duration.ofHours(1)),
                new CrossCompileRequest.Hosting(
                        handover,
                        tunnel,
                        Optional.empty(),
                        true,
                        false,
                        false,
                        Duration.ofMinutes(30),
                        accounts,
                        Instant.parse("2026-11-25T12:00:00Z"),
                        new CrossCompileRequest.Services(
                                URI.create("https://api.github.com"),
                                URI.create("https://github.com"),
                                travis,
                                URI.create("https://ci.appveyor.com/api"),
                                Optional.empty(),
                                Optional.empty())),
                promises,
                new Host("Linux", "aarch64", directory, environment),
                "1.0");
    }

    private static Destination delivery(Optional<String> finalName, Set<ArtifactName> taken) {
        return delivery(finalName, taken, new ArchiveOptions("tar.gz", Optional.empty(), false, true, true));
    }

    private static Destination delivery(Optional<String> finalName, Set<ArtifactName> taken, ArchiveOptions form) {
        return new Destination(
                finalName,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                taken,
                Optional.empty(),
                Optional.empty(),
                form);
    }

    private void write(String path, String content) throws IOException {
        Path file = directory.toRealPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
