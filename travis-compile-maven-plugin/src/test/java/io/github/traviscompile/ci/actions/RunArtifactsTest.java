package io.github.traviscompile.ci.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.ci.actions.RunArtifacts.Wanted;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.ActionsRunStandIn;
import io.github.traviscompile.standin.ArtifactStandIn;
import io.github.traviscompile.standin.Fault;
import io.github.traviscompile.standin.StandInToken;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobs left at the stand-in of GitHub comes as it was left, or a sentence says why not. */
class RunArtifactsTest {

    private static final Leg LEG = Legs.ACTIONS.leg(Platform.LINUX_X86_64);
    private static final long CAP = 1 << 20;

    static final String REMEDY = ". Run the goal again, for which finished legs are kept, or set"
            + " <delivery>tunnel</delivery> (-Dtravis-compile.delivery=tunnel).";

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock();
    private final byte[] archive = new byte[300_000];
    private Scene scene;
    private RunArtifacts artifacts;
    private ActionsRunStandIn run;
    private ArtifactStandIn artifact;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene(directory, clock);
        begin(scene.ciForArtifacts(clock));
        new Random(1).nextBytes(archive);
        artifact = scene.actions.leave(run, LEG.id(), archive);
        file = directory.resolve("arrived.zip");
    }

    private void begin(ActionsCi ci) throws Exception {
        ActionsProject project = ci.requireReady(List.of(LEG));
        assertThat(project.artifacts()).as("before anything is pushed").isEmpty();
        PushedCommit start = scene.commit(project, List.of(LEG), URI.create("https://unused.example.org"));
        // Nothing is looked at, so that there is nothing to close.
        project.watch(start, List.of(), Scene.LIMITS);
        scene.push(start);
        artifacts = project.artifacts().orElseThrow();
        run = scene.actions.runs().get(scene.actions.runs().size() - 1);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void bringsAnArtifactFromAHostThatGetsNoToken() throws Exception {
        artifacts.download(LEG, file, CAP);
        assertThat(file).hasBinaryContent(archive);
        artifact.digest = null;
        artifacts.download(LEG, file, archive.length);
        assertThat(file).hasBinaryContent(archive);
        artifacts.delete(List.of(LEG));
        assertThat(artifact.isDeleted()).isTrue();
        artifacts.delete(List.of(LEG));
        refused("is not there");
    }

    @Test
    void bringsFilesOfNoMoreThanAllThatAreWanted() {
        Map<String, Wanted> few = Map.of("greet", new Wanted(directory.resolve("greet"), 1));
        assertThatThrownBy(() -> artifacts.bring(LEG, file, few))
                .hasMessageContaining("has 300000 bytes, more than the 4097 that are taken");
        Map<String, Wanted> many = Map.of("greet", new Wanted(directory.resolve("greet"), CAP));
        assertThatThrownBy(() -> artifacts.bring(LEG, file, many))
                .hasMessageContaining("the artifact that it left at GitHub is no zip archive");
    }

    @Test
    void asksAgainWhereItBreaksOffOrTheAddressHasExpired() throws Exception {
        scene.github.fault(Fault.of(Fault.Kind.CUT, "GET", "/_artifacts/", 1));
        scene.github.fault(Fault.answer("GET", "/_artifacts/", 1, 403, Map.of(), ""));
        scene.github.fault(Fault.of(Fault.Kind.CLOSE, "GET", "/_artifacts/", 1));
        artifacts.download(LEG, file, CAP);
        assertThat(file).hasBinaryContent(archive);
        scene.github.fault(Fault.of(Fault.Kind.CUT, "GET", "/_artifacts/", Fault.FOR_EVER));
        refused("could not be downloaded in 4 attempts: its store broke off after ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:0000", "sha256:"})
    void refusesWhatIsNotWhatGitHubSays(String digest) {
        artifact.digest = digest;
        refused("arrived as sha256:");
    }

    @Test
    void refusesWhatIsNotThere() {
        artifact.expired = true;
        refused("has expired");
        artifact.expired = false;
        artifact.name = "linux-x86_32";
        refused("is not there");
        artifact.name = LEG.id();
        artifact.headSha = "0".repeat(40);
        refused("is not there");
    }

    @Test
    void doesNotTakeThatOfAnotherRun() throws Exception {
        begin(scene.ciForArtifacts(clock));
        refused("is not there");
        scene.actions.leave(run, LEG.id(), archive);
        scene.actions.leave(run, LEG.id(), archive);
        refused("is there 2 times");
        run.artifacts().remove(1);
        artifacts.download(LEG, file, CAP);
        artifacts.delete(List.of(LEG));
        assertThat(artifact.isDeleted()).as("that of the other run").isFalse();
    }

    @Test
    void refusesWhatIsTooLargeWhateverGitHubSays() {
        assertThatThrownBy(() -> artifacts.download(LEG, file, 299_999))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("has 300000 bytes, more than the 299999 that are taken");
        artifact.size = 1;
        assertThatThrownBy(() -> artifacts.download(LEG, file, 299_999))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("is larger than GitHub says, and than the 299999 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 403})
    void saysThatGitHubDoesNotGiveItOut(int status) {
        scene.github.fault(Fault.answer("GET", "/zip", Fault.FOR_EVER, status, Map.of(), "{\"message\":\"No.\"}"));
        refused("is not given out (status " + status + ", No)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://store.example.org/x", "file:///etc/passwd", "https:///x", "h ttp"})
    void goesNowhereWhereItCouldBeChangedOnTheWay(String location) {
        scene.github.fault(Fault.answer("GET", "/zip", 1, 302, Map.of("Location", location), ""));
        assertThatThrownBy(() -> artifacts.download(LEG, file, CAP))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("to what is not an https address; nothing was read.");
    }

    @Test
    void saysWhatStaysWhereTheTokenMayNotDelete() throws Exception {
        StandInToken reader = StandInToken.fineGrained("reader", StandInToken.Right.READ);
        scene.github.add(reader);
        RunArtifacts others = new RunArtifacts(
                scene.ci(reader.value(), clock).newApi(),
                scene.ci.site(),
                Legs.REPOSITORY,
                new PushedCommit(Legs.BRANCH, artifact.headSha, OptionalLong.empty()));
        others.download(LEG, file, CAP);
        assertThatThrownBy(() -> others.delete(List.of(LEG)))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("until they expire in a day: linux-x86_64", "'Actions', read and write");
    }

    private void refused(String words) {
        assertThatThrownBy(() -> artifacts.download(LEG, file, CAP))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("linux-x86_64 could not deliver: the artifact that it left at GitHub " + words)
                .hasMessageEndingWith(REMEDY);
    }
}
