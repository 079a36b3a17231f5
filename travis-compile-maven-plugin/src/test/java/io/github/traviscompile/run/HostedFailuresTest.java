package io.github.traviscompile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.Cloud;
import io.github.traviscompile.standin.Fault;
import io.github.traviscompile.standin.StandInToken;
import io.github.traviscompile.standin.StandInToken.Right;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole hosted runs that fail: each ends in its sentence, leaves nothing, and lets nothing secret out. */
@ExtendWith(HostedSceneExtension.class)
class HostedFailuresTest {

    private HostedScene scene;
    private Cloud cloud;
    private HostedRun run;

    @BeforeEach
    void start(HostedScene made) throws Exception {
        scene = made;
        cloud = scene.cloud;
        run = scene.run;
    }

    @Test
    void showsTheFirstErrorOfACrateThatDoesNotCompile() throws Exception {
        scene.write("src/main.rs", "fn main() {\n    oops\n}\n");
        scene.assertRefused(
                ActionNeededException.class, "linux-x86_64 did not compile", "cannot find value `oops`", "/jobs/");
        scene.assertNothingIsLeft();
    }

    @Test
    void saysSoWhenTravisNeverHears() throws Exception {
        cloud.travisHearsNothing();
        run.accounts = Set.of(TravisProvider.SERVICE, ActionsProvider.SERVICE, AppVeyorProvider.SERVICE);
        run.queue = Duration.ofSeconds(2);
        scene.assertRefused(
                ActionNeededException.class,
                "started no build",
                "<queueTimeoutMinutes>",
                "Or set <ci> (-Dtravis-compile.ci) to github-actions or appveyor, and run again");
        scene.assertNothingIsLeft();
    }

    @Test
    void saysSoWhenNoMachineIsFree() throws Exception {
        cloud.jobsGetNoMachines();
        run.accounts = Set.of(TravisProvider.SERVICE, AppVeyorProvider.SERVICE);
        run.queue = Duration.ofSeconds(2);
        scene.assertRefused(
                ActionNeededException.class,
                "linux-x86_64 got no machine on Travis CI",
                "Or set <ci> (-Dtravis-compile.ci) to appveyor, and run again");
        assertThat(cloud.builds().builds().get(0).jobs().get(0).state()).isEqualTo("canceled");
        scene.assertNothingIsLeft();
    }

    @Test
    void endsAtItsDeadline() throws Exception {
        cloud.jobsGetNoMachines();
        run.timeout = Duration.ofSeconds(3);
        scene.assertRefused(ActionNeededException.class, "unfinished: linux-x86_64", "<timeoutMinutes>");
        scene.assertNothingIsLeft();
    }

    @Test
    void endsWhenTheTunnelDies() throws Exception {
        cloud.jobsGetNoMachines();
        run.authtoken = "ends-the-authtoken";
        assertThatThrownBy(scene::run).isInstanceOf(CrossCompileException.class).hasMessageContaining("ngrok ended it");
        scene.assertNothingIsLeft();
    }

    @Test
    void aRuleOfTheRepositoryIsNamed() throws Exception {
        cloud.repository().protectedRefs = ref -> ref.startsWith("refs/heads/travis-compile/");
        scene.assertRefused(ActionNeededException.class, "A rule of the repository forbids it");
        scene.assertNothingIsLeft();
    }

    @Test
    void aPullRequestThatCannotBeOpenedTakesItsBranchAlong() throws Exception {
        cloud.github().fault(Fault.answer("POST", "/pulls", Fault.FOR_EVER, 500, Map.of(), "{}"));
        scene.assertRefused(WorkFailedException.class, "The pull request of", "GitHub answered with status 500");
        scene.assertNothingIsLeft();
    }

    @Test
    void aCleanUpThatFailsIsAWarningAndTheNextRunDoesIt() throws Exception {
        cloud.github().fault(Fault.answer("PATCH", "/pulls/1", Fault.FOR_EVER, 500, Map.of(), "{}"));
        assertThat(scene.run()).hasSize(1);
        assertThat(run.told).anyMatch(line -> line.contains("is still open and cannot be closed"));
        assertThat(run.journals()).hasSize(1);
        cloud.github().heal();
        scene.write("src/main.rs", "fn main() {}\n");
        assertThat(scene.run()).hasSize(1);
        scene.assertNothingIsLeft();
    }

    @Test
    void whatThePushStartedIsCancelledWhenNoPullRequestCanBeOpened() throws Exception {
        cloud.tool("osx", "cargo", "exec tail -f /dev/null");
        cloud.github().fault(Fault.answer("POST", "/pulls", Fault.FOR_EVER, 500, Map.of(), "{}"));
        run.ci = "github-actions";
        run.platforms = List.of("osx-x86_64");
        scene.assertRefused(WorkFailedException.class, "The pull request of", "GitHub answered with status 500");
        assertThat(cloud.github().actions().runs())
                .singleElement()
                .satisfies(started -> assertThat(started.jobs())
                        .as(() -> started.jobs().get(0).log())
                        .extracting(job -> job.status() + " " + job.conclusion())
                        .containsExactly("completed cancelled"));
        scene.assertNothingIsLeft();
    }

    @Test
    void theFirstFailureEndsTheOtherLegs() throws Exception {
        cloud.tool("osx", "cargo", "exec tail -f /dev/null");
        run.platforms = List.of("linux-x86_64", "osx-x86_64");
        scene.write("src/main.rs", "fn main() {\n    oops\n}\n");
        scene.assertRefused(
                ActionNeededException.class,
                "linux-x86_64 did not compile",
                "cannot find value `oops`",
                "The other legs (1) were ended",
                "Nothing was attached.");
        assertThat(cloud.builds().builds().get(0).job("osx-x86_64").state()).isEqualTo("canceled");
        scene.assertNothingIsLeft();
    }

    @Test
    void aLegThatUploadsNothingIsNotDone() throws Exception {
        cloud.tool("linux", "bash", "exit 0");
        scene.assertRefused(WorkFailedException.class, "linux-x86_64 did not deliver greet", "/jobs/");
        assertThat(cloud.builds().builds().get(0).job("linux-x86_64").state()).isEqualTo("passed");
        scene.assertNothingIsLeft();
    }

    @Test
    void aTokenThatMayTooLittleIsToldWhatItLacks() throws Exception {
        run.githubToken = "github_pat_that_reads_only";
        cloud.github().add(StandInToken.fineGrained(run.githubToken, Right.READ));
        scene.assertRefused(ActionNeededException.class, "may read alice/builds but not push to it");
        run.githubToken = "ghp_without_a_scope";
        cloud.github().add(new StandInToken(run.githubToken, Optional.of("gist"), Set.of(Right.READ, Right.PUSH)));
        scene.assertRefused(ActionNeededException.class, "lacks the scope 'repo'");
        assertThat(cloud.github().requests()).noneMatch(request -> request.contains("git-receive-pack"));
        run.githubToken = "github_pat_without_pull_requests";
        cloud.github().add(StandInToken.fineGrained(run.githubToken, Right.READ, Right.PUSH));
        scene.assertRefused(ActionNeededException.class, "Pull requests: read and write");
        scene.assertNothingIsLeft();
    }

    @Test
    void anAccountWithoutCreditsIsToldSoBeforeAnythingLeaves() throws Exception {
        cloud.builds().allowance(Map.of("subscription_type", 2, "public_repos", true, "private_repos", false));
        scene.assertRefused(ActionNeededException.class, "no credits left");
        assertThat(cloud.github().requests()).noneMatch(request -> request.contains("git-receive-pack"));
        scene.assertNothingIsLeft();
    }

    @Test
    void waitsAsLongAsGitHubWants() throws Exception {
        cloud.github().fault(wantsFewer("1", 1));
        assertThat(scene.run()).hasSize(1);
        assertThat(run.told).anyMatch(line -> line.contains("GitHub wants fewer requests in so short a time"));
        scene.assertNothingIsLeft();
    }

    @Test
    void doesNotWaitBeyondItsDeadline() throws Exception {
        cloud.github().fault(wantsFewer("7200", Fault.FOR_EVER));
        scene.assertRefused(WorkFailedException.class, "GitHub wants fewer requests");
        scene.assertNothingIsLeft();
    }

    /** The words are GitHub's (docs.github.com, "Rate limits for the REST API"). */
    private static Fault wantsFewer(String seconds, int times) {
        String body =
                "{\"message\":\"You have exceeded a secondary rate limit. Please wait a few minutes before you try"
                        + " again.\",\"documentation_url\":\"https://docs.github.com/rest\"}";
        return Fault.answer(
                "POST",
                "/pulls",
                times,
                403,
                Map.of("Retry-After", seconds, "Content-Type", "application/json; charset=utf-8"),
                body);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502})
    void overcomesOneFailureOfEveryKindOfRequest(int status) throws Exception {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        BiPredicate<String, String> first =
                (method, target) -> failed.add(method + " " + target.replaceAll("travis-compile/[^?]*", "BRANCH"));
        cloud.github()
                .fault(new Fault(
                        first,
                        Fault.Kind.ANSWER,
                        Fault.FOR_EVER,
                        status,
                        Map.of("Content-Type", "text/html"),
                        "<html>Bad gateway</html>"));
        assertThat(scene.run()).hasSize(1);
        assertThat(failed).hasSizeGreaterThan(6);
        scene.assertNothingIsLeft();
    }
}
