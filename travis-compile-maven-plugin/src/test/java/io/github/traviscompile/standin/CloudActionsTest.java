package io.github.traviscompile.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.actions.ActionsCi;
import io.github.traviscompile.ci.actions.ActionsProject;
import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.actions.ActionsSite;
import io.github.traviscompile.git.TemporaryBranch;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.upload.Handshake;
import io.github.traviscompile.upload.HandshakeKey;
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

/** From a project to what GitHub Actions compiles of it: snapshot, push over HTTP, workflow, hello, upload. */
class CloudActionsTest {

    @TempDir
    Path directory;

    private static final HandshakeKey HANDSHAKE_KEY = HandshakeKey.random();
    private CloudScene scene;
    private Cloud cloud;
    private ActionsProject project;

    @BeforeEach
    void start() throws Exception {
        scene = new CloudScene(directory);
        cloud = scene.cloud;
        ActionsCi ci = new ActionsCi(
                ActionsSite.of(cloud.githubApi(), cloud.githubWeb(), Optional.empty()),
                RepositoryName.parse(Cloud.SLUG, URI.create("https://github.com")),
                cloud.githubToken(),
                Optional.of(HANDSHAKE_KEY.publicKey()),
                CloudScene.HTTP);
        project = ci.requireReady(List.of());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void compilesTwoLegsWithoutASecretInTheCommit() throws Exception {
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64), leg(Platform.OSX_AARCH_64));
        try (UploadServer server = endpoint(legs);
                TemporaryBranch pushed =
                        scene.push(project, server, legs, "Compile greet [skip travis] [skip appveyor]");
                CiWatch watch = watch(pushed, legs)) {
            cloud.github().actions().awaitIdle(CloudScene.LIMIT);
            assertThat(watch.look())
                    .as(() -> cloud.github().actions().runs().get(0).jobs().stream()
                            .map(ActionsJobStandIn::log)
                            .toList()
                            .toString())
                    .extracting(CiJob::stage)
                    .containsOnly(CiJob.Stage.PASSED);
        }
        assertThat(scene.delivered("linux-x86_64").getInt()).isEqualTo(0x7f454c46);
        assertThat(scene.delivered("osx-aarch_64").getInt()).isEqualTo(0xcffaedfe);
        assertThat(cloud.builds().builds())
                .as("the push has no file for Travis CI")
                .isEmpty();
    }

    @Test
    void leavesAloneWhatAsksForNoRun() throws Exception {
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64));
        try (UploadServer server = endpoint(legs);
                TemporaryBranch pushed =
                        scene.push(project, server, legs, "Compile greet [skip appveyor] [skip actions]");
                CiWatch watch = watch(pushed, legs)) {
            assertThat(watch.look()).isEmpty();
        }
        assertThat(cloud.github().actions().runs()).isEmpty();
    }

    private static Leg leg(Platform platform) {
        return LegSample.unlocked(platform, ActionsProvider.SERVICE);
    }

    private UploadServer endpoint(List<Leg> legs) throws Exception {
        return scene.endpoint(legs, new Handshake(HANDSHAKE_KEY, project::objection));
    }

    private CiWatch watch(TemporaryBranch pushed, List<Leg> legs) {
        return scene.watch(project, pushed, OptionalLong.empty(), legs);
    }
}
