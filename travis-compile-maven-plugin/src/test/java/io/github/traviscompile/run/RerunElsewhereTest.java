package io.github.traviscompile.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.PlatformOverride;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.standin.Cloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs on two services of which one dies: the rerun on a third compiles only what is missing. */
@ExtendWith(HostedSceneExtension.class)
class RerunElsewhereTest {

    private HostedScene scene;
    private Cloud cloud;
    private HostedRun run;

    @BeforeEach
    void start(HostedScene made) throws Exception {
        scene = made;
        cloud = scene.cloud;
        run = scene.run;
        run.accounts = Set.of(TravisProvider.SERVICE, ActionsProvider.SERVICE, AppVeyorProvider.SERVICE);
        run.platforms = List.of("linux-x86_64", "osx-x86_64");
        run.own = Map.of("linux-x86_64", on("travis"), "osx-x86_64", on("appveyor"));
        run.patience = new HttpTimeouts(
                Duration.ofSeconds(20), Duration.ofSeconds(3), Duration.ofMillis(10), Duration.ofMillis(100));
    }

    @Test
    void aServiceDiesAfterAnotherHasFinished() throws Exception {
        cloud.appveyorProject().noMachines();
        Thread death = new Thread(() -> {
            while (!isLegKept()) {
                Thread.onSpinWait();
            }
            cloud.appveyor().failForEver("/", 503, "");
        });
        death.setDaemon(true);
        death.start();
        scene.assertRefused(
                WorkFailedException.class,
                "Could not follow the build at " + cloud.appveyorApi(),
                "Or set <ci> (-Dtravis-compile.ci) to travis or github-actions, and run again: finished legs are kept.",
                "Nothing was attached.");
        assertOnlyTheMissingLegIsCompiled();
    }

    /** The other goes on for as long as {@code failFast} is off. */
    @Test
    void aServiceDiesWhileAnotherIsNotDone() throws Exception {
        run.failFast = false;
        cloud.appveyor().failForEver("/history", 503, "");
        scene.assertRefused(WorkFailedException.class, "Could not follow the build", "to travis or github-actions");
        assertThat(isLegKept()).isTrue();
        assertOnlyTheMissingLegIsCompiled();
    }

    private void assertOnlyTheMissingLegIsCompiled() throws Exception {
        cloud.appveyor().heal();
        run.own = Map.of();
        run.ci = "github-actions";
        List<DeliveredPlatform> delivered = scene.run();
        assertThat(delivered)
                .extracting(platform -> platform.platform().id() + " " + platform.reused())
                .containsExactly("linux-x86_64 true", "osx-x86_64 false");
        assertThat(Files.readString(delivered.get(0).papers().get(0).path()))
                .as("who compiled it")
                .contains("/alice/builds/jobs/");
        assertThat(run.heard)
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(RunEvent.LegMoved.class, moved -> {
                    assertThat(moved.leg().id()).isEqualTo("linux-x86_64");
                    assertThat(moved.phase()).isEqualTo(LegPhase.REUSED);
                    assertThat(moved.detail()).contains("when Travis CI compiled it");
                }));
        assertThat(cloud.builds().builds()).hasSize(1);
        assertThat(cloud.github().actions().runs())
                .singleElement()
                .satisfies(only ->
                        assertThat(only.jobs()).extracting(job -> job.name()).containsExactly("osx-x86_64"));
        scene.assertNothingIsLeft();
    }

    private boolean isLegKept() {
        Path legs = scene.directory().resolve("cache/legs");
        if (!Files.isDirectory(legs)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(legs)) {
            return entries.anyMatch(entry -> Files.exists(entry.resolve(".record")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PlatformOverride on(String service) throws Exception {
        return PlatformOverride.NOTHING.withCi(service);
    }
}
