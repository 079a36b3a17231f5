package io.github.traviscompile.ci.actions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.standin.ActionsJobStandIn;
import io.github.traviscompile.standin.TravisImages;
import io.github.traviscompile.standin.TravisMachines;
import io.github.traviscompile.upload.Handshake;
import io.github.traviscompile.upload.LegAccount;
import io.github.traviscompile.upload.UploadEvent;
import io.github.traviscompile.upload.UploadEvent.Committed;
import io.github.traviscompile.upload.UploadLimits;
import io.github.traviscompile.upload.UploadServer;
import io.github.traviscompile.upload.UploadStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Legs on runners of the stand-in: our workflow, our script and our endpoint, with real bash, git, openssl and cargo. */
class ActionsRunTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final List<UploadEvent> events = new CopyOnWriteArrayList<>();
    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene(directory.resolve("github"), InstantSource.system());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void deliversWhatAJobCompiledThatProvedWhoItIs() throws Exception {
        scene.actions.machines(TravisImages.machines(directory.resolve("images"), LIMIT));
        Leg leg = Legs.ACTIONS.leg(Platform.LINUX_X86_64);
        ActionsProject project = scene.ci.requireReady(List.of(leg));
        try (UploadServer server = endpoint(leg, project)) {
            PushedCommit start = scene.commit(project, List.of(leg), server.uri());
            try (CiWatch watch = project.watch(start, List.of(leg), Scene.LIMITS)) {
                scene.push(start);
                scene.actions.awaitIdle(LIMIT);
                CiJob job = watch.look().get(0);
                JobLog log = watch.log(job).orElseThrow();
                assertThat(job.stage())
                        .as(() -> log.text() + project.lastObjection(leg.id()))
                        .isEqualTo(CiJob.Stage.PASSED);

                Committed committed = committed().get(0);
                assertThat(log.verdict(scene.run, leg, leg.outputs().get(0), committed.sha256(), committed.size()))
                        .isEqualTo(JobLog.LogEvidence.CONFIRMED);
                assertThat(log.isWhole()).isTrue();
                assertThat(committed.details().get("tree")).matches("[0-9a-f]{40}");
                assertThat(committed.details().get("job"))
                        .startsWith(scene.github.web() + "/alice/builds/actions/runs/");
                assertThat(job().masked()).as("its token").hasSize(1);
                assertThat(log.text()).doesNotContain(job().masked().get(0));
            }
        }
    }

    @Test
    void isRefusedWhereTheRunIsOfAnotherPush() throws Exception {
        scene.actions.machines(new TravisMachines(
                TravisImages.machines(directory.resolve("images"), LIMIT).tools(),
                Map.of("TCMP_DEADLINE", "2", "TCMP_BACKOFF", "50"),
                LIMIT));
        Leg leg = Legs.ACTIONS.leg(Platform.LINUX_X86_64);
        ActionsProject project = scene.ci.requireReady(List.of(leg));
        try (UploadServer server = endpoint(leg, project)) {
            PushedCommit theirs = scene.commit(project, List.of(leg), server.uri());
            PushedCommit ours = scene.commit(project, List.of(leg), server.uri());
            try (CiWatch watch = project.watch(ours, List.of(leg), Scene.LIMITS)) {
                scene.push(theirs);
                scene.actions.awaitIdle(LIMIT);
                assertThat(watch.look()).isEmpty();
                assertThat(job().conclusion()).isEqualTo("failure");
                assertThat(job().log()).contains("did not take this job for the leg within 2 s (last seen: 401)");
                assertThat(project.lastObjection(leg.id())).contains("it is of another sha (sha)");
                assertThat(new JobLog(job().log()).exit()).contains(LegExit.UNREACHABLE);
            }
        }
        assertThat(events).isEmpty();
    }

    /** The build, and what it starts, is not to ask for tokens in the leg's name. */
    @Test
    void keepsFromTheBuildWhatTokensAreAskedForWith() throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        Path seen = directory.resolve("seen");
        TravisImages.tool(tools, "rustup", "env >>'" + seen + "'");
        TravisImages.tool(tools, "cargo", "env >>'" + seen + "'", "exit 101");
        scene.actions.machines(new TravisMachines(Map.of("linux", List.of(tools)), Map.of(), LIMIT));
        Leg leg = Legs.ACTIONS.leg(Platform.LINUX_X86_64);
        ActionsProject project = scene.ci.requireReady(List.of(leg));
        try (UploadServer server = endpoint(leg, project)) {
            PushedCommit start = scene.commit(project, List.of(leg), server.uri());
            try (CiWatch watch = project.watch(start, List.of(leg), Scene.LIMITS)) {
                scene.push(start);
                scene.actions.awaitIdle(LIMIT);
                CiJob job = watch.look().get(0);
                assertThat(job.stage()).isEqualTo(CiJob.Stage.FAILED);
                assertThat(watch.log(job).flatMap(JobLog::exit)).contains(LegExit.BUILD_FAILED);
            }
        }
        assertThat(seen)
                .content()
                .contains("GITHUB_RUN_ID=")
                .doesNotContain("ACTIONS_ID_TOKEN")
                .doesNotContain("request-token-of-job");
    }

    /** rustup and cargo are stand-ins, which Windows' own cannot be here; git, bash and the script are real. */
    @Test
    void keepsTheBytesOfTheSnapshotOnWindows() throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        TravisImages.tool(tools, "rustup", "exit 0");
        TravisImages.tool(
                tools,
                "cargo",
                "mkdir -p \"$CARGO_TARGET_DIR/x86_64-pc-windows-msvc/release\"",
                "cat src/main.rs >\"$CARGO_TARGET_DIR/x86_64-pc-windows-msvc/release/greet.exe\"");
        TravisImages.tool(tools, "rustc", "echo rustc 1.85.0");
        scene.actions.machines(new TravisMachines(Map.of("windows", List.of(tools)), Map.of(), LIMIT));
        Leg leg = Legs.ACTIONS.leg(Platform.WINDOWS_X86_64);
        ActionsProject project = scene.ci.requireReady(List.of(leg));
        try (UploadServer server = endpoint(leg, project)) {
            PushedCommit start = scene.commit(project, List.of(leg), server.uri());
            try (CiWatch watch = project.watch(start, List.of(leg), Scene.LIMITS)) {
                scene.push(start);
                scene.actions.awaitIdle(LIMIT);
                assertThat(watch.look()).extracting(CiJob::stage).containsExactly(CiJob.Stage.PASSED);
            }
        }
        assertThat(committed().get(0).file()).hasContent(Scene.MAIN);
    }

    @Test
    void saysSoWhenTheJobGetsNoToken() throws Exception {
        scene.actions.machines(new TravisMachines(Map.of(), Map.of(), LIMIT));
        Leg leg = Legs.ACTIONS.leg(Platform.LINUX_X86_64);
        ActionsProject project = scene.ci.requireReady(List.of(leg));
        scene.actions.withholdTokens();
        try (UploadServer server = endpoint(leg, project)) {
            PushedCommit start = scene.commit(project, List.of(leg), server.uri());
            scene.push(start);
            scene.actions.awaitIdle(LIMIT);
        }
        assertThat(job().log()).contains("the service gives this job no token: it lacks the permission id-token");
        assertThat(new JobLog(job().log()).exit()).contains(LegExit.USAGE);
    }

    private ActionsJobStandIn job() {
        return scene.actions.runs().get(0).jobs().get(0);
    }

    private UploadServer endpoint(Leg leg, ActionsProject project) throws Exception {
        return UploadServer.open(
                scene.run,
                List.of(LegAccount.awaitingHello(leg.id(), leg.outputs())),
                UploadStorage.open(directory.resolve("inbox"), 1L << 30),
                0,
                UploadLimits.DEFAULT,
                events::add,
                new Handshake(scene.helloKey, project::objection));
    }

    private List<Committed> committed() {
        return events.stream()
                .filter(Committed.class::isInstance)
                .map(Committed.class::cast)
                .toList();
    }
}
