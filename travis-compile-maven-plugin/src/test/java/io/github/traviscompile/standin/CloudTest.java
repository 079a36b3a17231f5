package io.github.traviscompile.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.travis.TravisCi;
import io.github.traviscompile.ci.travis.TravisEvent;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.git.TemporaryBranch;
import io.github.traviscompile.github.GitHubAccess;
import io.github.traviscompile.github.GitHubApi;
import io.github.traviscompile.github.GitHubRepository;
import io.github.traviscompile.github.PullRequestText;
import io.github.traviscompile.github.TemporaryPullRequest;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.upload.UploadServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin's own parts see one cloud: what they push to GitHub is built by Travis CI. */
class CloudTest {

    @TempDir
    private Path directory;

    private CloudScene scene;
    private Cloud cloud;
    private CiProject project;

    @BeforeEach
    void start() throws Exception {
        scene = new CloudScene(directory);
        cloud = scene.cloud;
        project = new TravisCi(
                        cloud.travisApi(),
                        cloud.travisToken(),
                        RepositoryName.parse(Cloud.SLUG, URI.create("https://github.com")),
                        TravisEvent.PULL_REQUEST,
                        CloudScene.HTTP)
                .requireReady(List.of());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void compilesOnLinuxAndLaysDownWhatAMacMade() throws Exception {
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64), leg(Platform.OSX_X86_32));
        try (UploadServer server = scene.endpoint(legs);
                TemporaryBranch pushed = push(server, legs)) {
            assertThat(cloud.builds().builds())
                    .as("a push is not what the file asks for")
                    .isEmpty();
            try (TemporaryPullRequest request = open();
                    CiWatch watch = watch(pushed, request, legs)) {
                cloud.builds().awaitIdle(CloudScene.LIMIT);
                for (CiJob job : watch.look()) {
                    String log = watch.log(job).orElseThrow().text();
                    assertThat(job.state()).as(log).isEqualTo("passed");
                    assertThat(log.strip()).endsWith("Done. Your build exited with 0.");
                }
            }
        }
        assertThat(cloud.builds().builds().get(0).job("osx-x86_32").secrets())
                .contains(scene.key(legs.get(1)).revealHex());
        assertThat(scene.delivered("linux-x86_64").getInt()).isEqualTo(0x7f454c46);
        // MH_MAGIC, little-endian, and CPU_TYPE_I386 (mach-o/loader.h, mach/machine.h).
        assertThat(scene.delivered("osx-x86_32").getLong()).isEqualTo(0xcefaedfe07000000L);
        assertThat(cloud.repository().branches()).containsExactly(StandInRepository.MAIN);
        assertThat(cloud.repository().pull(1).path("state").asText()).isEqualTo("closed");
    }

    @Test
    void buildsNothingWhenTravisHearsNothing() throws Exception {
        cloud.travisHearsNothing();
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64));
        try (UploadServer server = scene.endpoint(legs);
                TemporaryBranch pushed = push(server, legs);
                TemporaryPullRequest request = open();
                CiWatch watch = watch(pushed, request, legs)) {
            assertThat(watch.look()).isEmpty();
        }
    }

    @Test
    void leavesJobsInTheQueueWhenThereAreNoMachines() throws Exception {
        cloud.jobsGetNoMachines();
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64));
        try (UploadServer server = scene.endpoint(legs);
                TemporaryBranch pushed = push(server, legs);
                TemporaryPullRequest request = open();
                CiWatch watch = watch(pushed, request, legs)) {
            assertThat(watch.look()).extracting(CiJob::state).containsExactly("created");
        }
    }

    @Test
    void killsJobsThatAreSilent() throws Exception {
        cloud.killAfter(Duration.ZERO);
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64));
        try (UploadServer server = scene.endpoint(legs);
                TemporaryBranch pushed = push(server, legs);
                TemporaryPullRequest request = open();
                CiWatch watch = watch(pushed, request, legs)) {
            cloud.builds().awaitIdle(CloudScene.LIMIT);
            CiJob job = watch.look().get(0);
            assertThat(job.state()).isEqualTo("errored");
            assertThat(watch.log(job).orElseThrow().text()).doesNotContain("exited with");
        }
    }

    private static Leg leg(Platform platform) {
        return LegSample.unlocked(platform, TravisProvider.SERVICE);
    }

    private TemporaryBranch push(UploadServer server, List<Leg> legs) throws Exception {
        return scene.push(project, server, legs, "Compile greet");
    }

    private TemporaryPullRequest open() throws Exception {
        return GitHubRepository.open(
                        new GitHubApi(
                                new GitHubAccess(cloud.githubApi(), cloud.githubWeb(), cloud.githubToken()),
                                CloudScene.HTTP),
                        RepositoryName.parse(Cloud.SLUG, URI.create("https://github.com")),
                        wait -> {})
                .openPullRequest(
                        scene.branch.toString(), new PullRequestText(scene.run, "greet 0.1.0", scene.expiry()));
    }

    private CiWatch watch(TemporaryBranch pushed, TemporaryPullRequest request, List<Leg> legs) {
        return scene.watch(project, pushed, OptionalLong.of(request.number()), legs);
    }
}
