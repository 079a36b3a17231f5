package io.github.traviscompile.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.http.CountedPause;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.Fault;
import io.github.traviscompile.standin.GitHubStandIn;
import io.github.traviscompile.standin.StandInRepository;
import io.github.traviscompile.standin.StandInToken;
import io.github.traviscompile.standin.StandInToken.Right;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests temporary branches on a real git server over HTTP. */
class TemporaryBranchTest {

    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final Instant EXPIRES = NOW.plus(Duration.ofHours(3));
    private static final String CANARY = "ghp_canary0123456789";
    private static final StandInToken TOKEN = StandInToken.fineGrained(CANARY, Right.READ, Right.PUSH);

    @TempDir
    private Path temporary;

    private GitHubStandIn github;
    private StandInRepository repository;
    private Path project;

    @BeforeEach
    void start() throws Exception {
        github = GitHubStandIn.start(temporary.resolve("github"), () -> NOW);
        github.add(TOKEN);
        repository = github.add("alice/builds", true);
        repository.commit(
                StandInRepository.MAIN,
                "Begin",
                Map.of(
                        ".github/workflows/old.yml",
                        bytes("on: push"),
                        "src/same.rs",
                        bytes("same"),
                        "big",
                        new byte[1 << 16]));
        project = Files.createDirectories(temporary.resolve("project"));
        Files.writeString(project.resolve("main.rs"), "fn main() {}\n");
        Files.writeString(project.resolve("same.rs"), "same");
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void replacesTheWholeTreeOnTopOfTheBase() throws Exception {
        try (Snapshot snapshot = snapshot()) {
            String base = tip(StandInRepository.MAIN);
            PreparedBranch prepared = prepare(snapshot);
            assertThat(repository.branches()).containsExactly(StandInRepository.MAIN);
            TemporaryBranch branch = prepared.push();
            assertThat(branch.commit()).isEqualTo(prepared.commit());
            assertThat(tip(branch.name().toString())).isEqualTo(branch.commit().hex());
            RealGit realGit = realGit();
            assertThat(realGit.run("ls-tree", "-r", "--name-only", branch.name().ref())
                            .lines())
                    .containsExactly(".travis.yml", "source/main.rs", "source/same.rs");
            assertThat(realGit.run("rev-parse", branch.commit().hex() + "^").strip())
                    .isEqualTo(base);
            assertThat(realGit.run("log", "-1", "--format=%B", branch.commit().hex())
                            .strip())
                    .isEqualTo("Compile demo 1.0\n\nTcmp-Run: " + branch.name().run() + "\nTcmp-Expires: " + EXPIRES);
            realGit.run("fsck", "--strict", "--full");
            assertThat(branch.isUnchanged()).isTrue();
            branch.close();
            branch.close();
            assertThat(repository.branches()).containsExactly(StandInRepository.MAIN);
        }
    }

    @Test
    void isTheSameCommitForTheSameRequest() throws Exception {
        BranchRequest request = request();
        try (Snapshot snapshot = snapshot()) {
            TreeId tree = snapshot.wrap(new TreeMap<>());
            assertThat(branches().prepare(snapshot, tree, request).commit())
                    .isEqualTo(branches().prepare(snapshot, tree, request).commit());
        }
    }

    @Test
    void retriesAfterAPushToTheBase() throws Exception {
        try (Snapshot snapshot = snapshot()) {
            PreparedBranch prepared = prepare(snapshot);
            repository.commit(StandInRepository.MAIN, "Go on", Map.of("other", bytes("other")));
            repository.commit(StandInRepository.MAIN, "Go further", Map.of("big", bytes("small now")));
            try (TemporaryBranch branch = prepared.push()) {
                realGit().run("fsck", "--strict", "--full");
                assertThat(tip(branch.name().toString()))
                        .isEqualTo(prepared.commit().hex());
            }
        }
    }

    @Test
    void reusesItsStoreInTheNextRun() throws Exception {
        for (int run = 0; run < 3; run++) {
            repository.commit(StandInRepository.MAIN, "Go on", Map.of("file" + run, bytes("content " + run)));
            try (Snapshot snapshot = snapshot();
                    TemporaryBranch branch = prepare(snapshot).push()) {
                assertThat(branch.isUnchanged()).isTrue();
            }
        }
        realGit().run("fsck", "--strict", "--full");
    }

    @Test
    void createsOneBranchWhenTheAnswerIsLost() throws Exception {
        github.fault(Fault.of(Fault.Kind.LOSE_ANSWER, "POST", "git-receive-pack", 1));
        try (Snapshot snapshot = snapshot();
                TemporaryBranch branch = prepare(snapshot).push()) {
            assertThat(branch.isUnchanged()).isTrue();
            assertThat(posts()).isEqualTo(1);
        }
        assertThat(repository.branches()).containsExactly(StandInRepository.MAIN);
    }

    @Test
    void leavesNothingBehindWhenTheLastAnswerIsLostToo() throws Exception {
        github.fault(new Fault(
                (method, target) -> method.equals("GET") && target.contains("receive-pack") && posts() == 1,
                Fault.Kind.ANSWER,
                2,
                502,
                Map.of(),
                "<html>"));
        github.fault(Fault.of(Fault.Kind.LOSE_ANSWER, "POST", "git-receive-pack", 1));
        try (Snapshot snapshot = snapshot()) {
            PreparedBranch prepared = prepare(snapshot);
            assertThatThrownBy(prepared::push)
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining("502")
                    .hasMessageEndingWith("Run the build again.");
        }
        assertThat(repository.branches()).containsExactly(StandInRepository.MAIN);
    }

    @Test
    void retriesAfterTemporaryFailures() throws Exception {
        github.fault(Fault.of(Fault.Kind.ANSWER, "GET", "git-upload-pack", 1));
        github.fault(Fault.of(Fault.Kind.CLOSE, "POST", "git-receive-pack", 1));
        try (Snapshot snapshot = snapshot();
                TemporaryBranch branch = prepare(snapshot).push()) {
            assertThat(branch.isUnchanged()).isTrue();
            github.fault(Fault.of(Fault.Kind.CLOSE, "POST", "git-receive-pack", 1));
        }
        assertThat(repository.branches()).containsExactly(StandInRepository.MAIN);
    }

    @Test
    void reportsTheRuleThatForbidsTheBranch() throws Exception {
        repository.protectedRefs = ref -> ref.startsWith("refs/heads/travis-compile/");
        try (Snapshot snapshot = snapshot()) {
            PreparedBranch prepared = prepare(snapshot);
            assertThatThrownBy(prepared::push)
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContaining("GH013: Repository rule violations found")
                    .hasMessageContaining("creations being restricted")
                    .hasMessageContaining("refs/heads/travis-compile/**")
                    .hasMessageContaining("<repository> (-Dtravis-compile.repository).");
        }
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void reportsTheScopeThatWorkflowFilesNeed() throws Exception {
        try (Snapshot snapshot = snapshot()) {
            TreeId tree = snapshot.wrap(new TreeMap<>(Map.of(".github/workflows/legs.yml", bytes("on: push"))));
            PreparedBranch prepared = branches().prepare(snapshot, tree, request());
            assertThatThrownBy(prepared::push)
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContaining("a token with the scope 'workflow'")
                    .hasMessageContaining("<githubServerId> (-Dtravis-compile.githubServerId).");
        }
    }

    @Test
    void reportsErrorsOfTokenAndRepository() throws Exception {
        assertRefused(
                "a wrong token", remote("alice/builds", "ghp_wrong"), "127.0.0.1 does not accept the token. Renew");
        assertRefused("no such repository", remote("alice/nothing", CANARY), "there is no repository " + github.web());
        StandInToken reader = StandInToken.fineGrained("ghp_reader", Right.READ);
        github.add(reader);
        assertRefused("a token that reads", remote("alice/builds", "ghp_reader"), "'Contents: read and write'");
        github.add("alice/empty", true);
        assertRefused("an empty repository", remote("alice/empty", CANARY), "add one, such as a README");
        repository.movedTo = Optional.of("alice/elsewhere");
        assertRefused("a moved repository", remote("alice/builds", CANARY), "is elsewhere now");
        assertThat(github.requests()).noneMatch(request -> request.contains("elsewhere"));
    }

    private void assertRefused(String what, GitRemote remote, String part) throws Exception {
        try (Snapshot snapshot = snapshot()) {
            TreeId tree = snapshot.wrap(new TreeMap<>());
            assertThatThrownBy(() ->
                            branches(remote).prepare(snapshot, tree, request()).push())
                    .as(what)
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContaining(part)
                    .hasMessageEndingWith(".")
                    .hasMessageNotContainingAny(CANARY, "ghp_");
        }
    }

    @Test
    void doesNotDeleteAPushOfOthers() throws Exception {
        try (Snapshot snapshot = snapshot()) {
            TemporaryBranch branch = prepare(snapshot).push();
            repository.commit(branch.name().toString(), "Mine", Map.of("mine", bytes("mine")));
            assertThat(branch.isUnchanged()).isFalse();
            assertThatThrownBy(branch::close)
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContaining("another push changed it since")
                    .hasMessageContaining("--delete " + branch.name());
            assertThat(repository.branches()).contains(branch.name().toString());
        }
    }

    @Test
    void keepsTheBranchForInspection() throws Exception {
        try (Snapshot snapshot = snapshot()) {
            TemporaryBranch branch = prepare(snapshot).push();
            branch.keep();
            branch.close();
            assertThat(repository.branches()).contains(branch.name().toString());
        }
    }

    @Test
    void findsBranchesOfRunsAndNoLookalikes() throws Exception {
        assertThat(branches().list()).isEmpty();
        List<PreparedBranch> left = new java.util.ArrayList<>();
        try (Snapshot snapshot = snapshot()) {
            for (int i = 0; i < 3; i++) {
                left.add(prepare(snapshot));
                left.get(i).push().keep();
            }
        }
        BranchName other = request().name();
        repository.commit(other.toString(), "No trailers", Map.of("a", bytes("a")));
        repository.commit(
                request().name().toString(),
                "Of another run\n\nTcmp-Run: " + other.run() + "\nTcmp-Expires: " + NOW,
                Map.of());
        repository.commit("travis-compile/mine", "A\n\nTcmp-Run: " + other.run() + "\nTcmp-Expires: " + NOW, Map.of());
        repository.commit("feature", "A", Map.of("a", bytes("a")));
        List<FoundBranch> found = branches().list();
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(left.stream()
                        .map(branch -> new FoundBranch(branch.name(), branch.commit(), EXPIRES))
                        .toList());
        for (FoundBranch branch : found) {
            branches().delete(branch);
            branches().delete(branch);
        }
        assertThat(repository.branches()).hasSize(5).contains("feature", "travis-compile/mine", other.toString());
    }

    @Test
    void leavesNoTokenAndNoUrlInItsStore() throws Exception {
        try (Snapshot snapshot = snapshot();
                TemporaryBranch branch = prepare(snapshot).push()) {
            assertThat(branch.isUnchanged()).isTrue();
        }
        try (java.util.stream.Stream<Path> files = Files.walk(temporary.resolve("store"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(CANARY, "Basic ");
            }
        }
        assertThat(new GitRemote(github.web(), Secret.of(CANARY)).toString()).doesNotContain(CANARY);
    }

    @Test
    void allowsHttpOnlyForThisMachine() {
        Secret token = Secret.of(CANARY);
        for (String url : List.of(
                "http://github.com/a/b.git",
                "https://alice:secret@github.com/a/b.git",
                "ssh://git@github.com/a/b",
                "file:///tmp/b")) {
            assertThatThrownBy(() -> new GitRemote(URI.create(url), token))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private PreparedBranch prepare(Snapshot snapshot) throws Exception {
        TreeId tree = snapshot.wrap(new TreeMap<>(Map.of(".travis.yml", bytes("version: ~> 1.0\n"))));
        return branches().prepare(snapshot, tree, request());
    }

    private static BranchRequest request() {
        return new BranchRequest(
                new BranchName(NOW, RunId.random(new SecureRandom())),
                StandInRepository.MAIN,
                "Compile demo 1.0",
                EXPIRES);
    }

    private RemoteBranches branches() {
        return branches(remote("alice/builds", CANARY));
    }

    private static RemoteBranches branches(GitRemote remote) {
        return new RemoteBranches(remote, new CountedPause());
    }

    private GitRemote remote(String name, String token) {
        return new GitRemote(URI.create(github.web() + "/" + name + ".git"), Secret.of(token));
    }

    private Snapshot snapshot() throws Exception {
        return Snapshot.take(SnapshotRequest.of(project), temporary.resolve("store"));
    }

    private String tip(String branch) {
        return new CommitId(repository.tip(branch).orElseThrow()).hex();
    }

    private long posts() {
        return github.requests().stream()
                .filter(request -> request.startsWith("POST") && request.endsWith("git-receive-pack"))
                .count();
    }

    private RealGit realGit() {
        return new RealGit(repository.directory(), temporary);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
