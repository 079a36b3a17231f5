package io.github.traviscompile.ci.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiJob.Stage;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.ActionsJobStandIn;
import io.github.traviscompile.standin.ActionsRunStandIn;
import io.github.traviscompile.standin.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Following a run, over jobs that a test moves by hand. */
class ActionsWatchTest {

    private static final List<Leg> LEGS =
            List.of(Legs.ACTIONS.leg(Platform.LINUX_X86_64), Legs.ACTIONS.leg(Platform.WINDOWS_X86_64));

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock();
    private Scene scene;
    private ActionsProject project;
    private PushedCommit start;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene(directory, clock);
        project = scene.ci.requireReady(LEGS);
        start = scene.commit(project, LEGS, URI.create("https://example.org"));
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void seesNothingThenARunThenItsJobsEnd() throws Exception {
        try (CiWatch watch = watch()) {
            assertThat(watch.look()).isEmpty();
            scene.push(start);
            run().listed(false);
            assertThat(watch.look()).as("GitHub's list is late").isEmpty();
            run().listed(true);
            assertThat(watch.look())
                    .extracting(CiJob::leg, CiJob::stage, CiJob::state)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(LEGS.get(0), Stage.WAITING, "queued"),
                            org.assertj.core.groups.Tuple.tuple(LEGS.get(1), Stage.WAITING, "queued"));
            assertThat(watch.look().get(1).page())
                    .hasToString(
                            scene.github.web() + "/alice/builds/actions/runs/" + run().id() + "/job/" + job(1).id());
            job(0).status("in_progress");
            assertThat(watch.look()).extracting(CiJob::stage).containsExactly(Stage.RUNNING, Stage.WAITING);
            job(0).end("success", true);
            job(1).end("failure", true);
            assertThat(watch.look()).extracting(CiJob::stage).containsExactly(Stage.PASSED, Stage.FAILED);
        }
        assertThat(posts()).as("what has ended is not cancelled").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "success, false, PASSED",
        "failure, true, FAILED",
        "failure, false, BROKEN",
        "cancelled, false, BROKEN",
        "timed_out, false, BROKEN",
        "skipped, false, BROKEN",
        "neutral, false, BROKEN",
        "action_required, false, BROKEN"
    })
    void tellsTheScriptsWordFromItsMachines(String conclusion, boolean inTheScript, Stage stage) throws Exception {
        scene.push(start);
        try (CiWatch watch = watch()) {
            job(0).end(conclusion, inTheScript);
            job(1).end("success", true);
            assertThat(watch.look().get(0).stage()).isEqualTo(stage);
            assertThat(watch.look().get(0).state()).isEqualTo(conclusion);
        }
    }

    @ParameterizedTest
    @CsvSource({"requested", "pending", "waiting", "queued"})
    void takesAJobWithoutAMachineForWaiting(String status) throws Exception {
        scene.push(start);
        try (CiWatch watch = watch()) {
            job(0).status(status);
            assertThat(watch.look().get(0).stage()).isEqualTo(Stage.WAITING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "startup_failure, forbids actions/checkout",
        "action_required, somebody has to approve",
        "failure, before its jobs began (failure)"
    })
    void saysWhyARunDidNotStart(String conclusion, String words) throws Exception {
        PushedCommit none = new PushedCommit(
                Legs.BRANCH,
                scene.repository.commit(
                        Legs.BRANCH,
                        "Without jobs",
                        Map.of(
                                ActionsFile.PATH,
                                ("\"on\": {push: {branches: [\"" + Legs.BRANCH + "\"]}}")
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                java.util.OptionalLong.empty());
        scene.push(none);
        run().conclusion(conclusion);
        CiWatch watch = project.watch(none, LEGS, Scene.LIMITS);
        assertThatThrownBy(watch::look)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll("GitHub Actions compiled nothing", "/actions/runs/" + run().id(), words);
        watch.close();
        assertThat(posts()).isEmpty();
    }

    @Test
    void failsWhenTheRunHasOtherJobs() throws Exception {
        scene.push(start);
        try (CiWatch watch = project.watch(start, LEGS.subList(0, 1), Scene.LIMITS)) {
            assertThatThrownBy(watch::look)
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining("has jobs that this run did not ask for: [windows-x86_64]");
        }
    }

    @Test
    void givesARunOnlySoLongToAppear() throws Exception {
        CiWatch watch = watch();
        clock.advance(Duration.ofMinutes(20));
        assertThat(watch.look()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(watch::look)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(
                        "started no run for the push of " + Legs.BRANCH,
                        "within 20 minutes",
                        "/alice/builds/settings/actions",
                        "<queueTimeoutMinutes> (-Dtravis-compile.queueTimeoutMinutes)");
    }

    @Test
    void countsQueueingAndRunningApart() throws Exception {
        scene.push(start);
        try (CiWatch watch = watch()) {
            watch.look();
            clock.advance(Duration.ofMinutes(19));
            job(0).status("in_progress");
            job(1).status("in_progress");
            watch.look();
            clock.advance(Duration.ofMinutes(60));
            assertThat(watch.look()).as("19 minutes of queue do not count").hasSize(2);
            job(0).end("success", true);
            clock.advance(Duration.ofSeconds(1));
            assertThatThrownBy(watch::look)
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContainingAll(
                            "The leg windows-x86_64 has been running on GitHub Actions", "60 minutes", "/job/");
        }
    }

    @Test
    void goesOnWithWhatItKnowsWhileGitHubStumbles() throws Exception {
        scene.push(start);
        CiWatch watch = watch();
        assertThat(watch.look()).hasSize(2);
        scene.github.fault(Fault.of(Fault.Kind.ANSWER, "GET", "/jobs", Fault.FOR_EVER));
        for (int i = 0; i < 6; i++) {
            assertThat(watch.look()).hasSize(2);
            clock.advance(Duration.ofSeconds(10));
        }
        scene.github.heal();
        assertThat(watch.look()).hasSize(2);
        scene.github.fault(Fault.of(Fault.Kind.CLOSE, "GET", "/jobs", Fault.FOR_EVER));
        watch.look();
        clock.advance(Duration.ofSeconds(61));
        assertThatThrownBy(watch::look)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("Could not follow the build", "within 60 s", "githubstatus");
        scene.github.heal();
        watch.close();
    }

    @ParameterizedTest
    @CsvSource({"429, Retry-After, 30", "403, Retry-After, 30", "403, X-RateLimit-Remaining, 0"})
    void doesNotAskBeforeGitHubWantsToBeAsked(int status, String header, String value) throws Exception {
        Map<String, String> headers = header.equals("Retry-After")
                ? Map.of(header, value)
                : Map.of(
                        header,
                        value,
                        "X-RateLimit-Reset",
                        String.valueOf(clock.instant().getEpochSecond() + 30));
        scene.push(start);
        try (CiWatch watch = watch()) {
            scene.github.fault(Fault.answer("GET", "/actions/runs", 1, status, headers, "{}"));
            watch.look();
            int asked = scene.github.requests().size();
            clock.advance(Duration.ofSeconds(29));
            watch.look();
            assertThat(scene.github.requests()).hasSize(asked);
            clock.advance(Duration.ofSeconds(1));
            assertThat(watch.look()).hasSize(2);
        }
    }

    @Test
    void costsNothingOfTheRateLimitWhileNothingChanges() throws Exception {
        scene.push(start);
        try (CiWatch watch = watch()) {
            watch.look();
            int left = scene.github.remaining.get();
            for (int i = 0; i < 20; i++) {
                watch.look();
            }
            assertThat(scene.github.remaining).hasValue(left);
        }
    }

    @Test
    void readsTheLogWhereGitHubKeepsItWithoutTheToken() throws Exception {
        scene.push(start);
        try (CiWatch watch = watch()) {
            job(0).append("\u001b[31;1mout of disk\u001b[0m");
            CiJob running = watch.look().get(0);
            assertThat(watch.log(running)).isEmpty();
            job(0).end("failure", true);
            assertThat(watch.log(watch.look().get(0)).orElseThrow().tail(1)).isEqualTo("out of disk");
        }
        assertThat(scene.github.requests())
                .as("at another host, and refused there if a token came along")
                .contains("GET /_logs/" + job(0).id());
    }

    @ParameterizedTest
    @CsvSource({"http://example.org/log", "file:///etc/passwd", "//x", "not a uri", "https:///x"})
    void readsNoLogThatIsNotKeptSafely(String location) throws Exception {
        scene.push(start);
        try (CiWatch watch = watch()) {
            job(0).end("failure", true);
            CiJob job = watch.look().get(0);
            scene.github.fault(Fault.answer("GET", "/logs", Fault.FOR_EVER, 302, Map.of("Location", location), ""));
            assertThatThrownBy(() -> watch.log(job))
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining("not an https address");
        }
    }

    @Test
    void showsWhyAJobGotNoMachine() throws Exception {
        scene.push(start);
        scene.actions.annotation("The job was not started because recent account payments have failed.");
        try (CiWatch watch = watch()) {
            job(0).end("failure", false);
            assertThat(watch.log(watch.look().get(0)).orElseThrow().tail(1)).contains("recent account payments");
        }
    }

    @Test
    void cancelsWhatStillRunsOnce() throws Exception {
        scene.push(start);
        CiWatch watch = watch();
        watch.look();
        job(0).end("success", true);
        watch.look();
        watch.close();
        watch.close();
        assertThat(job(0).conclusion()).isEqualTo("success");
        assertThat(job(1).conclusion()).isEqualTo("cancelled");
        assertThat(posts()).containsExactly(post("cancel"));
    }

    @Test
    void cancelsARunThatItHasNotSeenYet() throws Exception {
        CiWatch watch = watch();
        scene.push(start);
        run().listed(false);
        scene.github.fault(new Fault(
                (method, target) -> {
                    run().listed(target.contains("/actions/runs"));
                    return false;
                },
                Fault.Kind.ANSWER,
                1,
                200,
                Map.of(),
                ""));
        watch.close();
        assertThat(run().jobs()).allMatch(job -> job.conclusion().equals("cancelled"));
    }

    @Test
    void cancelsWhatNobodyFollowsWhereNothingCouldRunAnyMore() throws Exception {
        scene.push(start);
        scene.repository.actionsEnabled = false;
        scene.ci.cancel(start);
        assertThat(run().jobs()).allMatch(job -> job.conclusion().equals("cancelled"));
    }

    @Test
    void looksInVainForARunThatNeverBegan() throws Exception {
        watch().close();
        assertThat(posts()).isEmpty();
    }

    @Test
    void forcesARunThatGoesOn() throws Exception {
        scene.push(start);
        run().stubborn();
        CiWatch watch = watch();
        watch.look();
        watch.close();
        assertThat(posts()).containsExactly(post("cancel"), post("force-cancel"));
        assertThat(run().jobs()).allMatch(job -> job.conclusion().equals("cancelled"));
    }

    @Test
    void asksOnceOnlyWhenSomebodyIsInAHurry() throws Exception {
        scene.push(start);
        run().stubborn();
        CiWatch watch = watch();
        watch.look();
        scene.ci.shortenTimeouts();
        watch.close();
        assertThat(posts()).containsExactly(post("cancel"));
    }

    @Test
    void takesARunThatEndedMeanwhileForCancelled() throws Exception {
        scene.push(start);
        CiWatch watch = watch();
        watch.look();
        run().jobs().forEach(job -> job.end("success", true));
        watch.close();
        assertThat(posts()).hasSize(1);
    }

    @Test
    void cancelsAlsoForAThreadThatIsToStop() throws Exception {
        scene.push(start);
        CiWatch watch = watch();
        watch.look();
        Thread.currentThread().interrupt();
        watch.close();
        assertThat(Thread.interrupted()).as("the thread is told still").isTrue();
        assertThat(run().jobs()).allMatch(job -> job.conclusion().equals("cancelled"));
    }

    @Test
    void namesTheRunThatItCouldNotCancel() throws Exception {
        scene.push(start);
        scene.github.fault(Fault.answer("POST", "cancel", Fault.FOR_EVER, 403, Map.of(), "{\"message\": \"No.\"}"));
        CiWatch watch = watch();
        watch.look();
        assertThatThrownBy(watch::close)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("could not be cancelled", "/actions/runs/" + run().id(), "status 403, No")
                .hasMessageEndingWith("Cancel it there.");
    }

    private CiWatch watch() {
        return project.watch(start, LEGS, Scene.LIMITS);
    }

    private ActionsRunStandIn run() {
        return scene.actions.runs().get(0);
    }

    private ActionsJobStandIn job(int index) {
        return run().jobs().get(index);
    }

    private String post(String what) {
        return "POST /api/v3/repos/alice/builds/actions/runs/" + run().id() + "/" + what;
    }

    private List<String> posts() {
        return scene.github.requests().stream()
                .filter(request -> request.startsWith("POST"))
                .toList();
    }
}
