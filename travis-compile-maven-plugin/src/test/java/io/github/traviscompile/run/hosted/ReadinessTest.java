package io.github.traviscompile.run.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.run.HostedRun;
import io.github.traviscompile.run.HostedScene;
import io.github.traviscompile.run.HostedSceneExtension;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.standin.Cloud;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole hosted runs in which a service of a platform's row turns out not to be ready. */
@ExtendWith(HostedSceneExtension.class)
class ReadinessTest {

    private HostedScene scene;
    private Cloud cloud;
    private HostedRun run;

    @BeforeEach
    void start(HostedScene made) throws Exception {
        scene = made;
        cloud = scene.cloud;
        run = scene.run;
        run.ci = "auto";
        run.accounts = Set.of(TravisProvider.SERVICE, ActionsProvider.SERVICE);
        run.platforms = List.of("linux-x86_64", "osx-x86_64");
    }

    @Test
    void aServiceThatIsSwitchedOffIsPassedAndAskedOnce() throws Exception {
        cloud.builds().inactive();
        assertThat(scene.run()).hasSize(2).noneMatch(DeliveredPlatform::reused);
        for (String platform : run.platforms) {
            assertThat(run.told)
                    .anyMatch(line -> line.startsWith(platform + " → github-actions: The repository 'alice/builds' is"
                            + " switched off on Travis CI"));
        }
        assertThat(cloud.builds().builds()).isEmpty();
        assertThat(asked()).isEqualTo(1);
        scene.assertNothingIsLeft();

        run.offline = true;
        assertThat(scene.run()).hasSize(2).allMatch(DeliveredPlatform::reused);
        assertThat(asked()).as("nobody is asked about what is finished").isEqualTo(1);
    }

    private long asked() {
        return cloud.travis().seen().stream()
                .filter(seen -> seen.path().contains("alice%2Fbuilds"))
                .count();
    }

    @Test
    void aServiceThatIsDownIsPassed() throws Exception {
        run.patience = new HttpTimeouts(
                Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofMillis(100));
        cloud.travis().failForEver("/", 503, "");
        run.platforms = List.of("linux-x86_64");
        assertThat(scene.run()).hasSize(1);
        assertThat(run.told)
                .anyMatch(line -> line.startsWith(
                                "linux-x86_64 → github-actions: Could not check the token at " + cloud.travisApi())
                        && line.contains("answered with status 503"));
        scene.assertNothingIsLeft();
    }

    @Test
    void aServiceThatIsNamedIsNotLeft() throws Exception {
        cloud.builds().inactive();
        run.ci = "travis";
        scene.assertRefused(ActionNeededException.class, "switched off on Travis CI");
        assertThat(cloud.github().actions().runs()).isEmpty();
        scene.assertNothingIsLeft();
    }

    @Test
    void theReasonOfEachIsToldWhereNoneIsReady() throws Exception {
        run.accounts = Set.of(TravisProvider.SERVICE, AppVeyorProvider.SERVICE);
        cloud.builds().inactive();
        cloud.appveyorProject().hearsNoPushes();
        scene.assertRefused(
                ActionNeededException.class,
                "No service that may compile linux-x86_64, osx-x86_64 is ready:",
                "switched off on Travis CI",
                "on AppVeyor does not build on \"Push\" events");
        assertThat(cloud.github().requests()).noneMatch(request -> request.contains("git-receive-pack"));
        scene.assertNothingIsLeft();
    }
}
