package io.github.traviscompile.standin;

import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.git.BranchRequest;
import io.github.traviscompile.git.GitRemote;
import io.github.traviscompile.git.RemoteBranches;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.git.SnapshotRequest;
import io.github.traviscompile.git.TemporaryBranch;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.http.Pause;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.upload.Handshake;
import io.github.traviscompile.upload.LegAccount;
import io.github.traviscompile.upload.UploadEvent;
import io.github.traviscompile.upload.UploadEvent.Committed;
import io.github.traviscompile.upload.UploadLimits;
import io.github.traviscompile.upload.UploadServer;
import io.github.traviscompile.upload.UploadStorage;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
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

/** A small crate, a cloud to push it to, and what its legs deliver to. Whoever made it closes it. */
final class CloudScene implements AutoCloseable {

    /** For what builds for real. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    /** Of services that are next door. */
    static final HttpTimeouts TIMEOUTS = new HttpTimeouts(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(10), Duration.ofMillis(100));

    static final HttpSettings HTTP = HttpSettings.of(TIMEOUTS, InstantSource.system(), Pause.REAL);

    private static final Instant START = Instant.parse("2026-11-22T15:00:00Z");

    final Cloud cloud;
    final RunId run = RunId.random(new SecureRandom());
    final BranchName branch = new BranchName(START, run);

    private final Path directory;
    private final Map<Leg, LegKey> keys = new HashMap<>();
    private final List<UploadEvent> events = new CopyOnWriteArrayList<>();

    CloudScene(Path directory) throws Exception {
        this.directory = directory;
        cloud = Cloud.start(directory.resolve("cloud"));
        Path sources = Files.createDirectories(directory.resolve("project/src"));
        Files.writeString(sources.resolve("main.rs"), "fn main() {}\n");
        Files.writeString(
                directory.resolve("project/Cargo.toml"),
                "[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2018\"\n");
    }

    LegKey key(Leg leg) {
        return keys.computeIfAbsent(leg, any -> LegKey.random(new SecureRandom()));
    }

    /** For legs that are given their keys. */
    UploadServer endpoint(List<Leg> legs) throws Exception {
        return UploadServer.open(
                run,
                legs.stream()
                        .map(leg -> new LegAccount(leg.id(), key(leg), leg.outputs()))
                        .toList(),
                inbox(),
                UploadLimits.DEFAULT,
                events::add);
    }

    /** For legs that make their keys themselves. */
    UploadServer endpoint(List<Leg> legs, Handshake hellos) throws Exception {
        return UploadServer.open(
                run,
                legs.stream()
                        .map(leg -> LegAccount.awaitingHello(leg.id(), leg.outputs()))
                        .toList(),
                inbox(),
                0,
                UploadLimits.DEFAULT,
                events::add,
                hellos);
    }

    private UploadStorage inbox() throws Exception {
        return UploadStorage.open(directory.resolve("inbox"), 1L << 30);
    }

    /** Whoever asked for it deletes it, by closing it. */
    TemporaryBranch push(CiProject project, UploadServer server, List<Leg> legs, String title) throws Exception {
        SortedMap<String, byte[]> files = new TreeMap<>(LegFiles.of(run, Path.of(""), legs));
        List<KeyedLeg> keyed = legs.stream()
                .map(leg -> new KeyedLeg(leg, Optional.of(key(leg)), Optional.of(server.uri())))
                .toList();
        files.putAll(project.files(branch.toString(), keyed));
        GitRemote remote =
                new GitRemote(URI.create(cloud.githubWeb() + "/" + Cloud.SLUG + ".git"), cloud.githubToken());
        SnapshotRequest request = SnapshotRequest.of(directory.resolve("project"));
        try (Snapshot snapshot = Snapshot.take(request, directory.resolve("store"))) {
            BranchRequest asked = new BranchRequest(branch, StandInRepository.MAIN, title, expiry());
            return new RemoteBranches(remote, Pause.REAL)
                    .prepare(snapshot, snapshot.wrap(files), asked)
                    .push();
        }
    }

    CiWatch watch(CiProject project, TemporaryBranch pushed, OptionalLong pullRequest, List<Leg> legs) {
        return project.watch(
                new PushedCommit(branch.toString(), pushed.commit().hex(), pullRequest),
                legs,
                new CiTimeouts(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }

    Instant expiry() {
        return START.plus(Duration.ofHours(3));
    }

    /** What {@code leg} delivered. */
    ByteBuffer delivered(String leg) throws IOException {
        Committed committed = events.stream()
                .filter(Committed.class::isInstance)
                .map(Committed.class::cast)
                .filter(event -> event.leg().equals(leg))
                .findFirst()
                .orElseThrow();
        return ByteBuffer.wrap(Files.readAllBytes(committed.file()));
    }

    @Override
    public void close() {
        cloud.close();
    }
}
