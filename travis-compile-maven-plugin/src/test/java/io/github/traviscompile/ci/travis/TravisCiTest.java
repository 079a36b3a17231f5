package io.github.traviscompile.ci.travis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.http.CountedPause;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.TravisRepositoryStandIn;
import io.github.traviscompile.standin.TravisStandIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a build would start, and the sentence for each reason why not. */
class TravisCiTest {

    private static final HttpTimeouts PATIENCE = new HttpTimeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMillis(1), Duration.ofMillis(20));

    @TempDir
    Path directory;

    private final TickingClock clock = new TickingClock(Duration.ofSeconds(1));
    private final CountedPause pause = new CountedPause();
    private TravisStandIn travis;
    private TravisRepositoryStandIn repository;

    @BeforeEach
    void start() throws Exception {
        travis = new TravisStandIn(directory);
        repository = travis.repository(Legs.SLUG);
    }

    @AfterEach
    void stop() {
        travis.close();
    }

    @ParameterizedTest
    @EnumSource
    void isReadyWhereNothingIsInTheWay(TravisEvent event) throws Exception {
        TravisRepository ready = ci(event).requireReady(List.of()).repository();

        assertThat(ready.name()).isEqualTo(Legs.REPOSITORY);
        assertThat(ready.owner()).isEqualTo("alice");
        assertThat(ready.isPrivate()).isTrue();
        assertThat(travis.seen())
                .as("what was asked changes nothing, and says who asks")
                .allMatch(seen -> seen.method().equals("GET"))
                .allMatch(seen -> seen.userAgent().startsWith("travis-compile-maven-plugin"));
    }

    @Test
    void namesTheTokenThatIsRefusedButDoesNotShowIt() {
        TravisCi service = ci(Legs.REPOSITORY, TravisEvent.PUSH, "not-the-token-1234567");
        assertThatThrownBy(() -> service.requireReady(List.of()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("does not accept the token")
                .hasMessageContaining("<travisServerId> (-Dtravis-compile.travisServerId)")
                .hasMessageContaining("TRAVIS_TOKEN")
                .hasMessageContaining(travis.uri() + "/profile")
                .hasMessageNotContaining("1234567");
    }

    @Test
    void namesARepositoryThatIsNotKnown() {
        assertRefused("alice/other", "does not know the repository 'alice/other'", "Give Travis CI access");
        repository.invisible();
        assertRefused(Legs.SLUG, "does not know the repository '" + Legs.SLUG + "'", "/alice/builds");
    }

    @Test
    void namesARepositoryThatIsSwitchedOff() {
        repository.inactive();
        assertRefused(Legs.SLUG, "is switched off", "/alice/builds/settings");
    }

    @ParameterizedTest
    @CsvSource({"build_pushes, PUSH, pull requests", "build_pull_requests, PULL_REQUEST, pushed branches"})
    void namesTheEventThatIsSwitchedOff(String setting, TravisEvent event) throws Exception {
        repository.setting(setting, false);
        assertThatThrownBy(() -> ci(event).requireReady(List.of()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'" + event.settingTitle() + "' switched off")
                .hasMessageContaining("<pullRequest> (-Dtravis-compile.pullRequest) to " + (event == TravisEvent.PUSH));
        TravisEvent other = event == TravisEvent.PUSH ? TravisEvent.PULL_REQUEST : TravisEvent.PUSH;
        assertThat(ci(other).requireReady(List.of()).repository().name()).isEqualTo(Legs.REPOSITORY);
    }

    @Test
    void namesAnAccountThatMayNotWrite() {
        repository.readOnly();
        assertRefused(Legs.SLUG, "does not show its settings", "write access");
    }

    @Test
    void namesAnAccountWithoutCredits() throws Exception {
        repository.allowance(Map.of("subscription_type", 2, "public_repos", true, "private_repos", false));
        assertRefused(Legs.SLUG, "'alice' has no credits left", "private repositories");
        repository.publicOnGitHub();
        assertThat(ci(TravisEvent.PUSH).requireReady(List.of()).repository().isPrivate())
                .isFalse();

        repository.allowance(Map.of("subscription_type", 2, "public_repos", false, "private_repos", true));
        assertRefused(Legs.SLUG, "no credits left", "public repositories", "<ci> (-Dtravis-compile.ci)");
        repository.allowance(Map.of("subscription_type", 3));
        assertRefused(Legs.SLUG, "'alice' has no plan");
    }

    /** What installations answer, in which private repositories read as without allowance. */
    @Test
    void doesNotCountCreditsWhereThereAreNone() throws Exception {
        repository.allowance(Map.of("subscription_type", 1, "public_repos", true, "private_repos", false));
        assertThat(ci(TravisEvent.PUSH).requireReady(List.of()).repository().name())
                .isEqualTo(Legs.REPOSITORY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 4096})
    void encryptsToTheRepositorysKey(int bits) throws Exception {
        TravisRepositoryStandIn other = travis.repository("alice/key" + bits, TravisRepositoryStandIn.newKeys(bits));
        other.mislabelKey();
        TravisKey key = ci(new RepositoryName("alice", "key" + bits), TravisEvent.PUSH, travis.token())
                .requireReady(List.of())
                .key();
        assertThat(key.capacity()).isEqualTo(bits / 8 - 11);
    }

    @ParameterizedTest
    @CsvSource({"500, ''", "502, <html>bad gateway</html>", "429, ''", "200, <html>sign in</html>", "200, '{\"id\": 1'"
    })
    void asksAgainWhenTheServiceStumbles(int status, String body) throws Exception {
        travis.fail("/user", 2, status, body, "");
        assertThat(ci(TravisEvent.PUSH).requireReady(List.of()).repository().name())
                .isEqualTo(Legs.REPOSITORY);
        assertThat(travis.seen().stream().filter(seen -> seen.path().equals("/user")))
                .hasSize(3);
    }

    @Test
    void givesUpWhenTheServiceStaysAway() throws Exception {
        travis.failForEver("/repo/", 503, "<html>down</html>");
        TravisCi service = new TravisCi(
                travis.uri(),
                Secret.of(travis.token()),
                Legs.REPOSITORY,
                TravisEvent.PUSH,
                HttpSettings.of(PATIENCE, new TickingClock(Duration.ofSeconds(20)), pause));
        assertThatThrownBy(() -> service.requireReady(List.of()))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("Could not look up the repository at " + travis.uri())
                .hasMessageContaining("within 60 s")
                .hasMessageContaining("status 503")
                .hasMessageEndingWith(".");
    }

    @Test
    void doesNotWaitLongerThanItsPatienceForARateLimit() {
        travis.fail("/user", 1, 429, "", "1000000");
        assertThatThrownBy(() -> ci(TravisEvent.PUSH).requireReady(List.of()))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("status 429");
    }

    @Test
    void waitsAsLongAsARateLimitAsks() throws Exception {
        travis.fail("/user", 1, 429, "", "1");
        assertThat(ci(TravisEvent.PUSH).requireReady(List.of()).repository().name())
                .isEqualTo(Legs.REPOSITORY);
        assertThat(pause.pauses()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void doesNotFollowRedirects() {
        travis.failForEver("/user", 301, "");
        assertThatThrownBy(() -> ci(TravisEvent.PUSH).requireReady(List.of()))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("refused /user: status 301");
        assertThat(travis.seen()).hasSize(1);
    }

    @Test
    void saysSoWhenNobodyAnswers() throws Exception {
        URI gone = travis.uri();
        travis.close();
        TravisCi service = new TravisCi(
                gone,
                Secret.of("token"),
                Legs.REPOSITORY,
                TravisEvent.PUSH,
                HttpSettings.of(PATIENCE, new TickingClock(Duration.ofSeconds(20)), pause));
        assertThatThrownBy(() -> service.requireReady(List.of()))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("did not answer (connect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.travis-ci.com",
                "ftp://127.0.0.1",
                "https://token@api.travis-ci.com",
                "travis-ci.com",
                "https://api.travis-ci.com/?a=b"
            })
    void refusesAddressesThatWouldGiveTheTokenAway(String url) {
        assertThatThrownBy(() -> new TravisCi(
                        URI.create(url),
                        Secret.of("token"),
                        Legs.REPOSITORY,
                        TravisEvent.PUSH,
                        HttpSettings.of(PATIENCE, clock, pause)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("<travisApiUrl> (-Dtravis-compile.travisApiUrl)");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.travis-ci.com, true, https://app.travis-ci.com/github/a/b/jobs/7",
        "https://API.Travis-CI.com/, true, https://app.travis-ci.com/github/a/b/jobs/7",
        "https://travis.example.org/api, false, https://travis.example.org/a/b/jobs/7",
        "https://nottravis-ci.com, false, https://nottravis-ci.com/a/b/jobs/7"
    })
    void knowsThePagesOfTheServiceAndOfInstallations(String api, boolean hosted, String page) {
        TravisSite site = new TravisSite(URI.create(api));
        assertThat(site.isHosted()).isEqualTo(hosted);
        assertThat(site.jobPage(new RepositoryName("a", "b"), 7)).hasToString(page);
    }

    private void assertRefused(String slug, String... parts) {
        assertThatThrownBy(() -> ci(
                                RepositoryName.parse(slug, URI.create("https://github.com")),
                                TravisEvent.PUSH,
                                travis.token())
                        .requireReady(List.of()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(parts)
                .hasMessageEndingWith(".");
    }

    private TravisCi ci(TravisEvent event) {
        return ci(Legs.REPOSITORY, event, travis.token());
    }

    private TravisCi ci(RepositoryName name, TravisEvent event, String token) {
        try {
            return new TravisCi(travis.uri(), Secret.of(token), name, event, HttpSettings.of(PATIENCE, clock, pause));
        } catch (CrossCompileException e) {
            throw new AssertionError(e);
        }
    }
}
