package io.github.traviscompile.ci.travis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiTimeouts;
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
import io.github.traviscompile.standin.ApiStandIn;
import io.github.traviscompile.standin.TravisBuildStandIn;
import io.github.traviscompile.standin.TravisRepositoryStandIn;
import io.github.traviscompile.standin.TravisStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following a build, over jobs that a test moves by hand. */
class TravisWatchTest {

    private static final long NUMBER = 12;
    private static final List<Leg> LEGS =
            List.of(Legs.TRAVIS.leg(Platform.LINUX_X86_64), Legs.TRAVIS.leg(Platform.LINUX_X86_32));
    private static final TravisTrigger PULL_REQUEST = new TravisTrigger(TravisEvent.PULL_REQUEST, Legs.BRANCH);
    private static final TravisTrigger PUSH = new TravisTrigger(TravisEvent.PUSH, Legs.BRANCH);
    private static final CiTimeouts LIMITS = new CiTimeouts(Duration.ofMinutes(20), Duration.ofMinutes(60));
    private static final HttpTimeouts PATIENCE = new HttpTimeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMillis(1), Duration.ofMillis(20));

    @TempDir
    Path directory;

    private final TickingClock clock = new TickingClock(Duration.ZERO);
    private TravisStandIn travis;
    private TravisRepositoryStandIn repository;
    private BareRepository git;

    @BeforeEach
    void start() throws Exception {
        travis = new TravisStandIn(directory);
        repository = travis.repository(Legs.SLUG);
        git = new BareRepository(directory.resolve("git"));
    }

    @AfterEach
    void stop() {
        travis.close();
    }

    @Test
    void seesNothingThenABuildThenItsJobsEnd() throws Exception {
        String commit = commit(PULL_REQUEST);
        try (TravisWatch watch = watch(PULL_REQUEST, commit)) {
            assertThat(watch.look()).isEmpty();
            assertThat(watch.page()).isEmpty();

            repository.push(git.path(), Legs.BRANCH, commit);
            assertThat(watch.look()).as("a push is not what the file asks for").isEmpty();

            repository.pullRequest(git.path(), Legs.BRANCH, commit, NUMBER);
            assertThat(watch.look())
                    .extracting(CiJob::leg, CiJob::state)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(LEGS.get(0), "created"),
                            org.assertj.core.groups.Tuple.tuple(LEGS.get(1), "created"));
            assertThat(watch.page().orElseThrow())
                    .hasToString(travis.uri() + "/alice/builds/builds/"
                            + watch.page().orElseThrow().getPath().replaceFirst(".*/", ""));

            build().job("linux-x86_64").state("failed");
            build().job("linux-x86_32").state("started");
            assertThat(watch.look()).extracting(CiJob::state).containsExactly("failed", "started");
            build().job("linux-x86_32").state("passed");
            assertThat(watch.look()).allMatch(job -> job.stage().isFinal());
        }
        assertThat(posts()).as("what has ended is not cancelled").isEmpty();
    }

    @Test
    void findsTheBuildOfAPushByItsCommit() throws Exception {
        String commit = commit(PUSH);
        repository.push(git.path(), Legs.BRANCH, git.commit(file(PUSH, LEGS), "before"));
        repository.push(git.path(), Legs.BRANCH, commit);
        try (TravisWatch watch = watch(PUSH, commit)) {
            assertThat(watch.look()).hasSize(2);
        }
    }

    @Test
    void doesNotTakeTheBuildOfAnotherPullRequest() throws Exception {
        String commit = commit(PULL_REQUEST);
        repository.pullRequest(git.path(), Legs.BRANCH, commit, NUMBER + 1);
        try (TravisWatch watch = watch(PULL_REQUEST, commit)) {
            assertThat(watch.look()).isEmpty();
        }
        assertThat(posts()).isEmpty();
    }

    @Test
    void failsWhenSomebodyElsePushedToTheBranch() throws Exception {
        String ours = commit(PULL_REQUEST);
        String theirs = git.commit(file(PULL_REQUEST, LEGS), "theirs");
        repository.pullRequest(git.path(), Legs.BRANCH, theirs, NUMBER);
        TravisWatch watch = watch(PULL_REQUEST, ours);
        assertThatThrownBy(watch::look)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("builds the commit " + theirs, "not this run's " + ours, "pushed");
    }

    @Test
    void tellsWhyTheServiceRefusedToBuild() throws Exception {
        String commit = commit(PULL_REQUEST);
        TravisWatch watch = watch(PULL_REQUEST, commit);
        // Somebody switches it off after it was looked at.
        repository.setting("build_pull_requests", false);
        repository.pullRequest(git.path(), Legs.BRANCH, commit, NUMBER);
        assertThatThrownBy(watch::look)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(
                        "refused to build the pull request #12 of " + Legs.SLUG,
                        "Build type disabled via repository settings",
                        "/alice/builds/requests");
    }

    @Test
    void showsTheComplaintsAboutTheFile() throws Exception {
        String commit = git.commit("a: [".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        repository.pullRequest(git.path(), Legs.BRANCH, commit, NUMBER);
        TravisWatch watch = watch(PULL_REQUEST, commit);
        assertThatThrownBy(watch::look).hasMessageContaining("parse error (root parse_error)");
    }

    @Test
    void failsWhenTheBuildHasOtherJobs() throws Exception {
        String commit = git.commit(file(PULL_REQUEST, LEGS.subList(0, 1)));
        repository.pullRequest(git.path(), Legs.BRANCH, commit, NUMBER);
        TravisWatch watch = watch(PULL_REQUEST, commit);
        assertThatThrownBy(watch::look)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("lacks the job 'linux-x86_32'");
    }

    @Test
    void givesABuildOnlySoLongToAppear() throws Exception {
        TravisWatch watch = watch(PULL_REQUEST, commit(PULL_REQUEST));
        clock.advance(Duration.ofMinutes(20));
        assertThat(watch.look()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(watch::look)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(
                        "started no build for the pull request #12",
                        "within 20 minutes",
                        "GitHub did not tell it",
                        "<queueTimeoutMinutes> (-Dtravis-compile.queueTimeoutMinutes)");
    }

    @Test
    void countsQueueingAndRunningApart() throws Exception {
        try (TravisWatch watch = watch(PULL_REQUEST, opened())) {
            watch.look();
            clock.advance(Duration.ofMinutes(19));
            build().jobs().forEach(job -> job.state("started"));
            watch.look();
            clock.advance(Duration.ofMinutes(60));
            assertThat(watch.look()).as("19 minutes of queue do not count").hasSize(2);
            build().job("linux-x86_64").state("passed");
            clock.advance(Duration.ofSeconds(1));
            assertThatThrownBy(watch::look)
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContainingAll(
                            "The leg linux-x86_32 has been running",
                            "60 minutes",
                            "<timeoutMinutes> (-Dtravis-compile.timeoutMinutes)",
                            "/jobs/");
        }
    }

    @Test
    void namesTheJobThatGetsNoMachine() throws Exception {
        try (TravisWatch watch = watch(PULL_REQUEST, opened())) {
            watch.look();
            build().job("linux-x86_64").state("passed");
            build().job("linux-x86_32").state("queued");
            watch.look();
            clock.advance(Duration.ofMinutes(21));
            assertThatThrownBy(watch::look)
                    .hasMessageContainingAll(
                            "The leg linux-x86_32 got no machine", "(state queued)", "<queueTimeoutMinutes>");
        }
    }

    /** A person restarts a job: its time begins anew. */
    @Test
    void countsARestartedJobFromItsRestart() throws Exception {
        try (TravisWatch watch = watch(PULL_REQUEST, opened())) {
            watch.look();
            build().jobs().forEach(job -> job.state("started"));
            watch.look();
            clock.advance(Duration.ofMinutes(50));
            build().jobs().forEach(job -> job.state("created"));
            watch.look();
            clock.advance(Duration.ofMinutes(20));
            assertThat(watch.look()).extracting(CiJob::state).containsOnly("created");
        }
    }

    @Test
    void goesOnWithWhatItKnowsWhileTheServiceStumbles() throws Exception {
        try (TravisWatch watch = watch(PULL_REQUEST, opened())) {
            assertThat(watch.look()).hasSize(2);
            travis.failForEver("/build", 502, "");
            for (int i = 0; i < 6; i++) {
                assertThat(watch.look()).hasSize(2);
                clock.advance(Duration.ofSeconds(10));
            }
            travis.heal();
            assertThat(watch.look()).hasSize(2);
            travis.failForEver("/build", 502, "");
            watch.look();
            clock.advance(Duration.ofSeconds(61));
            assertThatThrownBy(watch::look)
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContainingAll("Could not follow the build", "within 60 s", "status 502");
            travis.heal();
        }
    }

    @Test
    void doesNotAskBeforeTheServiceWantsToBeAsked() throws Exception {
        TravisWatch watch = watch(PULL_REQUEST, commit(PULL_REQUEST));
        travis.fail("/builds", 1, 429, "", "30");
        watch.look();
        int asked = travis.seen().size();
        clock.advance(Duration.ofSeconds(29));
        watch.look();
        assertThat(travis.seen()).hasSize(asked);
        clock.advance(Duration.ofSeconds(1));
        watch.look();
        assertThat(travis.seen()).hasSizeGreaterThan(asked);
    }

    @Test
    void cancelsWhatStillRunsOnce() throws Exception {
        TravisWatch watch = watch(PULL_REQUEST, opened());
        watch.look();
        build().job("linux-x86_64").state("passed");
        watch.look();
        watch.close();
        watch.close();
        assertThat(build().job("linux-x86_64").state()).isEqualTo("passed");
        assertThat(build().job("linux-x86_32").state()).isEqualTo("canceled");
        assertThat(posts()).hasSize(1);
    }

    @Test
    void cancelsABuildThatItHasNotSeenYet() throws Exception {
        String commit = commit(PULL_REQUEST);
        TravisWatch watch = watch(PULL_REQUEST, commit);
        repository.pullRequest(git.path(), Legs.BRANCH, commit, NUMBER);
        watch.close();
        assertThat(build().jobs()).allMatch(job -> job.state().equals("canceled"));
    }

    @Test
    void takesABuildThatEndedMeanwhileForCancelled() throws Exception {
        TravisWatch watch = watch(PULL_REQUEST, opened());
        watch.look();
        build().jobs().forEach(job -> job.state("passed"));
        watch.close();
        assertThat(posts()).hasSize(1);
    }

    @Test
    void cancelsAlsoForAThreadThatIsToStop() throws Exception {
        TravisWatch watch = watch(PULL_REQUEST, opened());
        watch.look();
        Thread.currentThread().interrupt();
        watch.close();
        assertThat(Thread.interrupted()).as("the thread is told still").isTrue();
        assertThat(build().jobs()).allMatch(job -> job.state().equals("canceled"));
    }

    @Test
    void triesToCancelThriceAndNamesWhatIsLeft() throws Exception {
        String commit = opened();
        TravisWatch watch = watch(PULL_REQUEST, commit);
        watch.look();
        travis.fail("/cancel", 2, 500, "", "");
        watch.close();
        assertThat(posts()).hasSize(3);
        assertThat(build().jobs()).allMatch(job -> job.state().equals("canceled"));

        TravisWatch other = watch(PULL_REQUEST, commit);
        build().jobs().forEach(job -> job.state("started"));
        other.look();
        travis.failForEver("/cancel", 500, "");
        assertThatThrownBy(other::close)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("could not be cancelled", "/builds/builds/", "status 500", "Cancel it there.");
    }

    @Test
    void readsTheLogOfAJobThatDied() throws Exception {
        try (TravisWatch watch = watch(PULL_REQUEST, opened())) {
            CiJob job = watch.look().get(0);
            assertThat(watch.log(job)).isEmpty();
            build().job("linux-x86_64")
                    .append("travis_fold:start:worker\r\u001b[0Kbooting\r\n\u001b[31;1mout of disk\u001b[0m\r\n");
            assertThat(watch.log(job).orElseThrow().tail(1)).isEqualTo("out of disk");
            build().job("linux-x86_64").withholdLog();
            assertThat(watch.log(job)).isEmpty();
        }
    }

    /** The commit of a pull request that was opened. */
    private String opened() throws Exception {
        String commit = commit(PULL_REQUEST);
        repository.pullRequest(git.path(), Legs.BRANCH, commit, NUMBER);
        return commit;
    }

    private String commit(TravisTrigger trigger) throws Exception {
        return git.commit(file(trigger, LEGS));
    }

    private static byte[] file(TravisTrigger trigger, List<Leg> legs) {
        return TravisFile.of(
                trigger, legs.stream().map(leg -> new TravisLeg(leg, List.of())).toList());
    }

    private TravisBuildStandIn build() {
        return repository.builds().get(0);
    }

    private List<ApiStandIn.Seen> posts() {
        return travis.seen().stream()
                .filter(seen -> seen.method().equals("POST"))
                .toList();
    }

    private TravisWatch watch(TravisTrigger trigger, String commit) throws Exception {
        TravisCi ci = new TravisCi(
                travis.uri(),
                Secret.of(travis.token()),
                Legs.REPOSITORY,
                trigger.event(),
                HttpSettings.of(PATIENCE, clock, new CountedPause()));
        OptionalLong number = trigger.event() == TravisEvent.PUSH ? OptionalLong.empty() : OptionalLong.of(NUMBER);
        return (TravisWatch) ci.requireReady(LEGS).watch(new PushedCommit(Legs.BRANCH, commit, number), LEGS, LIMITS);
    }
}
