package io.github.traviscompile.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.Fault;
import io.github.traviscompile.standin.GitHubStandIn;
import io.github.traviscompile.standin.StandInRepository;
import io.github.traviscompile.standin.StandInToken;
import io.github.traviscompile.standin.StandInToken.Right;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin's side of the API against a stand-in that GitHub's own description judges. */
class GitHubRepositoryTest {

    private static final Instant THEIRS = Instant.parse("2026-11-22T15:00:00Z");
    private static final Instant OURS = Instant.parse("2026-11-23T03:00:00Z");
    private static final String CANARY = "github_pat_canary0123";
    private static final String BRANCH = "travis-compile/20261122T150000Z-0123456789abcdef0123456789abcdef";
    private static final PullRequestText TEXT = new PullRequestText(
            new RunId("0123456789abcdef0123456789abcdef"), "rand 1.0", THEIRS.plus(Duration.ofHours(3)));

    @TempDir
    private Path temporary;

    private final List<String> waits = new ArrayList<>();
    private Instant now = OURS;
    private GitHubStandIn github;
    private StandInRepository stored;

    @BeforeEach
    void start() throws Exception {
        github = GitHubStandIn.start(temporary, () -> THEIRS.plus(Duration.between(OURS, now)));
        github.add(StandInToken.fineGrained(CANARY, Right.READ, Right.PUSH, Right.PULL_REQUESTS));
        stored = github.add("alice/builds", true).withReadme();
        stored.commit(BRANCH, "Legs", Map.of());
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void readsWhatTheRunNeedsWithOneRequest() throws Exception {
        GitHubRepository repository = open();
        assertThat(repository.defaultBranch()).isEqualTo("main");
        assertThat(repository.isPublic()).isFalse();
        assertThat(repository.git()).isEqualTo(URI.create(github.web() + "/alice/builds.git"));
        repository.requireWriting();
        assertThat(repository.warnings()).isEmpty();
        assertThat(github.requests()).containsExactly("GET /api/v3/repos/alice/builds");
    }

    @Test
    void tellsTheTimeOfGitHub() throws Exception {
        GitHubRepository repository = open();
        now = now.plusSeconds(90);
        assertThat(repository.now()).isEqualTo(THEIRS.plusSeconds(90));
    }

    @Test
    void opensADraftAndClosesIt() throws Exception {
        TemporaryPullRequest request = open().openPullRequest(BRANCH, TEXT);
        assertThat(request.page()).isEqualTo(URI.create(github.web() + "/alice/builds/pull/1"));
        assertThat(stored.pull(1).path("draft").asBoolean()).isTrue();
        assertThat(stored.pull(1).path("title").asText()).isEqualTo("travis-compile: do not merge");
        assertThat(stored.pull(1).path("body").asText())
                .contains("`rand 1.0`", "Do not merge", "2026-11-22T18:00:00Z", "Tcmp-Run: 0123456789abcdef");
        assertThat(stored.pull(1).path("head").path("ref").asText()).isEqualTo(BRANCH);
        assertThat(request.isOpen()).isTrue();
        request.close();
        request.close();
        assertThat(state(1)).isEqualTo("closed");
        assertThat(request.isOpen()).isFalse();
    }

    @Test
    void opensNoDraftWhereThePlanHasNone() throws Exception {
        stored.drafts = false;
        try (TemporaryPullRequest request = open().openPullRequest(BRANCH, TEXT)) {
            assertThat(stored.pull(request.number()).path("draft").asBoolean()).isFalse();
        }
        assertThat(stored.pulls()).isEqualTo(1);
    }

    @Test
    void neverOpensTwo() throws Exception {
        for (Fault.Kind kind : List.of(Fault.Kind.LOSE_ANSWER, Fault.Kind.ANSWER_AFTER)) {
            github.fault(Fault.of(kind, "POST", "/pulls", 1));
            TemporaryPullRequest request = open().openPullRequest(BRANCH, TEXT);
            assertThat(open().findPullRequest(BRANCH).orElseThrow().number()).isEqualTo(request.number());
            assertThat(open().openPullRequest(BRANCH, TEXT).number()).isEqualTo(request.number());
            request.close();
        }
        assertThat(stored.pulls()).isEqualTo(2);
        assertThat(waits).isEmpty();
    }

    @Test
    void triesAgainAfterPassingFailures() throws Exception {
        github.fault(Fault.of(Fault.Kind.ANSWER, "GET", "/repos", 2));
        GitHubRepository repository = open();
        github.fault(Fault.of(Fault.Kind.ANSWER, "POST", "/pulls", 1));
        TemporaryPullRequest request = repository.openPullRequest(BRANCH, TEXT);
        github.fault(Fault.of(Fault.Kind.CLOSE, "PATCH", "/pulls", 1));
        request.close();
        assertThat(state(1)).isEqualTo("closed");
        assertThat(stored.pulls()).isEqualTo(1);
    }

    @Test
    void givesUpInWordsWhenFailuresDoNotPass() throws Exception {
        GitHubRepository repository = open();
        github.fault(Fault.of(Fault.Kind.ANSWER, "POST", "/pulls", Fault.FOR_EVER));
        assertThatThrownBy(() -> repository.openPullRequest(BRANCH, TEXT))
                .isInstanceOf(WorkFailedException.class)
                .hasMessage("The pull request of " + BRANCH + " in alice/builds cannot be opened: "
                        + "GitHub answered with status 502 at " + github.api() + ". Run the build again.");
        github.fault(Fault.of(Fault.Kind.CLOSE, "GET", "/repos", Fault.FOR_EVER));
        assertThatThrownBy(this::open)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("GitHub did not answer (", "at " + github.api());
        assertThat(stored.pulls()).isZero();
    }

    @Test
    void saysWhatIsWrongWithTokenAndRepository() throws Exception {
        assertRefused("alice/builds", "ghp_wrong", "GitHub does not accept the token (401: Bad credentials). Renew");
        assertRefused("alice/nothing", CANARY, "there is no repository alice/nothing");
        stored.movedTo = Optional.of("alice/elsewhere");
        assertRefused("alice/builds", CANARY, "alice/builds is elsewhere now");
        assertThat(github.requests()).noneMatch(request -> request.contains("/repositories/"));
    }

    @Test
    void refusesWhatIsBoundToFailLater() throws Exception {
        github.add(StandInToken.fineGrained("ghp_reader", Right.READ));
        assertThatThrownBy(() -> open("alice/builds", "ghp_reader").requireWriting())
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("may read alice/builds but not push to it");
        stored.archived = true;
        assertThatThrownBy(() -> open().requireWriting())
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("is archived");
    }

    @Test
    void namesTheScopesThatAClassicTokenLacksOrNeedsNot() throws Exception {
        github.add("alice/open", false).withReadme();
        assertThatThrownBy(
                        () -> classic("alice/builds", "public_repo, workflow").requireWriting())
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("lacks the scope 'repo'")
                .hasMessageContaining(github.web() + "/settings/tokens");
        classic("alice/open", "public_repo").requireWriting();
        assertThat(classic("alice/builds", "repo, delete_repo, admin:org").warnings())
                .singleElement()
                .asString()
                .contains("admin:org, delete_repo");
    }

    @Test
    void saysWhenTheTokenMayOpenNoPullRequest() throws Exception {
        github.add(StandInToken.fineGrained("ghp_pusher", Right.READ, Right.PUSH));
        GitHubRepository repository = open("alice/builds", "ghp_pusher");
        assertThatThrownBy(() -> repository.openPullRequest(BRANCH, TEXT))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("Resource not accessible by personal access token")
                .hasMessageContaining("'Pull requests: read and write'");
    }

    @Test
    void saysWhatIsWrongWithTheBranch() throws Exception {
        GitHubRepository repository = open();
        assertThatThrownBy(() -> repository.openPullRequest("travis-compile/absent", TEXT))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("422: Validation Failed / head invalid");
    }

    @Test
    void noticesThatSomeoneMergedIt() throws Exception {
        TemporaryPullRequest request = open().openPullRequest(BRANCH, TEXT);
        github.merge(stored, 1, "mallory");
        assertThatThrownBy(request::close)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("was merged by mallory")
                .hasMessageContaining("Revert it");
    }

    @Test
    void leavesAPullRequestThatIsToBeInspected() throws Exception {
        TemporaryPullRequest request = open().openPullRequest(BRANCH, TEXT);
        request.keep();
        request.close();
        assertThat(state(1)).isEqualTo("open");
    }

    @Test
    void pollsWithoutUsingUpTheRateLimit() throws Exception {
        TemporaryPullRequest request = open().openPullRequest(BRANCH, TEXT);
        assertThat(request.isOpen()).isTrue();
        int left = github.remaining.get();
        for (int i = 0; i < 20; i++) {
            assertThat(request.isOpen()).isTrue();
        }
        assertThat(github.remaining).hasValue(left);
    }

    @Test
    void waitsForTheRateLimitAndSaysSo() throws Exception {
        GitHubRepository repository = open();
        github.fault(limit("Retry-After", "7"));
        assertThat(repository.findPullRequest(BRANCH)).isEmpty();
        github.fault(limit("Retry-After", "Sun, 22 Nov 2026 15:01:07 GMT"));
        assertThat(repository.findPullRequest(BRANCH)).isEmpty();
        github.fault(limit("X-RateLimit-Remaining", "0"));
        assertThat(repository.findPullRequest(BRANCH)).isEmpty();
        assertThat(waits)
                .containsExactly(
                        "Waiting 7 s: GitHub wants fewer requests in so short a time (status 429).",
                        "Waiting 60 s: GitHub wants fewer requests in so short a time (status 429).",
                        "Waiting 60 s: GitHub gives this token no more answers in this hour (status 403).");
    }

    @Test
    void doesNotWaitLongerThanTheRunLasts() throws Exception {
        GitHubRepository repository = open();
        for (String after : List.of("1000000000", "7201")) {
            github.fault(limit("Retry-After", after));
            assertThatThrownBy(() -> repository.findPullRequest(BRANCH))
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining("fewer requests in so short a time")
                    .hasMessageContaining(after + " s more are longer than this run waits");
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void endsWhenLimitsDoNotEnd() throws Exception {
        GitHubRepository repository = open();
        for (int i = 0; i < 9; i++) {
            github.fault(limit("Retry-After", "1"));
        }
        assertThatThrownBy(() -> repository.findPullRequest(BRANCH))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("GitHub wants fewer requests in so short a time (status 429), and 1 s more");
        assertThat(waits).hasSizeBetween(1, 5);
    }

    @Test
    void sendsTheTokenToNoOtherHost() throws Exception {
        GitHubRepository repository = open();
        try (java.net.ServerSocket tripwire =
                new java.net.ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress())) {
            String elsewhere = "http://127.0.0.1:" + tripwire.getLocalPort() + "/";
            github.fault(
                    Fault.answer("GET", "/pulls", 1, 200, Map.of("Link", "<" + elsewhere + ">; rel=\"next\""), "[]"));
            github.fault(Fault.answer("GET", "/pulls", 1, 307, Map.of("Location", elsewhere), ""));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> repository.findPullRequest(BRANCH))
                        .isInstanceOf(ActionNeededException.class)
                        .hasMessageContaining("the token is not sent after a redirect");
            }
            tripwire.setSoTimeout(100);
            assertThatThrownBy(tripwire::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void waitsForNoAnswerWithoutEnd() throws Exception {
        try (java.net.ServerSocket silent =
                new java.net.ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress())) {
            URI api = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            GitHubAccess access = new GitHubAccess(api, api, Secret.of(CANARY));
            assertThatThrownBy(() -> GitHubRepository.open(
                            new GitHubApi(access, settings(Duration.ofMillis(200))),
                            new RepositoryName("alice", "builds"),
                            waits::add))
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining("GitHub did not answer within 0 s at " + api);
        }
    }

    @Test
    void knowsWhetherAnOriginIsPublic() throws Exception {
        github.add("alice/rand", false);
        GitHubRepository repository = open();
        assertThat(repository.isPublic(new RepositoryName("alice", "rand"))).isTrue();
        assertThat(repository.isPublic(new RepositoryName("alice", "builds"))).isFalse();
        assertThat(repository.isPublic(new RepositoryName("alice", "secret"))).isFalse();
    }

    @Test
    void findsAPullRequestAmongMany() throws Exception {
        GitHubRepository repository = open();
        for (int i = 0; i < 120; i++) {
            stored.commit("feature" + i, "Work", Map.of("f", ("" + i).getBytes(StandardCharsets.UTF_8)));
            repository.openPullRequest("feature" + i, TEXT);
        }
        assertThat(repository.findPullRequest("feature3").orElseThrow().number())
                .isEqualTo(4);
        assertThat(repository.findPullRequest("feature")).isEmpty();
    }

    private static Fault limit(String header, String value) {
        int status = header.equals("Retry-After") ? 429 : 403;
        return Fault.answer(
                "GET",
                "/pulls",
                1,
                status,
                Map.of(
                        header,
                        value,
                        "X-RateLimit-Reset",
                        String.valueOf(THEIRS.plusSeconds(127).getEpochSecond())),
                "{\"message\": \"You have exceeded a limit.\"}");
    }

    private void assertRefused(String name, String token, String words) {
        assertThatThrownBy(() -> open(name, token))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining(words)
                .hasMessageEndingWith(".")
                .hasMessageNotContainingAny(CANARY, "ghp_");
    }

    private GitHubRepository classic(String name, String scopes) throws CrossCompileException {
        github.add(new StandInToken("ghp_classic", Optional.of(scopes), Set.of(Right.values())));
        return open(name, "ghp_classic");
    }

    private GitHubRepository open() throws CrossCompileException {
        return open("alice/builds", CANARY);
    }

    private GitHubRepository open(String name, String token) throws CrossCompileException {
        GitHubAccess access = new GitHubAccess(github.api(), github.web(), Secret.of(token));
        return GitHubRepository.open(
                new GitHubApi(access, settings(Duration.ofSeconds(30))),
                RepositoryName.parse(name, URI.create("https://github.com")),
                waits::add);
    }

    private HttpSettings settings(Duration request) {
        HttpTimeouts timeouts =
                new HttpTimeouts(request, Duration.ofHours(2), Duration.ofMillis(500), Duration.ofSeconds(5));
        return HttpSettings.of(timeouts, () -> now, duration -> now = now.plus(duration));
    }

    private String state(int number) {
        return stored.pull(number).path("state").asText();
    }
}
