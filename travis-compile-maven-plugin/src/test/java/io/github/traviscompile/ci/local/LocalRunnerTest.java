package io.github.traviscompile.ci.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.LegSetup;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.SystemPackage;
import io.github.traviscompile.upload.UploadEvent.LegReport;
import io.github.traviscompile.upload.UploadEvent.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real script, run by the runner against the real endpoint, with the real cargo. */
class LocalRunnerTest {

    @TempDir
    Path directory;

    @Test
    void deliversCargosOutputs() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            LegEnd end = run(bench.job(), Map.of());

            assertThat(end.exit()).as(end.lastWords()).isEqualTo(LegExit.DONE);
            assertThat(bench.committed()).hasSize(2);
            for (var committed : bench.committed()) {
                assertThat(committed.file()).hasSameBinaryContentAs(bench.built(committed.output()));
            }
            assertThat(bench.progress(Phase.STARTED)).hasSize(1);
            assertThat(bench.events.get(bench.events.size() - 1))
                    .isInstanceOfSatisfying(
                            LegReport.class, done -> assertThat(done.phase()).isEqualTo(Phase.DONE));
            assertThat(bench.job().log()).content().contains("Compiling greet v0.1.0", "Finished");
        }
    }

    @Test
    void worksBelowFoldersOfAnyName() throws Exception {
        Path odd = Files.createDirectories(directory.resolve("it's a \"dir\" $HOME `id` ünï → 名"));
        try (LegBench bench = new LegBench(odd)) {
            assertThat(run(bench.job(), Map.of("TMPDIR", odd.toString())).exit())
                    .isEqualTo(LegExit.DONE);
            assertThat(bench.committed()).hasSize(2);
            try (var left = Files.list(odd)) {
                assertThat(left.map(Path::getFileName).map(Path::toString))
                        .containsExactlyInAnyOrder("checkout", "inbox", "target", "leg.log");
            }
        }
    }

    @Test
    void reportsTheFirstCompilerError() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            bench.source("src/main.rs", "fn main() {\n    let n: i32 = \"five\";\n    missing();\n}\n");
            LegEnd end = run(bench.job(), Map.of());

            assertThat(end.exit()).isEqualTo(LegExit.BUILD_FAILED);
            assertThat(bench.committed()).isEmpty();
            LegReport failed = bench.progress(Phase.FAILED).get(0);
            int lines = Integer.parseInt(failed.fields().get("error_lines"));
            String block = String.join("\n", failed.text().lines().limit(lines).toList());
            assertThat(failed.fields()).containsEntry("exit", "101");
            assertThat(block).startsWith("error[E0").contains("src/main.rs:").doesNotContain("could not compile");
            assertThat(failed.text()).contains("cannot find function `missing`", "could not compile `greet`");
            assertThat(failed.text().length()).isLessThanOrEqualTo(16 << 10);
        }
    }

    @Test
    void keepsTheCausesOfCargosOwnErrorTogether() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            // A panic's message follows an empty line.
            bench.source("build.rs", "fn main() { panic!(\"no such header\"); }\n");
            run(bench.job(), Map.of());

            LegReport failed = bench.progress(Phase.FAILED).get(0);
            int lines = Integer.parseInt(failed.fields().get("error_lines"));
            assertThat(String.join("\n", failed.text().lines().limit(lines).toList()))
                    .startsWith("error: failed to run custom build command")
                    .contains("Caused by:", "exit status: 101", "no such header")
                    .doesNotContain("Compiling");
        }
    }

    @Test
    void namesOutputsThatCargoDidNotWrite() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            bench.source("Cargo.toml", "[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
            LegEnd end = run(bench.job(), Map.of());

            assertThat(end.exit()).isEqualTo(LegExit.BUILD_FAILED);
            assertThat(end.lastWords()).contains("libgreeter.so").doesNotContain(" greet.");
            assertThat(bench.progress(Phase.FAILED).get(0).text()).contains("libgreeter.so");
        }
    }

    @Test
    void givesUpOnAnEndpointThatKnowsAnotherKey() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            LegKey other = LegKey.random(new SecureRandom());
            LegEnd end = run(bench.job(bench.server.uri(), other), Map.of("TCMP_DEADLINE", "2"));

            assertThat(end.exit()).isEqualTo(LegExit.UNREACHABLE);
            assertThat(end.lastWords()).contains("2 s", "401");
            assertThat(bench.events).isEmpty();
        }
    }

    @Test
    void hidesTheKeyFromTheBuildAndGivesItTheUsersVariables() throws Exception {
        Path dump = directory.resolve("environment");
        var legVariables = new TreeMap<>(Map.of("target", "of the leg", "GREETING", "it's $HOME"));
        try (LegBench bench = new LegBench(directory, legVariables)) {
            bench.source("build.rs", """
                    fn main() {
                        let lines: String = std::env::vars().map(|(k, v)| format!("{k}={v}\n")).collect();
                        std::fs::write(std::env::var("DUMP").unwrap(), lines).unwrap();
                    }
                    """);
            // Names of the script's own variables.
            Map<String, String> user =
                    Map.of("key", "mine", "url", "mine too", "packages", "p", "DUMP", dump.toString());
            LegEnd end = run(bench.job(), user);

            assertThat(end.exit()).as(end.lastWords()).isEqualTo(LegExit.DONE);
            assertThat(dump)
                    .content()
                    .contains("\nkey=mine\n", "\nurl=mine too\n", "\npackages=p\n")
                    .contains("\ntarget=of the leg\n", "GREETING=it's $HOME\n")
                    .doesNotContain(
                            "TCMP_", bench.key.revealHex(), bench.server.uri().toString());
        }
    }

    @Test
    void runsLegsSideBySide() throws Exception {
        Path one = Files.createDirectories(directory.resolve("one"));
        Path two = Files.createDirectories(directory.resolve("two"));
        // Each leg waits for the other.
        String wait = "fn main() { std::fs::write(\"%s\", \"\").unwrap();"
                + " while !std::path::Path::new(\"%s\").exists() { std::thread::yield_now(); } }\n";
        try (LegBench first = new LegBench(one);
                LegBench second = new LegBench(two);
                LocalRunner service = LocalRunner.open(2, environment(Map.of()))) {
            first.source("build.rs", wait.formatted(one.resolve("here"), two.resolve("here")));
            second.source("build.rs", wait.formatted(two.resolve("here"), one.resolve("here")));
            List<CompletableFuture<LegEnd>> ends = List.of(service.start(first.job()), service.start(second.job()));
            assertThat(ends).allMatch(end -> end.join().exit() == LegExit.DONE);
        }
    }

    @Test
    void leavesNoProcessBehindWhenClosed() throws Exception {
        Path here = directory.resolve("here");
        try (LegBench bench = new LegBench(directory)) {
            bench.source("build.rs", """
                    fn main() {
                        let child = std::process::Command::new("sleep").arg("300").spawn().unwrap();
                        let pids = format!("{}\n{}\n", std::process::id(), child.id());
                        std::fs::write("%1$s.part", pids).unwrap();
                        std::fs::rename("%1$s.part", "%1$s").unwrap();
                        loop { std::thread::park(); }
                    }
                    """.formatted(here));
            Path temporary = Files.createDirectories(directory.resolve("tmp"));
            LocalRunner service = LocalRunner.open(1, environment(Map.of("TMPDIR", temporary.toString())));
            CompletableFuture<LegEnd> running = service.start(bench.job());
            CompletableFuture<LegEnd> waiting = service.start(bench.job());
            while (!Files.exists(here)) {
                assertThat(running).isNotDone();
                Thread.sleep(1);
            }
            List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
            service.close();

            assertThat(children).hasSizeGreaterThanOrEqualTo(4).noneMatch(ProcessHandle::isAlive);
            for (String pid : Files.readAllLines(here)) {
                assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive))
                        .isEmpty();
            }
            assertThat(temporary).isEmptyDirectory();
            assertThat(waiting).isCancelled();
            // The process ends first, or the waiting thread is interrupted first.
            assertThat(running.handle((end, e) -> e != null || end.exit() == LegExit.BROKEN_OFF)
                            .get(10, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void writesALineRegularlySoThatNoServiceTreatsItAsHanging() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            bench.source("build.rs", "fn main() { std::thread::sleep(std::time::Duration::from_millis(3500)); }\n");
            Process process = script(bench, Map.of("TCMP_KEEPALIVE", "1"));
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);

            assertThat(said.lines().filter(line -> line.matches("travis-compile linux-x86_64: still cargo build.* s")))
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(said.lines().filter(line -> line.startsWith("tcmp1 ")))
                    .hasSize(2)
                    .allMatch(line -> line.matches("tcmp1 run=" + bench.run + " leg=" + bench.leg.id()
                            + " output=\\S+ sha256=[0-9a-f]{64} size=[1-9][0-9]*"));
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void namesAMissingTool() {
        assertThatThrownBy(() -> LocalRunner.open(1, Map.of("PATH", directory.toString())))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll("bash", directory.toString(), "-Dtravis-compile.ci");
    }

    @Test
    void refusesToStartWithoutItsSecretOrItsFile() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            assertThat(ending(script(bench, Map.of("TCMP_KEY", ""))))
                    .startsWith("64 ")
                    .contains("TCMP_KEY is not set");
            assertThat(ending(script(bench, Map.of("TCMP_KEY", "ab"))))
                    .startsWith("64 ")
                    .contains("64 lower-case hex");
            assertThat(ending(script(bench, Map.of("TCMP_URL", "http://a\"b")))).startsWith("64 ");
            Files.delete(bench.checkout.resolve(".travis-compile/" + bench.leg.id() + ".leg"));
            assertThat(ending(script(bench, Map.of()))).startsWith("64 ").contains("no data file");
        }
    }

    @Test
    void asksForADynamicCLibraryWithoutLosingTheUsersFlags() throws Exception {
        String triple = Platform.LINUX_X86_64_MUSL.target().triple();
        String ours = "target-feature=-crt-static";
        try (LegBench bench = new LegBench(directory)) {
            bench.layOut(LegBench.leg(Platform.LINUX_X86_64_MUSL));
            assertThat(cargoCalledFor(bench, Map.of()))
                    .contains("build --target " + triple + " --release --locked --package greet --config target."
                            + triple + ".rustflags=['-C', '" + ours + "']");
            assertThat(cargoCalledFor(bench, Map.of("RUSTFLAGS", "-C debuginfo=1")))
                    .contains("RUSTFLAGS=-C debuginfo=1 -C " + ours + "\n")
                    .doesNotContain("--config");
            assertThat(cargoCalledFor(bench, Map.of("CARGO_ENCODED_RUSTFLAGS", "-Cdebuginfo=1")))
                    .contains("CARGO_ENCODED_RUSTFLAGS=-Cdebuginfo=1\u001f-C\u001f" + ours + "\n");

            bench.source(".cargo/config.toml", "[build]\nrustflags = ['-C', 'debuginfo=1']\n");
            assertThat(cargoCalledFor(bench, Map.of()))
                    .contains(".rustflags=['-C', '" + ours + "'] --config", ".rustflags=[\"-C\",\"debuginfo=1\"]");
            // Cargo would have ignored build.rustflags.
            bench.source(".cargo/config.toml", """
                    [build]
                    rustflags = ['-C', 'debuginfo=1']
                    [target.'cfg(unix)']
                    rustflags = ['-C', 'debuginfo=2']
                    """);
            assertThat(cargoCalledFor(bench, Map.of()))
                    .contains(".rustflags=['-C', '" + ours + "']")
                    .doesNotContain("debuginfo=1");
        }
    }

    @Test
    void addsTheFlagsOfTheSystemWithoutLosingTheUsersFlags() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            Leg leg = LegSample.of(LegBench.leg(Platform.WINDOWS_X86_64))
                    .with(Map.of("RUSTFLAGS", "-C debuginfo=1"))
                    .with(new LegSetup(LegSetup.STATIC_CRT, List.of()))
                    .leg();
            bench.layOut(leg);
            assertThat(cargoCalled(bench, leg.id(), Map.of()))
                    .contains("RUSTFLAGS=-C debuginfo=1 -C target-feature=+crt-static\n");
        }
    }

    @Test
    void installsThePackagesOfAHostedLeg() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path said = directory.resolve("said");
        String path = bin + ":" + System.getenv("PATH");
        program(bin.resolve("id"), "echo 1000");
        for (String tool : List.of("sudo", "brew", "choco")) {
            program(bin.resolve(tool), "echo " + tool + " \"$@\" >>'" + said + "'");
        }
        program(bin.resolve("rustup"), "exit 0");
        try (LegBench bench = new LegBench(directory)) {
            hostedWith(bench, Platform.LINUX_X86_64, PackageManager.APT, "libssl-dev", "zlib1g-dev:i386");
            hostedWith(bench, Platform.OSX_AARCH_64, PackageManager.BREW, "openssl@3");
            hostedWith(bench, Platform.WINDOWS_X86_64, PackageManager.CHOCO, "nasm");
            for (Platform platform : List.of(Platform.LINUX_X86_64, Platform.OSX_AARCH_64, Platform.WINDOWS_X86_64)) {
                cargoCalled(bench, platform.id(), Map.of("PATH", path));
            }
            assertThat(said)
                    .hasContent("sudo dpkg --add-architecture i386\nsudo apt-get update\n"
                            + "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends"
                            + " libssl-dev zlib1g-dev:i386\nbrew install openssl@3\n"
                            + "choco install -y --no-progress nasm\n");

            program(bin.resolve("sudo"), "case $* in *install*) exit 100;; esac");
            assertThat(ending(script(bench, "linux-x86_64", Map.of("PATH", path, "TCMP_DEADLINE", "0"))))
                    .startsWith("69 ")
                    .contains("apt could not install libssl-dev zlib1g-dev:i386.");
        }
    }

    private static void hostedWith(LegBench bench, Platform platform, PackageManager manager, String... names)
            throws Exception {
        bench.layOut(LegSample.of(LegBench.leg(platform).on(ActionsProvider.SERVICE))
                .with(new LegSetup(
                        List.of(),
                        List.of(names).stream()
                                .map(name -> new SystemPackage(manager, name))
                                .toList()))
                .leg());
    }

    @Test
    void installsTheToolchainOfAHostedLeg() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path said = directory.resolve("said");
        program(bin.resolve("rustup"), "echo \"$@\" >>'" + said + "'");
        try (LegBench bench = new LegBench(directory)) {
            Leg hosted = LegSample.of(bench.leg.on(TravisProvider.SERVICE))
                    .by("1.95.0")
                    .leg();
            bench.layOut(hosted);
            String path = bin + ":" + System.getenv("PATH");
            assertThat(cargoCalled(bench, hosted.id(), Map.of("PATH", path))).contains("RUSTUP_TOOLCHAIN=1.95.0\n");
            assertThat(said)
                    .hasContent("toolchain install 1.95.0 --profile minimal\ntarget add "
                            + hosted.target().triple() + "\n");

            program(bin.resolve("rustup"), "echo 'no such toolchain'; exit 1");
            assertThat(ending(script(bench, Map.of("PATH", path, "TCMP_DEADLINE", "0"))))
                    .startsWith("69 ")
                    .contains("could not install the toolchain '1.95.0'");
            assertThat(bench.progress(Phase.FAILED))
                    .last()
                    .satisfies(failed -> assertThat(failed.text()).contains("no such toolchain"));
        }
    }

    private String cargoCalledFor(LegBench bench, Map<String, String> variables) throws Exception {
        return cargoCalled(bench, Platform.LINUX_X86_64_MUSL.id(), variables);
    }

    /** Returns the arguments and the variables with which the script starts cargo; its queries go to the real cargo. */
    private String cargoCalled(LegBench bench, String leg, Map<String, String> variables) throws Exception {
        Path called = directory.resolve("called");
        Path cargo = directory.resolve("cargo");
        program(
                cargo,
                "case \"$*\" in *'config get'*) exec cargo \"$@\";; esac\n" + "{ echo \"$@\"; env; } >'" + called
                        + "'; exit 1");
        Map<String, String> more = new TreeMap<>(variables);
        more.put("CARGO", cargo.toString());
        more.put("TCMP_DEADLINE", "0");
        assertThat(ending(script(bench, leg, more))).startsWith("70 ");
        return Files.readString(called);
    }

    private static void program(Path file, String commands) throws Exception {
        Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private LegEnd run(LocalJob job, Map<String, String> variables) throws Exception {
        try (LocalRunner service = LocalRunner.open(1, environment(variables))) {
            return service.start(job).get(100, TimeUnit.SECONDS);
        }
    }

    private static Process script(LegBench bench, Map<String, String> variables) throws Exception {
        return script(bench, bench.leg.id(), variables);
    }

    private static Process script(LegBench bench, String leg, Map<String, String> variables) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", ".travis-compile/leg.sh", leg)
                .directory(bench.checkout.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "TCMP_KEY",
                        bench.key.revealHex(),
                        "TCMP_URL",
                        bench.server.uri().toString(),
                        "TCMP_LOG",
                        bench.directory.resolve("leg.log").toString(),
                        "CARGO_TARGET_DIR",
                        bench.directory.resolve("target").toString()));
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static String ending(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor() + " " + said;
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(more);
        return environment;
    }
}
