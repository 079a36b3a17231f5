package io.github.traviscompile.ci.appveyor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiJob.Stage;
import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.http.Pause;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.standin.AppVeyorProjectStandIn;
import io.github.traviscompile.standin.AppVeyorStandIn;
import io.github.traviscompile.standin.StandInRepository;
import io.github.traviscompile.standin.TravisImages;
import io.github.traviscompile.standin.TravisMachines;
import io.github.traviscompile.upload.LegAccount;
import io.github.traviscompile.upload.UploadEvent;
import io.github.traviscompile.upload.UploadEvent.Committed;
import io.github.traviscompile.upload.UploadLimits;
import io.github.traviscompile.upload.UploadServer;
import io.github.traviscompile.upload.UploadStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Legs on machines of the stand-in: our file, its secrets and our script, with real bash, git and cargo. */
class AppVeyorRunTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String MAIN = "fn main() {\n    println!(\"hello\");\n}\n";

    @TempDir
    Path directory;

    private final RunId run = RunId.random(new SecureRandom());
    private final LegKey key = LegKey.random(new SecureRandom());
    private final List<UploadEvent> events = new CopyOnWriteArrayList<>();
    private AppVeyorStandIn appveyor;
    private AppVeyorProjectStandIn project;
    private CiProject ready;
    private StandInRepository git;

    @BeforeEach
    void start() throws Exception {
        appveyor = new AppVeyorStandIn(directory);
        project = appveyor.project("builds", Legs.SLUG);
        git = new StandInRepository(directory.resolve("git"), Legs.SLUG, true).withReadme();
        ready = new AppVeyorCi(
                        appveyor.uri(),
                        Legs.REPOSITORY,
                        Optional.empty(),
                        Secret.of(appveyor.token()),
                        HttpSettings.of(HttpTimeouts.DEFAULT, InstantSource.system(), Pause.REAL))
                .requireReady(List.of());
    }

    @AfterEach
    void stop() throws InterruptedException {
        appveyor.close();
        project.awaitIdle(Duration.ofSeconds(10));
        git.close();
    }

    @Test
    void deliversWhatAJobCompiled() throws Exception {
        project.machines(TravisImages.machines(directory.resolve("images"), LIMIT));
        Leg leg = Legs.APPVEYOR.leg(Platform.LINUX_X86_64);
        try (UploadServer server = endpoint(leg);
                CiWatch watch = push(server, MAIN, leg)) {
            project.awaitIdle(LIMIT);
            CiJob job = watch.look().get(0);
            JobLog log = watch.log(job).orElseThrow();
            assertThat(job.stage()).as(log.text()).isEqualTo(Stage.PASSED);
            assertThat(log.isWhole()).isTrue();

            Output output = leg.outputs().get(0);
            Committed committed = committed().get(0);
            assertThat(log.verdict(run, leg, output, committed.sha256(), committed.size()))
                    .isEqualTo(JobLog.LogEvidence.CONFIRMED);
            assertThat(committed.details().get("tree")).matches("[0-9a-f]{40}");
            assertThat(committed.details().get("job"))
                    .isEqualTo("https://appveyor.invalid/project/alice/builds/builds/1/job/" + job.id());
            assertThat(log.text())
                    .doesNotContain(key.revealHex())
                    .doesNotContain(server.uri().toString());
        }
        assertThat(project.builds().get(0).job("linux-x86_64").secrets()).contains(key.revealHex());
    }

    @Test
    void runsOneJobAfterAnotherAndSaysHowEachEnded() throws Exception {
        project.machines(TravisImages.machines(directory.resolve("images"), LIMIT));
        List<Leg> legs = List.of(Legs.APPVEYOR.leg(Platform.LINUX_X86_64), Legs.APPVEYOR.leg(Platform.OSX_X86_64));
        String source = "#[cfg(target_os = \"linux\")] fn main() { nonsense }"
                + " #[cfg(not(target_os = \"linux\"))] fn main() {}";
        try (UploadServer server = endpoint(legs.toArray(Leg[]::new));
                CiWatch watch = push(server, source, legs.toArray(Leg[]::new))) {
            project.awaitIdle(LIMIT);
            List<CiJob> jobs = watch.look();
            assertThat(jobs).extracting(CiJob::stage).containsExactly(Stage.FAILED, Stage.PASSED);
            assertThat(watch.log(jobs.get(0)).orElseThrow().exit()).contains(LegExit.BUILD_FAILED);
        }
        assertThat(committed()).extracting(Committed::leg).containsExactly("osx-x86_64");
    }

    @Test
    void cancelsAJobThatRuns() throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        TravisImages.tool(tools, "rustup", "sleep 60");
        project.machines(new TravisMachines(Map.of("linux", List.of(tools)), Map.of(), LIMIT));
        Leg leg = Legs.APPVEYOR.leg(Platform.LINUX_X86_64);
        long begin = System.nanoTime();
        try (UploadServer server = endpoint(leg)) {
            try (CiWatch watch = push(server, MAIN, leg)) {
                while (watch.look().get(0).stage() == Stage.WAITING) {
                    Thread.sleep(1);
                }
            }
            project.awaitIdle(LIMIT);
        }
        assertThat(project.builds().get(0).jobs().get(0).state()).isEqualTo("cancelled");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(50));
    }

    /** rustup and cargo are stand-ins, which Windows' own cannot be here; git, bash and the script are real. */
    @ParameterizedTest
    @CsvSource({"WINDOWS_X86_64, '', stable", "WINDOWS_X86_32_GNU, 1.85.0, 1.85.0"})
    void keepsTheBytesOfTheSnapshotAndInstallsRustOnWindows(Platform platform, String toolchain, String installed)
            throws Exception {
        String target = platform.target().triple();
        Path tools = Files.createDirectories(directory.resolve("tools"));
        TravisImages.tool(tools, "rustup", "exit 0");
        TravisImages.tool(tools, "rustc", "echo rustc 1.85.0");
        TravisImages.tool(
                tools,
                "cargo",
                "mkdir -p \"$CARGO_TARGET_DIR/" + target + "/release\"",
                "echo \"$PATH\" >\"$HOME/path\"",
                "cat src/main.rs >\"$CARGO_TARGET_DIR/" + target + "/release/greet.exe\"");
        project.machines(new TravisMachines(Map.of("windows", List.of(tools)), Map.of(), LIMIT));
        Leg leg = toolchain.isEmpty() ? Legs.APPVEYOR.leg(platform) : Legs.APPVEYOR.leg(platform, toolchain);
        try (UploadServer server = endpoint(leg);
                CiWatch watch = push(server, MAIN, leg)) {
            project.awaitIdle(LIMIT);
            assertThat(watch.look()).extracting(CiJob::stage).as(this::log).containsExactly(Stage.PASSED);
            assertThat(committed().get(0).file()).hasContent(MAIN);
        }
        assertThat(home("rustup-init.calls"))
                .isEqualTo("-y --no-modify-path --profile minimal --default-toolchain " + installed
                        + " --default-host x86_64-pc-windows-msvc\n");
        String path = home("path");
        assertThat(path.contains("/c/msys64/mingw32/bin:")).isEqualTo(target.endsWith("-gnu"));
        assertThat(path).contains("/home/.cargo/bin:");
    }

    @Test
    void installsTheLinkerFor32Bit() throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        TravisImages.tool(tools, "rustup", "exit 1");
        project.machines(new TravisMachines(Map.of("linux", List.of(tools)), Map.of(), LIMIT));
        Leg leg = Legs.APPVEYOR.leg(Platform.LINUX_X86_32);
        try (UploadServer server = endpoint(leg);
                CiWatch watch = push(server, MAIN, leg)) {
            project.awaitIdle(LIMIT);
            JobLog log = watch.log(watch.look().get(0)).orElseThrow();
            assertThat(log.exit()).as(log.text()).contains(LegExit.NO_TOOLCHAIN);
        }
        assertThat(home("apt-get.calls")).isEqualTo("-q update\n-q -y install gcc-multilib\n");
        assertThat(home("rustup-init.calls"))
                .isEqualTo("-y --no-modify-path --profile minimal --default-toolchain stable\n");
    }

    private String log() {
        return project.builds().get(0).jobs().get(0).log();
    }

    /** What the one job left in its home. */
    private String home(String file) throws IOException {
        try (Stream<Path> disks = Files.list(directory)) {
            Path disk = disks.filter(path -> path.getFileName().toString().startsWith("job-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(disk.resolve("home").resolve(file));
        }
    }

    private UploadServer endpoint(Leg... legs) throws Exception {
        return UploadServer.open(
                run,
                Stream.of(legs)
                        .map(leg -> new LegAccount(leg.id(), key, leg.outputs()))
                        .toList(),
                UploadStorage.open(directory.resolve("inbox"), 1L << 30),
                UploadLimits.DEFAULT,
                events::add);
    }

    private CiWatch push(UploadServer server, String source, Leg... legs) throws Exception {
        List<KeyedLeg> keyed = Stream.of(legs)
                .map(leg -> new KeyedLeg(leg, Optional.of(key), Optional.of(server.uri())))
                .toList();
        Map<String, byte[]> files = new HashMap<>(LegFiles.of(run, Path.of(""), List.of(legs)));
        files.putAll(ready.files(Legs.BRANCH, keyed));
        files.put("source/Cargo.toml", bytes("[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2018\"\n"));
        files.put("source/src/main.rs", bytes(source));
        String commit = git.commit(Legs.BRANCH, "Compile greet", files);
        project.push(git.directory().toString(), Legs.BRANCH, commit);
        return ready.watch(
                new PushedCommit(Legs.BRANCH, commit, OptionalLong.empty()),
                List.of(legs),
                new CiTimeouts(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }

    private List<Committed> committed() {
        return events.stream()
                .filter(Committed.class::isInstance)
                .map(Committed.class::cast)
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
