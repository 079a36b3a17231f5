package io.github.traviscompile.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.ApiPatience;
import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiLimits;
import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiStart;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.travis.TravisCi;
import io.github.traviscompile.ci.travis.TravisEvent;
import io.github.traviscompile.ci.travis.TravisService;
import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.git.BranchRequest;
import io.github.traviscompile.git.GitRemote;
import io.github.traviscompile.git.RemoteBranches;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.git.SnapshotRequest;
import io.github.traviscompile.git.TemporaryBranch;
import io.github.traviscompile.github.GitHubAccess;
import io.github.traviscompile.github.GitHubRepository;
import io.github.traviscompile.github.Patience;
import io.github.traviscompile.github.PullRequestText;
import io.github.traviscompile.github.RepositoryName;
import io.github.traviscompile.github.TemporaryPullRequest;
import io.github.traviscompile.platform.CargoBuild;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.LegKey;
import io.github.traviscompile.platform.Output;
import io.github.traviscompile.platform.OutputKind;
import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.RunId;
import io.github.traviscompile.platform.Service;
import io.github.traviscompile.upload.Inbox;
import io.github.traviscompile.upload.LegAccount;
import io.github.traviscompile.upload.UploadEvent;
import io.github.traviscompile.upload.UploadEvent.Committed;
import io.github.traviscompile.upload.UploadLimits;
import io.github.traviscompile.upload.UploadServer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
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

/** The plugin's own parts see one cloud: what they push to GitHub is built by Travis CI. */
class CloudTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Instant START = Instant.parse("2026-11-22T15:00:00Z");

    @TempDir
    private Path directory;

    private final RunId run = RunId.random(new SecureRandom());
    private final BranchName branch = new BranchName(START, run);
    private final LegKey key = LegKey.random(new SecureRandom());
    private final List<UploadEvent> events = new CopyOnWriteArrayList<>();
    private Cloud cloud;
    private CiProject project;

    @BeforeEach
    void start() throws Exception {
        cloud = Cloud.start(directory.resolve("cloud"));
        TravisService service =
                new TravisService(cloud.travisApi(), cloud.travisToken(), ApiPatience.DEFAULT, InstantSource.system());
        project = new TravisCi(service, Cloud.SLUG, TravisEvent.PULL_REQUEST).requireReady(List.of());
        Path sources = directory.resolve("project");
        Files.createDirectories(sources.resolve("src"));
        Files.writeString(
                sources.resolve("Cargo.toml"),
                "[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2018\"\n");
        Files.writeString(sources.resolve("src/main.rs"), "fn main() {}\n");
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void compilesOnLinuxAndLaysDownWhatAMacMade() throws Exception {
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64), leg(Platform.OSX_X86_32));
        try (UploadServer server = endpoint(legs);
                TemporaryBranch pushed = push(server, legs)) {
            assertThat(cloud.builds().builds())
                    .as("a push is not what the file asks for")
                    .isEmpty();
            try (TemporaryPullRequest request = open();
                    CiWatch watch = watch(pushed, request, legs)) {
                cloud.builds().awaitIdle(LIMIT);
                for (CiJob job : watch.look()) {
                    String log = watch.log(job).orElseThrow().text();
                    assertThat(job.state()).as(log).isEqualTo("passed");
                    assertThat(log.strip()).endsWith("Done. Your build exited with 0.");
                }
            }
        }
        assertThat(cloud.builds().builds().get(0).job("osx-x86_32").secrets()).contains(key.revealHex());
        assertThat(magic("linux-x86_64")).isEqualTo(0x7f454c46);
        // MH_MAGIC, little-endian, and CPU_TYPE_I386 (mach-o/loader.h, mach/machine.h).
        assertThat(magic("osx-x86_32")).isEqualTo(0xcefaedfe);
        assertThat(committed("osx-x86_32")[4]).isEqualTo((byte) 7);
        assertThat(cloud.repository().branches()).containsExactly(StandInRepository.MAIN);
        assertThat(cloud.repository().pull(1).path("state").asText()).isEqualTo("closed");
    }

    @Test
    void buildsNothingWhenTravisHearsNothing() throws Exception {
        cloud.travisHearsNothing();
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64));
        try (UploadServer server = endpoint(legs);
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
        try (UploadServer server = endpoint(legs);
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
        try (UploadServer server = endpoint(legs);
                TemporaryBranch pushed = push(server, legs);
                TemporaryPullRequest request = open();
                CiWatch watch = watch(pushed, request, legs)) {
            cloud.builds().awaitIdle(LIMIT);
            CiJob job = watch.look().get(0);
            assertThat(job.state()).isEqualTo("errored");
            assertThat(watch.log(job).orElseThrow().text()).doesNotContain("exited with");
        }
    }

    private static Leg leg(Platform platform) {
        return new Leg(
                platform,
                Service.TRAVIS,
                Optional.empty(),
                new CargoBuild(List.of("greet"), List.of(), false, "release", false),
                new TreeMap<>(),
                List.of(Output.of(OutputKind.BIN, platform.naming().fileName(OutputKind.BIN, "greet"))));
    }

    private UploadServer endpoint(List<Leg> legs) throws Exception {
        return UploadServer.open(
                run,
                legs.stream()
                        .map(leg -> new LegAccount(leg.id(), key, leg.outputs()))
                        .toList(),
                Inbox.open(directory.resolve("inbox"), 1L << 30),
                UploadLimits.DEFAULT,
                events::add);
    }

    private TemporaryBranch push(UploadServer server, List<Leg> legs) throws Exception {
        SortedMap<String, byte[]> files = new TreeMap<>(LegFiles.of(run, Path.of(""), legs));
        files.putAll(project.files(
                branch.toString(),
                legs.stream().map(leg -> new KeyedLeg(leg, key, server.uri())).toList()));
        RemoteBranches branches = new RemoteBranches(new GitRemote(repository().git(), cloud.githubToken()));
        SnapshotRequest request = SnapshotRequest.of(directory.resolve("project"));
        try (Snapshot snapshot = Snapshot.take(request, directory.resolve("store"))) {
            return branches.prepare(
                            snapshot,
                            snapshot.wrap(files),
                            new BranchRequest(branch, StandInRepository.MAIN, "Compile greet", expiry()))
                    .push();
        }
    }

    private TemporaryPullRequest open() throws Exception {
        return repository().openPullRequest(branch.toString(), new PullRequestText(run, "greet 0.1.0", expiry()));
    }

    private GitHubRepository repository() throws CrossCompileException {
        return GitHubRepository.open(
                new GitHubAccess(cloud.githubApi(), cloud.githubWeb(), cloud.githubToken()),
                RepositoryName.parse(Cloud.SLUG),
                new Patience(InstantSource.system(), Instant.now().plus(Duration.ofHours(1)), message -> {}));
    }

    private CiWatch watch(TemporaryBranch pushed, TemporaryPullRequest request, List<Leg> legs) {
        return project.watch(
                new CiStart(branch.toString(), pushed.commit().hex(), OptionalLong.of(request.number())),
                legs,
                new CiLimits(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }

    private static Instant expiry() {
        return START.plus(Duration.ofHours(3));
    }

    private int magic(String leg) throws IOException {
        return new DataInputStream(new ByteArrayInputStream(committed(leg))).readInt();
    }

    private byte[] committed(String leg) throws IOException {
        Committed committed = events.stream()
                .filter(Committed.class::isInstance)
                .map(Committed.class::cast)
                .filter(event -> event.leg().equals(leg))
                .findFirst()
                .orElseThrow();
        return Files.readAllBytes(committed.file());
    }
}
