package io.github.traviscompile.ci.travis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.JobLog;
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
import io.github.traviscompile.standin.TravisImages;
import io.github.traviscompile.standin.TravisMachines;
import io.github.traviscompile.standin.TravisRepositoryStandIn;
import io.github.traviscompile.standin.TravisStandIn;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Legs on machines of the stand-in: our file, our encryption and our script, with real bash, git and cargo. */
class TravisRunTest {

    private static final long NUMBER = 7;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final RunId run = RunId.random(new SecureRandom());
    private final LegKey legKey = LegKey.random(new SecureRandom());
    private final List<UploadEvent> events = new CopyOnWriteArrayList<>();
    private final TravisTrigger trigger = new TravisTrigger(TravisEvent.PULL_REQUEST, Legs.BRANCH);
    private TravisStandIn travis;
    private TravisRepositoryStandIn repository;
    private TravisCi ci;
    private BareRepository git;

    @BeforeEach
    void start() throws Exception {
        travis = new TravisStandIn(directory);
        repository = travis.repository(Legs.SLUG);
        git = new BareRepository(directory.resolve("git"));
        ci = new TravisCi(
                travis.uri(),
                Secret.of(travis.token()),
                Legs.REPOSITORY,
                TravisEvent.PULL_REQUEST,
                HttpSettings.of(HttpTimeouts.DEFAULT, InstantSource.system(), Pause.REAL));
    }

    @AfterEach
    void stop() {
        travis.close();
    }

    @Test
    void deliversWhatAJobCompiled() throws Exception {
        machines(Duration.ofMinutes(1));
        Leg leg = Legs.TRAVIS.leg(Platform.LINUX_X86_64);
        TravisProject ready = ci.requireReady(List.of(leg));
        try (UploadServer server = endpoint(leg)) {
            String commit = commit(ready.key(), server, leg);
            repository.push(git.path(), Legs.BRANCH, commit);
            repository.pullRequest(git.path(), Legs.BRANCH, commit, NUMBER);
            repository.awaitIdle(LIMIT);
            try (CiWatch watch = watch(ready, commit, leg)) {
                CiJob job = watch.look().get(0);
                JobLog log = watch.log(job).orElseThrow();
                assertThat(job.state()).as(log.text()).isEqualTo("passed");

                Output output = leg.outputs().get(0);
                Committed committed = committed().get(0);
                assertThat(log.verdict(run, leg, output, committed.sha256(), committed.size()))
                        .isEqualTo(JobLog.LogEvidence.CONFIRMED);
                assertThat(committed.details().get("tree")).matches("[0-9a-f]{40}");
                assertThat(log.text())
                        .doesNotContain(legKey.revealHex())
                        .doesNotContain(server.uri().toString());
            }
        }
        assertThat(repository.builds()).as("the push built nothing").hasSize(1);
    }

    @Test
    void saysSoWhenTheServiceWithheldTheKey() throws Exception {
        machines(Duration.ofMinutes(1));
        Leg leg = Legs.TRAVIS.leg(Platform.LINUX_X86_64);
        TravisProject ready = ci.requireReady(List.of(leg));
        try (UploadServer server = endpoint(leg)) {
            String commit = commit(ready.key(), server, leg);
            repository.pullRequestOfFork(git.path(), Legs.BRANCH, commit, NUMBER);
            repository.awaitIdle(LIMIT);
            try (CiWatch watch = watch(ready, commit, leg)) {
                CiJob job = watch.look().get(0);
                assertThat(job.state()).isEqualTo("failed");
                assertThat(watch.log(job).orElseThrow().tail(3)).contains("the service gave this leg no key");
            }
        }
        assertThat(events).isEmpty();
    }

    @Test
    void endsAsErroredWhenAJobIsSilentTooLong() throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        TravisImages.tool(tools, "rustup", "sleep 60");
        repository.machines(new TravisMachines(
                Map.of("linux", List.of(tools)), Map.of("TCMP_KEEPALIVE", "600"), Duration.ofSeconds(3)));
        Leg leg = Legs.TRAVIS.leg(Platform.LINUX_X86_64);
        TravisProject ready = ci.requireReady(List.of(leg));
        try (UploadServer server = endpoint(leg)) {
            String commit = commit(ready.key(), server, leg);
            repository.pullRequest(git.path(), Legs.BRANCH, commit, NUMBER);
            repository.awaitIdle(LIMIT);
            try (CiWatch watch = watch(ready, commit, leg)) {
                CiJob job = watch.look().get(0);
                assertThat(job.state()).isEqualTo("errored");
                assertThat(watch.log(job).orElseThrow().tail(1)).contains("No output has been received");
            }
        }
    }

    /** rustup and cargo are stand-ins, which Windows' own cannot be here; git, bash and the script are real. */
    @Test
    void keepsTheBytesOfTheSnapshotAndTakesTheRightHostOnWindows() throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        Path asked = directory.resolve("asked");
        TravisImages.tool(tools, "rustup", "echo \"$*\" >>'" + asked + "'");
        TravisImages.tool(
                tools,
                "cargo",
                "mkdir -p \"$CARGO_TARGET_DIR/x86_64-pc-windows-msvc/release\"",
                "cat src/main.rs >\"$CARGO_TARGET_DIR/x86_64-pc-windows-msvc/release/greet.exe\"");
        TravisImages.tool(tools, "rustc", "echo rustc 1.85.0");
        repository.machines(new TravisMachines(Map.of("windows", List.of(tools)), Map.of(), Duration.ofMinutes(1)));
        Leg leg = Legs.TRAVIS.leg(Platform.WINDOWS_X86_64, "1.85.0");
        TravisProject ready = ci.requireReady(List.of(leg));
        try (UploadServer server = endpoint(leg)) {
            String commit = commit(ready.key(), server, leg);
            repository.pullRequest(git.path(), Legs.BRANCH, commit, NUMBER);
            repository.awaitIdle(LIMIT);
            assertThat(committed())
                    .as(() -> repository.builds().get(0).jobs().get(0).log())
                    .hasSize(1);
            assertThat(committed().get(0).file()).hasContent(MAIN);
        }
        assertThat(Files.readAllLines(asked))
                .containsExactly(
                        "set default-host x86_64-pc-windows-msvc",
                        "toolchain install 1.85.0 --profile minimal",
                        "target add x86_64-pc-windows-msvc");
    }

    private static final String MAIN = "fn main() {\n    println!(\"hello\");\n}\n";

    private void machines(Duration silence) throws IOException {
        repository.machines(TravisImages.machines(directory.resolve("images"), silence));
    }

    private UploadServer endpoint(Leg leg) throws Exception {
        return UploadServer.open(
                run,
                List.of(new LegAccount(leg.id(), legKey, leg.outputs())),
                UploadStorage.open(directory.resolve("inbox"), 1L << 30),
                UploadLimits.DEFAULT,
                events::add);
    }

    private String commit(TravisKey key, UploadServer server, Leg leg) throws Exception {
        List<String> secure = new ArrayList<>();
        secure.add(key.encrypt("TCMP_KEY", legKey.revealHex()));
        secure.add(key.encrypt("TCMP_URL", server.uri().toString()));
        SortedMap<String, byte[]> files = new TreeMap<>(LegFiles.of(run, Path.of(""), List.of(leg)));
        files.put(TravisFile.PATH, TravisFile.of(trigger, List.of(new TravisLeg(leg, secure))));
        files.put("source/Cargo.toml", bytes("[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2018\"\n"));
        files.put("source/src/main.rs", bytes(MAIN));
        return git.commit(files, "run");
    }

    private CiWatch watch(TravisProject ready, String commit, Leg leg) {
        return ready.watch(
                new PushedCommit(Legs.BRANCH, commit, OptionalLong.of(NUMBER)),
                List.of(leg),
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
