package io.github.traviscompile.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiJob.Stage;
import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.appveyor.AppVeyorCi;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.git.TemporaryBranch;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.upload.UploadServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin's own parts see one cloud: what they push to GitHub is built by AppVeyor. */
class AppVeyorCloudTest {

    @TempDir
    private Path directory;

    private CloudScene scene;
    private Cloud cloud;
    private CiProject project;

    @BeforeEach
    void start() throws Exception {
        scene = new CloudScene(directory);
        cloud = scene.cloud;
        project = new AppVeyorCi(
                        cloud.appveyorApi(),
                        RepositoryName.parse(Cloud.SLUG, URI.create("https://github.com")),
                        Optional.empty(),
                        cloud.appveyorToken(),
                        CloudScene.HTTP)
                .requireReady(List.of());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void compilesOnLinuxAndLaysDownWhatAMacMade() throws Exception {
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64), leg(Platform.OSX_AARCH_64));
        try (UploadServer server = scene.endpoint(legs);
                TemporaryBranch pushed = push(server, legs);
                CiWatch watch = watch(pushed, legs)) {
            cloud.appveyorProject().awaitIdle(CloudScene.LIMIT);
            for (CiJob job : watch.look()) {
                String log = watch.log(job).orElseThrow().text();
                assertThat(job.stage()).as(log).isEqualTo(Stage.PASSED);
            }
        }
        AppVeyorBuildStandIn build = cloud.appveyorProject().builds().get(0);
        legs.forEach(leg -> assertThat(build.job(leg.id()).secrets())
                .as("each job has its own key")
                .contains(scene.key(leg).revealHex()));
        assertThat(scene.delivered("linux-x86_64").getInt()).isEqualTo(0x7f454c46);
        // MH_MAGIC_64, little-endian (mach-o/loader.h).
        assertThat(scene.delivered("osx-aarch_64").getInt()).isEqualTo(0xcffaedfe);
        assertThat(cloud.builds().builds()).as("Travis CI finds nothing for it").isEmpty();
        assertThat(cloud.repository().branches()).containsExactly(StandInRepository.MAIN);
    }

    @Test
    void buildsNothingWhenAppVeyorHearsNothing() throws Exception {
        cloud.appveyorHearsNothing();
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64));
        try (UploadServer server = scene.endpoint(legs);
                TemporaryBranch pushed = push(server, legs);
                CiWatch watch = watch(pushed, legs)) {
            assertThat(watch.look()).isEmpty();
        }
    }

    @Test
    void leavesJobsInTheQueueWhenThereAreNoMachines() throws Exception {
        cloud.jobsGetNoMachines();
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64));
        try (UploadServer server = scene.endpoint(legs);
                TemporaryBranch pushed = push(server, legs)) {
            try (CiWatch watch = watch(pushed, legs)) {
                assertThat(watch.look()).extracting(CiJob::state).containsExactly("queued");
            }
            assertThat(cloud.appveyorProject().builds().get(0).jobs().get(0).state())
                    .isEqualTo("cancelled");
        }
    }

    private static Leg leg(Platform platform) {
        return LegSample.unlocked(platform, AppVeyorProvider.SERVICE);
    }

    private TemporaryBranch push(UploadServer server, List<Leg> legs) throws Exception {
        return scene.push(project, server, legs, "Compile greet");
    }

    private CiWatch watch(TemporaryBranch pushed, List<Leg> legs) {
        return scene.watch(project, pushed, OptionalLong.empty(), legs);
    }
}
