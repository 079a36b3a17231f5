package io.github.traviscompile.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.ApiPatience;
import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiLimits;
import io.github.traviscompile.ci.CiStart;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.actions.ActionsCi;
import io.github.traviscompile.ci.actions.ActionsProject;
import io.github.traviscompile.ci.actions.ActionsSite;
import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.git.BranchRequest;
import io.github.traviscompile.git.GitRemote;
import io.github.traviscompile.git.RemoteBranches;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.git.SnapshotRequest;
import io.github.traviscompile.git.TemporaryBranch;
import io.github.traviscompile.platform.CargoBuild;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.LegKey;
import io.github.traviscompile.platform.Output;
import io.github.traviscompile.platform.OutputKind;
import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.RunId;
import io.github.traviscompile.platform.Service;
import io.github.traviscompile.upload.HelloKey;
import io.github.traviscompile.upload.Hellos;
import io.github.traviscompile.upload.Inbox;
import io.github.traviscompile.upload.LegAccount;
import io.github.traviscompile.upload.UploadEvent;
import io.github.traviscompile.upload.UploadEvent.Committed;
import io.github.traviscompile.upload.UploadLimits;
import io.github.traviscompile.upload.UploadServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a project to what GitHub Actions compiles of it: snapshot, push over HTTP, workflow, hello, upload. */
class CloudActionsTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final RunId run = RunId.random(new SecureRandom());
    private final BranchName branch = new BranchName(Instant.now(), run);
    private final HelloKey helloKey = HelloKey.random();
    private final List<UploadEvent> events = new CopyOnWriteArrayList<>();
    private Cloud cloud;
    private ActionsProject project;

    @BeforeEach
    void start() throws Exception {
        cloud = Cloud.start(directory.resolve("cloud"));
        ActionsCi ci = new ActionsCi(
                ActionsSite.of(cloud.githubApi(), cloud.githubWeb(), Optional.empty()),
                Cloud.SLUG,
                cloud.githubToken(),
                Optional.of(helloKey.publicKey()),
                ApiPatience.DEFAULT,
                InstantSource.system());
        project = ci.requireReady(List.of());
        Path source = Files.createDirectories(directory.resolve("project/src"));
        Files.writeString(source.resolve("main.rs"), "fn main() { println!(\"hello\"); }\n");
        Files.writeString(
                directory.resolve("project/Cargo.toml"),
                "[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2018\"\n");
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void compilesTwoLegsWithoutASecretInTheCommit() throws Exception {
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64), leg(Platform.OSX_AARCH_64));
        try (UploadServer server = endpoint(legs);
                TemporaryBranch pushed = push(server.uri(), legs, "Compile greet [skip travis] [skip appveyor]");
                CiWatch watch = watch(pushed, legs)) {
            cloud.github().actions().awaitIdle(LIMIT);
            assertThat(watch.look())
                    .as(() -> cloud.github().actions().runs().get(0).jobs().stream()
                            .map(ActionsJobStandIn::log)
                            .toList()
                            .toString())
                    .extracting(CiJob::stage)
                    .containsOnly(CiJob.Stage.PASSED);
        }
        assertThat(events.stream().filter(Committed.class::isInstance)).hasSize(2);
        assertThat(cloud.builds().builds())
                .as("the push has no file for Travis CI")
                .isEmpty();
    }

    @Test
    void leavesAloneWhatAsksForNoRun() throws Exception {
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64));
        try (UploadServer server = endpoint(legs);
                TemporaryBranch pushed = push(server.uri(), legs, "Compile greet [skip appveyor] [skip actions]");
                CiWatch watch = watch(pushed, legs)) {
            assertThat(watch.look()).isEmpty();
        }
        assertThat(cloud.github().actions().runs()).isEmpty();
    }

    private static Leg leg(Platform platform) {
        return new Leg(
                platform,
                Service.GITHUB_ACTIONS,
                Optional.empty(),
                new CargoBuild(List.of("greet"), List.of(), false, "release", false),
                new TreeMap<>(),
                List.of(Output.of(OutputKind.BIN, platform.naming().fileName(OutputKind.BIN, "greet"))));
    }

    private UploadServer endpoint(List<Leg> legs) throws Exception {
        return UploadServer.open(
                run,
                legs.stream()
                        .map(leg -> LegAccount.awaitingHello(leg.id(), leg.outputs()))
                        .toList(),
                Inbox.open(directory.resolve("inbox"), 1L << 30),
                0,
                UploadLimits.DEFAULT,
                events::add,
                new Hellos(helloKey, project::objection));
    }

    private TemporaryBranch push(URI endpoint, List<Leg> legs, String title) throws Exception {
        LegKey unused = LegKey.random(new SecureRandom());
        SortedMap<String, byte[]> files = new TreeMap<>(LegFiles.of(run, Path.of(""), legs));
        files.putAll(project.files(
                branch.toString(),
                legs.stream().map(leg -> new KeyedLeg(leg, unused, endpoint)).toList()));
        RemoteBranches branches = new RemoteBranches(
                new GitRemote(URI.create(cloud.githubWeb() + "/" + Cloud.SLUG + ".git"), cloud.githubToken()));
        SnapshotRequest request = SnapshotRequest.of(directory.resolve("project"));
        try (Snapshot snapshot = Snapshot.take(request, directory.resolve("store"))) {
            BranchRequest asked = new BranchRequest(
                    branch, StandInRepository.MAIN, title, Instant.now().plus(Duration.ofHours(3)));
            return branches.prepare(snapshot, snapshot.wrap(files), asked).push();
        }
    }

    private CiWatch watch(TemporaryBranch pushed, List<Leg> legs) {
        return project.watch(
                new CiStart(branch.toString(), pushed.commit().hex(), OptionalLong.empty()),
                legs,
                new CiLimits(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }
}
