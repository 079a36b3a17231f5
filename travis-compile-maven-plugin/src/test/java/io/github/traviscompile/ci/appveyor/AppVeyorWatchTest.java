package io.github.traviscompile.ci.appveyor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiJob.Stage;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.http.CountedPause;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.AppVeyorBuildStandIn;
import io.github.traviscompile.standin.AppVeyorProjectStandIn;
import io.github.traviscompile.standin.AppVeyorStandIn;
import io.github.traviscompile.standin.StandInRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following a build, over jobs that a test moves by hand. */
class AppVeyorWatchTest {

    private static final String WINDOWS = "windows-x86_64";
    private static final String GNU = "windows-x86_64-gnu";
    private static final List<Leg> LEGS =
            List.of(Legs.APPVEYOR.leg(Platform.WINDOWS_X86_64), Legs.APPVEYOR.leg(Platform.WINDOWS_X86_64_GNU));
    private static final CiTimeouts LIMITS = new CiTimeouts(Duration.ofMinutes(20), Duration.ofMinutes(60));
    private static final HttpTimeouts PATIENCE =
            new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMillis(1), Duration.ofMillis(5));

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-11-22T15:13:12Z");
    private AppVeyorStandIn appveyor;
    private AppVeyorProjectStandIn project;
    private StandInRepository git;

    @BeforeEach
    void start() throws Exception {
        appveyor = new AppVeyorStandIn(directory);
        project = appveyor.project("builds-335", Legs.SLUG);
        git = new StandInRepository(directory.resolve("git"), Legs.SLUG, true).withReadme();
    }

    @AfterEach
    void stop() {
        appveyor.close();
        git.close();
    }

    @Test
    void seesNothingThenABuildThenItsJobsEnd() throws Exception {
        String commit = commit(LEGS);
        try (CiWatch watch = watch(commit)) {
            assertThat(watch.look()).isEmpty();

            project.pullRequest(git.directory().toString(), StandInRepository.MAIN, commit, 12);
            assertThat(watch.look())
                    .as("the branch of a pull request is its base")
                    .isEmpty();
            assertThat(project.builds()).isEmpty();

            push(commit);
            List<CiJob> jobs = watch.look();
            assertThat(jobs).extracting(CiJob::leg).isEqualTo(LEGS);
            assertThat(jobs).extracting(CiJob::state).containsOnly("queued");
            assertThat(jobs).extracting(CiJob::stage).containsOnly(Stage.WAITING);
            assertThat(jobs.get(0).page().toString())
                    .matches(appveyor.uri().resolve("/project/alice/builds-335/builds/") + "\\d+/job/"
                            + jobs.get(0).id());

            state(WINDOWS, "failed");
            state(GNU, "running");
            assertThat(watch.look()).extracting(CiJob::stage).containsExactly(Stage.FAILED, Stage.RUNNING);
            state(GNU, "success");
            assertThat(watch.look()).extracting(CiJob::stage).containsExactly(Stage.FAILED, Stage.PASSED);
        }
        assertThat(deletions()).as("what has ended is not cancelled").isZero();
    }

    @Test
    void knowsTheWordsOfTheService() {
        assertThat(List.of("queued", "starting", "running", "cancelling", "success", "failed", "cancelled", "new"))
                .extracting(AppVeyorState::stage)
                .containsExactly(
                        Stage.WAITING,
                        Stage.WAITING,
                        Stage.RUNNING,
                        Stage.RUNNING,
                        Stage.PASSED,
                        Stage.FAILED,
                        Stage.BROKEN,
                        Stage.WAITING);
    }

    /** Where the service does not take job_name for the job's name, it shows the row of the matrix. */
    @Test
    void knowsAJobByTheRowOfTheMatrixToo() throws Exception {
        String text = new String(AppVeyorFileTest.file(LEGS), StandardCharsets.UTF_8).replace("job_name", "JOB_NAME");
        String commit = commit(text.getBytes(StandardCharsets.UTF_8));
        push(commit);
        assertThat(build().jobs().get(0).name()).startsWith("Environment: JOB_NAME=windows-x86_64, ");
        try (CiWatch watch = watch(commit)) {
            assertThat(watch.look()).extracting(CiJob::leg).isEqualTo(LEGS);
        }
    }

    @Test
    void failsWhenSomebodyElsePushedToTheBranch() throws Exception {
        String ours = commit(LEGS);
        String theirs = push(LEGS.subList(0, 1));
        CiWatch watch = watch(ours);
        assertThatThrownBy(watch::look)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("builds the commit " + theirs, "not this run's " + ours, "pushed");
    }

    @Test
    void tellsWhyTheServiceRefusedTheFile() throws Exception {
        String commit = commit("a: [".getBytes(StandardCharsets.UTF_8));
        push(commit);
        CiWatch watch = watch(commit);
        assertThatThrownBy(watch::look)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(
                        "refused to build the branch '" + Legs.BRANCH + "'", "Error parsing appveyor.yml", "/builds/");
    }

    @Test
    void failsWhenTheBuildHasOtherJobs() throws Exception {
        CiWatch watch = watch(push(LEGS.subList(0, 1)));
        assertThatThrownBy(watch::look)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("lacks the job 'windows-x86_64-gnu'");
        CiWatch other = watch(push(Legs.APPVEYOR.all()));
        assertThatThrownBy(other::look)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("did not ask for: linux-x86_64");
    }

    @Test
    void givesABuildOnlySoLongToAppear() throws Exception {
        CiWatch watch = watch(commit(LEGS));
        now = now.plus(Duration.ofMinutes(20));
        assertThat(watch.look()).isEmpty();
        now = now.plusSeconds(1);
        assertThatThrownBy(watch::look)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(
                        "started no build for the branch '" + Legs.BRANCH + "'",
                        "within 20 minutes",
                        "GitHub did not tell it",
                        "/project/alice/builds-335",
                        "<queueTimeoutMinutes> (-Dtravis-compile.queueTimeoutMinutes)");
    }

    @Test
    void countsTheQueueFromThePushAndNotWhileAnotherLegRuns() throws Exception {
        String commit = commit(LEGS);
        try (CiWatch watch = watch(commit)) {
            watch.look();
            now = now.plus(Duration.ofMinutes(15));
            push(commit);
            watch.look();
            state(WINDOWS, "running");
            watch.look();
            now = now.plus(Duration.ofMinutes(59));
            assertThat(watch.look()).hasSize(2);
            state(WINDOWS, "success");
            watch.look();
            now = now.plus(Duration.ofMinutes(6));
            assertThatThrownBy(watch::look)
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContainingAll(
                            "The leg windows-x86_64-gnu got no machine on AppVeyor within 20 minutes (state queued)",
                            "/job/",
                            "<queueTimeoutMinutes>");
        }
    }

    @Test
    void namesTheJobThatRunsTooLong() throws Exception {
        try (CiWatch watch = watch(push(LEGS))) {
            state(WINDOWS, "running");
            watch.look();
            now = now.plus(Duration.ofMinutes(61));
            assertThatThrownBy(watch::look)
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContainingAll("windows-x86_64 has been running", "60 minutes", "<timeoutMinutes>");
        }
    }

    @Test
    void goesOnWithWhatItKnowsWhileTheServiceStumbles() throws Exception {
        try (CiWatch watch = watch(push(LEGS))) {
            assertThat(watch.look()).hasSize(2);
            appveyor.failForEver("/build/", 502, "");
            for (int i = 0; i < 6; i++) {
                assertThat(watch.look()).hasSize(2);
                now = now.plusSeconds(10);
            }
            appveyor.heal();
            assertThat(watch.look()).hasSize(2);
            appveyor.failForEver("/build/", 502, "");
            watch.look();
            now = now.plusSeconds(61);
            assertThatThrownBy(watch::look)
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContainingAll("Could not follow the build", "within 60 s", "status 502");
            appveyor.heal();
        }
    }

    @Test
    void doesNotAskBeforeTheServiceWantsToBeAsked() throws Exception {
        CiWatch watch = watch(commit(LEGS));
        appveyor.fail("/history", 1, 429, "", "30");
        watch.look();
        int asked = appveyor.seen().size();
        now = now.plusSeconds(29);
        watch.look();
        assertThat(appveyor.seen()).hasSize(asked);
        now = now.plusSeconds(1);
        watch.look();
        assertThat(appveyor.seen()).hasSizeGreaterThan(asked);
    }

    @Test
    void cancelsWhatStillRunsOnce() throws Exception {
        CiWatch watch = watch(push(LEGS));
        watch.look();
        state(WINDOWS, "success");
        watch.look();
        watch.close();
        watch.close();
        assertThat(build().job(WINDOWS).state()).isEqualTo("success");
        assertThat(build().job(GNU).state()).isEqualTo("cancelled");
        assertThat(deletions()).isOne();
    }

    @Test
    void cancelsWithAUsersTokenToo() throws Exception {
        watch(appveyor.userToken(), push(LEGS)).close();
        assertThat(build().jobs()).allMatch(job -> job.state().equals("cancelled"));
    }

    @Test
    void cancelsABuildThatItHasNotSeenYet() throws Exception {
        String commit = commit(LEGS);
        CiWatch watch = watch(commit);
        push(commit);
        watch.close();
        assertThat(build().jobs()).allMatch(job -> job.state().equals("cancelled"));
    }

    @Test
    void cancelsWhatNobodyFollowsWhereNothingCouldBeBuiltAnyMore() throws Exception {
        String commit = push(LEGS);
        project.setting("ignoreAppveyorYml", true);
        project.hearsNoPushes();
        service(appveyor.token()).cancel(start(commit));
        assertThat(build().jobs()).allMatch(job -> job.state().equals("cancelled"));
    }

    @Test
    void hasNothingToCancelWhereThereIsNoBuild() throws Exception {
        watch(commit(LEGS)).close();
        assertThat(deletions()).isZero();
    }

    @Test
    void takesABuildThatEndedMeanwhileForCancelled() throws Exception {
        CiWatch watch = watch(push(LEGS));
        watch.look();
        build().jobs().forEach(job -> job.state("success"));
        watch.close();
        assertThat(deletions()).isOne();
    }

    @Test
    void cancelsAlsoForAThreadThatIsToStop() throws Exception {
        CiWatch watch = watch(push(LEGS));
        watch.look();
        Thread.currentThread().interrupt();
        watch.close();
        assertThat(Thread.interrupted()).as("the thread is told still").isTrue();
        assertThat(build().jobs()).allMatch(job -> job.state().equals("cancelled"));
    }

    @Test
    void triesToCancelThriceAndNamesWhatIsLeft() throws Exception {
        String commit = push(LEGS);
        CiWatch watch = watch(commit);
        watch.look();
        appveyor.fail("/api/builds/", 2, 500, "", "");
        watch.close();
        assertThat(deletions()).isEqualTo(3);
        assertThat(build().jobs()).allMatch(job -> job.state().equals("cancelled"));

        CiWatch other = watch(commit);
        build().jobs().forEach(job -> job.state("running"));
        other.look();
        appveyor.failForEver("/api/builds/", 500, "");
        assertThatThrownBy(other::close)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("could not be cancelled", "/builds/", "status 500", "Cancel it there.");
    }

    @Test
    void namesWhereToLookWhenItCannotBeFoundOut() throws Exception {
        CiWatch watch = watch(commit(LEGS));
        appveyor.failForEver("/history", 500, "");
        assertThatThrownBy(watch::close)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("could not be found out", "/project/alice/builds-335", "cancel it");
    }

    @Test
    void readsTheLogOfAJobThatDied() throws Exception {
        try (CiWatch watch = watch(push(LEGS))) {
            CiJob job = watch.look().get(0);
            assertThat(watch.log(job)).isEmpty();
            build().job(WINDOWS).append("[00:00:01] booting\r\n[00:00:02] \u001b[31;1mout of disk\u001b[0m\r\n");
            assertThat(watch.log(job).orElseThrow().tail(1)).isEqualTo("out of disk");
            build().job(WINDOWS).withholdLog();
            assertThat(watch.log(job)).isEmpty();
        }
    }

    private String commit(List<Leg> legs) {
        return commit(AppVeyorFileTest.file(legs));
    }

    private String push(List<Leg> legs) {
        String commit = commit(legs);
        push(commit);
        return commit;
    }

    private String commit(byte[] file) {
        return git.commit(Legs.BRANCH, "Compile greet", Map.of("appveyor.yml", file));
    }

    private void push(String commit) {
        project.push(git.directory().toString(), Legs.BRANCH, commit);
    }

    private AppVeyorBuildStandIn build() {
        return project.builds().get(0);
    }

    private void state(String job, String state) {
        build().job(job).state(state);
    }

    private long deletions() {
        return appveyor.seen().stream()
                .filter(seen -> seen.method().equals("DELETE"))
                .count();
    }

    private CiWatch watch(String commit) throws Exception {
        return watch(appveyor.token(), commit);
    }

    private CiWatch watch(String token, String commit) throws Exception {
        return service(token).requireReady(LEGS).watch(start(commit), LEGS, LIMITS);
    }

    private AppVeyorCi service(String token) throws Exception {
        return new AppVeyorCi(
                appveyor.uri(),
                Legs.REPOSITORY,
                Optional.empty(),
                Secret.of(token),
                HttpSettings.of(PATIENCE, () -> now, new CountedPause()));
    }

    private static PushedCommit start(String commit) {
        return new PushedCommit(Legs.BRANCH, commit, OptionalLong.empty());
    }
}
