package io.github.traviscompile.ci.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RustTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's real cargo and rustc, and stand-ins for missing ones. */
class LocalToolchainTest {

    private static final String I686 = "i686-unknown-linux-gnu";

    @TempDir
    Path directory;

    private Path bin;

    @BeforeEach
    void makeFolders() throws IOException {
        bin = Files.createDirectories(directory.resolve("bin"));
    }

    @Test
    void findsTheRealOne() throws Exception {
        LocalToolchain toolchain = LocalToolchain.find(System.getenv(), directory, Optional.empty());

        assertThat(toolchain.cargo()).isExecutable();
        assertThat(toolchain.description())
                .contains(
                        "release: " + toolchain.release(),
                        "host: " + toolchain.host().triple());
        assertThat(toolchain.commitHash()).isNotEmpty();
        assertThat(toolchain.hostPlatform()).map(Platform::target).contains(toolchain.host());
        assertThat(toolchain.environmentFor(LegBench.leg(LegBench.HOST), System.getenv(), directory))
                .containsEntry("CARGO", toolchain.cargo().toString())
                .doesNotContainKey(LegBench.HOST.target().cargoVariable("LINKER"));
    }

    @Test
    void itsOwnPlatformIsLinkedByCcByDefault() throws Exception {
        LocalToolchain real = LocalToolchain.find(System.getenv(), directory, Optional.empty());
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.endsWith("LINKER") || name.endsWith("RUSTFLAGS"));
        environment.put("CARGO", real.cargo().toString());
        environment.put("RUSTC", real.rustc().toString());
        environment.put("CARGO_HOME", directory.resolve("home").toString());
        environment.put("PATH", bin.toString());
        LocalToolchain toolchain = LocalToolchain.find(environment, directory, Optional.empty());
        Leg leg = LegBench.leg(LegBench.HOST);
        assertThatExceptionOfType(ActionNeededException.class)
                .isThrownBy(() -> toolchain.environmentFor(leg, environment, directory))
                .withMessageContainingAll("cannot be linked on this machine: no cc was found in " + bin, "gcc")
                .withMessageEndingWith("(-Dtravis-compile.platforms).");

        Path config = Files.createDirectories(directory.resolve(".cargo")).resolve("config.toml");
        Files.writeString(config, "[target.'cfg(unix)']\nlinker = \"clang\"\n");
        assertThat(toolchain.environmentFor(leg, environment, directory)).containsKey("CARGO");
        Files.writeString(config, "[build]\nrustflags = [\"-Clinker=clang\"]\n");
        assertThat(toolchain.environmentFor(leg, environment, directory)).containsKey("CARGO");
        Files.delete(config);
        environment.put(LegBench.HOST.target().cargoVariable("LINKER"), "clang");
        assertThat(toolchain.environmentFor(leg, environment, directory)).containsKey("CARGO");
    }

    @Test
    void namesTheFoldersSearchedForCargo() {
        Map<String, String> environment = Map.of("PATH", bin.toString(), "HOME", directory.toString());
        assertThatExceptionOfType(ActionNeededException.class)
                .isThrownBy(() -> LocalToolchain.find(environment, directory, Optional.empty()))
                .withMessageContainingAll(
                        "cargo", bin.toString(), directory.resolve(".cargo/bin").toString())
                .withMessageEndingWith(".");
    }

    @Test
    void refusesAVariableThatNamesNoProgram() {
        Map<String, String> environment = Map.of("PATH", bin.toString(), "CARGO", "/no/such/cargo");
        assertThatExceptionOfType(ActionNeededException.class)
                .isThrownBy(() -> LocalToolchain.find(environment, directory, Optional.empty()))
                .withMessageContainingAll("CARGO", "/no/such/cargo");
    }

    @Test
    void usesTheProgramsOfTheVariables() throws Exception {
        Path rustc = rustc("1.85.0");
        Path cargo = program("my cargo", "exit 1");
        LocalToolchain toolchain = LocalToolchain.find(
                environment(Map.of("CARGO", cargo.toString(), "RUSTC", rustc.toString())), directory, Optional.empty());

        assertThat(toolchain.cargo()).isEqualTo(cargo);
        assertThat(toolchain.release()).isEqualTo("1.85.0");
        assertThat(toolchain.variables()).doesNotContainKey("RUSTUP_TOOLCHAIN");
    }

    @Test
    void pinsTheToolchainThatRustupChoseHere() throws Exception {
        program("rustup", "exit 1");
        LocalToolchain toolchain = standIn(Optional.empty());
        assertThat(toolchain.variables()).containsEntry("RUSTUP_TOOLCHAIN", "sysroot-of-none");

        assertThat(standIn(Optional.of("1.80.0")).variables()).containsEntry("RUSTUP_TOOLCHAIN", "1.80.0");
    }

    @Test
    void refusesAnotherToolchainWhereThereIsNoRustup() throws Exception {
        assertThat(standIn(Optional.of("1.85")).release()).isEqualTo("1.85.0");
        assertThatExceptionOfType(ActionNeededException.class)
                .isThrownBy(() -> standIn(Optional.of("1.8")))
                .withMessageContainingAll("'1.8'", "-Dtravis-compile.toolchain", "1.85.0", "rustup");
    }

    @Test
    void namesTheCommandThatAddsAStandardLibrary() throws Exception {
        program("rustup", "exit 1");
        LocalToolchain toolchain = standIn(Optional.empty());
        assertThatExceptionOfType(ActionNeededException.class)
                .isThrownBy(() -> check(toolchain, Platform.LINUX_AARCH_64, Map.of()))
                .withMessageContainingAll(
                        "'linux-aarch_64'",
                        "rustup target add --toolchain sysroot-of-none aarch64-unknown-linux-gnu",
                        "-Dtravis-compile.platforms");
    }

    @Test
    void usesTheUsualCrossLinkerOrNamesItsPackage() throws Exception {
        standardLibrary("aarch64-unknown-linux-gnu");
        LocalToolchain toolchain = standIn(Optional.empty());
        assertThatExceptionOfType(ActionNeededException.class)
                .isThrownBy(() -> check(toolchain, Platform.LINUX_AARCH_64, Map.of()))
                .withMessageContainingAll("aarch64-linux-gnu-gcc", bin.toString(), "gcc-aarch64-linux-gnu");

        Path gcc = program("aarch64-linux-gnu-gcc", "exit 0");
        assertThat(check(toolchain, Platform.LINUX_AARCH_64, Map.of()))
                .containsEntry("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER", gcc.toString());
    }

    @Test
    void leavesTheLinkerToTheUserWhoNamedOne() throws Exception {
        standardLibrary("aarch64-unknown-linux-gnu");
        LocalToolchain toolchain = standIn(Optional.empty());
        String variable = "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER";
        assertThat(check(toolchain, Platform.LINUX_AARCH_64, Map.of(variable, "mine")))
                .doesNotContainKey(variable);
    }

    @Test
    void readsTheLinkerFromCargosOwnConfiguration() throws Exception {
        standardLibrary("aarch64-unknown-linux-gnu");
        Path config = Files.createDirectories(directory.resolve(".cargo")).resolve("config.toml");
        LocalToolchain toolchain =
                new LocalToolchain(realCargo(), bin.resolve("rustc"), "1.85.0", "unknown", host(), "", new TreeMap<>());
        rustc("1.85.0");
        String variable = "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER";

        Files.writeString(config, "[target.aarch64-unknown-linux-gnu]\nlinker = \"my-gcc\"\n");
        assertThat(check(toolchain, Platform.LINUX_AARCH_64, System.getenv())).containsEntry(variable, "my-gcc");

        Files.writeString(config, "[target.aarch64-unknown-linux-gnu]\nlinker = \"tools/my-gcc\"\n");
        assertThat(check(toolchain, Platform.LINUX_AARCH_64, System.getenv())).doesNotContainKey(variable);
    }

    @Test
    void linksFor32BitsWithTheHostsCompilerOnlyWhereThatWorks() throws Exception {
        standardLibrary(I686);
        program("cc", "case \"$*\" in *-m32*) exit 0;; esac; exit 1");
        LocalToolchain toolchain = standIn(Optional.empty());
        assertThat(check(toolchain, Platform.LINUX_X86_32, Map.of()))
                .doesNotContainKey("CARGO_TARGET_I686_UNKNOWN_LINUX_GNU_LINKER");

        program("cc", "exit 1");
        assertThatExceptionOfType(ActionNeededException.class)
                .isThrownBy(() -> check(toolchain, Platform.LINUX_X86_32, Map.of()))
                .withMessageContaining("gcc-i686-linux-gnu");
    }

    @Test
    void refusesApplesAndMicrosoftsTargetsOnOtherSystems() throws Exception {
        standardLibrary("aarch64-apple-darwin");
        standardLibrary("x86_64-pc-windows-msvc");
        LocalToolchain toolchain = standIn(Optional.empty());
        for (Platform platform : List.of(Platform.OSX_AARCH_64, Platform.WINDOWS_X86_64)) {
            assertThatExceptionOfType(ActionNeededException.class)
                    .isThrownBy(() -> check(toolchain, platform, Map.of()))
                    .withMessageContainingAll(platform.id(), "its own system", "-Dtravis-compile.platforms");
        }
    }

    private Map<String, String> check(LocalToolchain toolchain, Platform platform, Map<String, String> more)
            throws Exception {
        return toolchain.environmentFor(LegBench.leg(platform), environment(more), directory);
    }

    private LocalToolchain standIn(Optional<String> requested) throws Exception {
        program("cargo", "exit 1");
        rustc("1.85.0");
        return LocalToolchain.find(environment(Map.of()), directory, requested);
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(more);
        environment.put("PATH", bin.toString());
        return environment;
    }

    /** Creates a rustc for x86-64 Linux whose libraries lie in {@code lib/<triple>}. */
    private Path rustc(String release) throws IOException {
        return program(
                "rustc",
                "case \"$*\" in -vV) echo 'rustc " + release + "'; echo 'commit-hash: unknown'; echo 'host: " + host()
                        + "'; echo 'release: " + release + "';; *sysroot) echo '/x/sysroot-of-none';; *) echo '"
                        + directory + "/lib/'\"$4\";; esac");
    }

    private void standardLibrary(String triple) throws IOException {
        Files.createFile(Files.createDirectories(directory.resolve("lib").resolve(triple))
                .resolve("libcore-0123.rlib"));
    }

    private Path program(String name, String commands) throws IOException {
        Path program = bin.resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + commands + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private static RustTarget host() {
        return Platform.LINUX_X86_64.target();
    }

    private Path realCargo() throws Exception {
        return LocalToolchain.find(System.getenv(), directory, Optional.empty()).cargo();
    }
}
