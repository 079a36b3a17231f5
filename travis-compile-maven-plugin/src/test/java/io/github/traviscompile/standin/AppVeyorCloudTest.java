package io.github.traviscompile.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.ApiPatience;
import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiJob.Stage;
import io.github.traviscompile.ci.CiLimits;
import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiStart;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.appveyor.AppVeyorService;
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
import io.github.traviscompile.upload.Inbox;
import io.github.traviscompile.upload.LegAccount;
import io.github.traviscompile.upload.UploadEvent;
import io.github.traviscompile.upload.UploadEvent.Committed;
import io.github.traviscompile.upload.UploadLimits;
import io.github.traviscompile.upload.UploadServer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin's own parts see one cloud: what they push to GitHub is built by AppVeyor. */
class AppVeyorCloudTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Instant START = Instant.parse("2026-11-22T15:00:00Z");

    @TempDir
    private Path directory;

    private final RunId run = RunId.random(new SecureRandom());
    private final BranchName branch = new BranchName(START, run);
    private final List<UploadEvent> events = new CopyOnWriteArrayList<>();
    private final Map<Leg, LegKey> keys = new HashMap<>();
    private Cloud cloud;
    private CiProject ready;

    @BeforeEach
    void start() throws Exception {
        cloud = Cloud.start(directory.resolve("cloud"));
        ready = new AppVeyorService(
                        cloud.appveyorApi(),
                        Cloud.SLUG,
                        Optional.empty(),
                        cloud.appveyorToken(),
                        ApiPatience.DEFAULT,
                        InstantSource.system())
                .requireReady(List.of());
        Path project = directory.resolve("project");
        Files.createDirectories(project.resolve("src"));
        Files.writeString(
                project.resolve("Cargo.toml"),
                "[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2018\"\n");
        Files.writeString(project.resolve("src/main.rs"), "fn main() {}\n");
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void compilesOnLinuxAndLaysDownWhatAMacMade() throws Exception {
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64), leg(Platform.OSX_AARCH_64));
        try (UploadServer server = endpoint(legs);
                TemporaryBranch pushed = push(server, legs);
                CiWatch watch = watch(pushed, legs)) {
            cloud.appveyorProject().awaitIdle(LIMIT);
            for (CiJob job : watch.look()) {
                String log = watch.log(job).orElseThrow().text();
                assertThat(job.stage()).as(log).isEqualTo(Stage.PASSED);
            }
        }
        AppVeyorBuildStandIn build = cloud.appveyorProject().builds().get(0);
        legs.forEach(leg -> assertThat(build.job(leg.id()).secrets())
                .as("each job has its own key")
                .contains(key(leg).revealHex()));
        assertThat(magic("linux-x86_64")).isEqualTo(0x7f454c46);
        // MH_MAGIC_64, little-endian (mach-o/loader.h).
        assertThat(magic("osx-aarch_64")).isEqualTo(0xcffaedfe);
        assertThat(cloud.builds().builds()).as("Travis CI finds nothing for it").isEmpty();
        assertThat(cloud.repository().branches()).containsExactly(StandInRepository.MAIN);
    }

    @Test
    void buildsNothingWhenAppVeyorHearsNothing() throws Exception {
        cloud.appveyorHearsNothing();
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64));
        try (UploadServer server = endpoint(legs);
                TemporaryBranch pushed = push(server, legs);
                CiWatch watch = watch(pushed, legs)) {
            assertThat(watch.look()).isEmpty();
        }
    }

    @Test
    void leavesJobsInTheQueueWhenThereAreNoMachines() throws Exception {
        cloud.jobsGetNoMachines();
        List<Leg> legs = List.of(leg(Platform.LINUX_X86_64));
        try (UploadServer server = endpoint(legs);
                TemporaryBranch pushed = push(server, legs)) {
            try (CiWatch watch = watch(pushed, legs)) {
                assertThat(watch.look()).extracting(CiJob::state).containsExactly("queued");
            }
            assertThat(cloud.appveyorProject().builds().get(0).jobs().get(0).state())
                    .isEqualTo("cancelled");
        }
    }

    private static Leg leg(Platform platform) {
        return new Leg(
                platform,
                Service.APPVEYOR,
                Optional.empty(),
                new CargoBuild(List.of("greet"), List.of(), false, "release", false),
                new TreeMap<>(),
                List.of(Output.of(OutputKind.BIN, platform.naming().fileName(OutputKind.BIN, "greet"))));
    }

    private LegKey key(Leg leg) {
        return keys.computeIfAbsent(leg, any -> LegKey.random(new SecureRandom()));
    }

    private UploadServer endpoint(List<Leg> legs) throws Exception {
        return UploadServer.open(
                run,
                legs.stream()
                        .map(leg -> new LegAccount(leg.id(), key(leg), leg.outputs()))
                        .toList(),
                Inbox.open(directory.resolve("inbox"), 1L << 30),
                UploadLimits.DEFAULT,
                events::add);
    }

    private TemporaryBranch push(UploadServer server, List<Leg> legs) throws Exception {
        List<KeyedLeg> keyed = legs.stream()
                .map(leg -> new KeyedLeg(leg, key(leg), server.uri()))
                .toList();
        SortedMap<String, byte[]> files = new TreeMap<>(LegFiles.of(run, Path.of(""), legs));
        files.putAll(ready.files(branch.toString(), keyed));
        GitRemote remote =
                new GitRemote(URI.create(cloud.githubWeb() + "/" + Cloud.SLUG + ".git"), cloud.githubToken());
        SnapshotRequest request = SnapshotRequest.of(directory.resolve("project"));
        try (Snapshot snapshot = Snapshot.take(request, directory.resolve("store"))) {
            return new RemoteBranches(remote)
                    .prepare(
                            snapshot,
                            snapshot.wrap(files),
                            new BranchRequest(
                                    branch, StandInRepository.MAIN, "Compile greet", START.plus(Duration.ofHours(3))))
                    .push();
        }
    }

    private CiWatch watch(TemporaryBranch pushed, List<Leg> legs) {
        return ready.watch(
                new CiStart(branch.toString(), pushed.commit().hex(), OptionalLong.empty()),
                legs,
                new CiLimits(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }

    private int magic(String leg) throws IOException {
        Committed committed = events.stream()
                .filter(Committed.class::isInstance)
                .map(Committed.class::cast)
                .filter(event -> event.leg().equals(leg))
                .findFirst()
                .orElseThrow();
        return new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(committed.file()))).readInt();
    }
}
