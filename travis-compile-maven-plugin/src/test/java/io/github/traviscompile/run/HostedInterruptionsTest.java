package io.github.traviscompile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.standin.Cloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosted runs that are told to stop, or killed, at each step that their journal notes. */
@ExtendWith(HostedSceneExtension.class)
class HostedInterruptionsTest {

    /** Lines of the journal, written before what they tell is done, and what is heard of it outside. */
    private static final List<String> STEPS = List.of(
            "github-api ",
            "builds-travis ",
            "branch ",
            "POST /alice/builds.git/git-receive-pack",
            "opening ",
            "POST /api/v3/repos/alice/builds/pulls",
            "pull-request ",
            "/jobs?include=job.config");

    private HostedScene scene;
    private Cloud cloud;
    private HostedRun run;

    @BeforeEach
    void start(HostedScene made) throws Exception {
        scene = made;
        cloud = scene.cloud;
        run = scene.run;
        cloud.jobsGetNoMachines();
    }

    @Test
    void interruptedItTakesEverythingAway() throws Exception {
        long process = ProcessHandle.current().pid();
        for (String step : STEPS) {
            long before = scene.seen(step, process);
            FutureTask<List<DeliveredPlatform>> task = new FutureTask<>(scene::run);
            Thread thread = new Thread(task);
            thread.start();
            while (scene.seen(step, process) <= before) {
                thread.join(5);
                assertThat(thread.isAlive()).as(step).isTrue();
            }
            thread.interrupt();
            // What a library swallowed is asked for again, as Ctrl-C's hook sets a mark besides.
            while (thread.isAlive()) {
                thread.join(2_000);
                if (thread.isAlive()) {
                    thread.interrupt();
                }
            }
            assertThatThrownBy(task::get)
                    .as(step)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            scene.assertNothingIsLeft();
            scene.assertNothingIsBuilt(step);
        }
    }

    /**
     * SIGTERM is what Ctrl-C does, too: the JVM begins its shutdown, and waits for no answer long. On a machine that has
     * much else to do one may come too late; then the run says so, and the next one does what was left.
     */
    @Test
    void toldToStopItTakesEverythingAwayOrSaysWhatIsLeft() throws Exception {
        List<String> late = new ArrayList<>();
        for (String step : STEPS) {
            Process process = startedUpTo(step);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(step).isTrue();
            if (run.processLog().contains("The next run ")) {
                late.add(step + "\n" + run.processLog());
                clearByTheNextRun();
            }
            assertThat(cloud.repository().branches())
                    .as(() -> step + "\n" + run.processLog())
                    .containsExactly("main");
            assertThat(run.journals()).as(() -> step + "\n" + run.processLog()).isEmpty();
            scene.assertNothingIsLeft();
            scene.assertNothingIsBuilt(step);
        }
        assertThat(late).hasSizeLessThan(STEPS.size() / 2);
    }

    /** One that ends before it compiles. */
    private void clearByTheNextRun() throws Exception {
        Duration timeout = run.timeout;
        run.timeout = Duration.ofSeconds(1);
        scene.assertRefused(ActionNeededException.class, "<timeoutMinutes>");
        run.timeout = timeout;
    }

    @Test
    void whatAKilledRunLeftTheNextOneTakesAway() throws Exception {
        for (String step : STEPS) {
            Process process = startedUpTo(step);
            process.destroyForcibly().waitFor();
            scene.assertNothingSecretIsOut();
        }
        cloud.repository().commit("feature", "Somebody's own", Map.of("README.md", new byte[] {1}));
        clearByTheNextRun();
        assertThat(cloud.repository().branches()).containsExactlyInAnyOrder("main", "feature");
        for (int number = 1; number <= cloud.repository().pulls(); number++) {
            assertThat(cloud.repository().pull(number).get("state").asText()).isEqualTo("closed");
        }
        assertThat(run.journals()).isEmpty();
        scene.assertNothingIsBuilt("every step");
    }

    private Process startedUpTo(String step) throws Exception {
        long before = scene.seen(step, 0);
        Process process = HostedRun.start(run);
        while (scene.seen(step, process.pid()) <= before) {
            if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The run ended before " + step + ".\n" + run.processLog());
            }
        }
        return process;
    }
}
