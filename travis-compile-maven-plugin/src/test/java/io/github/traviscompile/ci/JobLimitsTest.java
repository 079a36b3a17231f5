package io.github.traviscompile.ci;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.CiJob.Stage;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Platform;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class JobLimitsTest {

    private Instant now = Instant.EPOCH;
    private final JobLimits limits =
            new JobLimits("AppVeyor", new CiTimeouts(Duration.ofMinutes(20), Duration.ofMinutes(60)), now);

    @Test
    void aServiceThatRunsOneJobAtATimeIsNotWaitedForInVain() throws Exception {
        for (int minute = 0; minute < 50; minute++) {
            look(Stage.RUNNING, Stage.WAITING);
        }
        for (int minute = 0; minute < 20; minute++) {
            look(Stage.PASSED, Stage.WAITING);
        }
        assertThatThrownBy(() -> look(Stage.PASSED, Stage.WAITING))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(
                        "The leg windows-x86_32 got no machine on AppVeyor within 20 minutes (state waiting)",
                        "https://ci.example.org/windows-x86_32",
                        "<queueTimeoutMinutes> (-Dtravis-compile.queueTimeoutMinutes)");
    }

    @Test
    void theTimeUntilThereAreJobsIsTimeInTheQueue() throws Exception {
        now = now.plus(Duration.ofMinutes(19));
        limits.require(List.of(), now);
        look(Stage.WAITING, Stage.PASSED);
        assertThatThrownBy(() -> look(Stage.WAITING, Stage.PASSED)).hasMessageContaining("within 20 minutes");
    }

    @Test
    void theTimeInTheQueueIsNotTheBuilds() throws Exception {
        for (int minute = 0; minute < 20; minute++) {
            look(Stage.WAITING, Stage.WAITING);
        }
        for (int minute = 0; minute <= 60; minute++) {
            look(Stage.RUNNING, Stage.PASSED);
        }
        assertThatThrownBy(() -> look(Stage.RUNNING, Stage.PASSED))
                .hasMessageContaining("The leg windows-x86_64 has been running on AppVeyor for more than 60 minutes.")
                .hasMessageContaining("<timeoutMinutes> (-Dtravis-compile.timeoutMinutes)");
    }

    @Test
    void whatHasEndedIsHeldToNothing() {
        assertThatCode(() -> {
                    for (int minute = 0; minute < 500; minute++) {
                        look(Stage.FAILED, Stage.BROKEN);
                    }
                })
                .doesNotThrowAnyException();
    }

    private void look(Stage first, Stage second) throws ActionNeededException {
        now = now.plus(Duration.ofMinutes(1));
        limits.require(List.of(job(Platform.WINDOWS_X86_64, first), job(Platform.WINDOWS_X86_32, second)), now);
    }

    private static CiJob job(Platform platform, Stage stage) {
        Leg leg = LegSample.greet(platform, AppVeyorProvider.SERVICE);
        return new CiJob(
                leg,
                platform.id(),
                stage.name().toLowerCase(Locale.ROOT),
                stage,
                URI.create("https://ci.example.org/" + platform));
    }
}
