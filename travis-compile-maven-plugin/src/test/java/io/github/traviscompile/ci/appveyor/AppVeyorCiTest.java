package io.github.traviscompile.ci.appveyor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.http.CountedPause;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.AppVeyorProjectStandIn;
import io.github.traviscompile.standin.AppVeyorStandIn;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a build would start, and the sentence for each reason why not. */
class AppVeyorCiTest {

    private static final HttpTimeouts PATIENCE =
            new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMillis(1), Duration.ofMillis(5));

    @TempDir
    Path directory;

    private Duration tick = Duration.ofSeconds(1);
    private Instant now = Instant.parse("2026-11-22T15:13:12Z");
    private final InstantSource clock = () -> now = now.plus(tick);
    private final CountedPause pause = new CountedPause();
    private final HttpSettings settings = HttpSettings.of(PATIENCE, clock, pause);
    private AppVeyorStandIn appveyor;
    private AppVeyorProjectStandIn project;

    @BeforeEach
    void start() {
        appveyor = new AppVeyorStandIn(directory);
        project = appveyor.project("builds-335", Legs.SLUG);
    }

    @AfterEach
    void stop() {
        appveyor.close();
    }

    @Test
    void isReadyWhereNothingIsInTheWay() throws Exception {
        appveyor.project("other", "alice/other");
        ready(appveyor.token());

        assertThat(appveyor.seen())
                .as("what was asked changes nothing, and says who asks")
                .allMatch(seen -> seen.method().equals("GET") || seen.path().equals("/api/account/encrypt"))
                .allMatch(seen -> seen.userAgent().startsWith("travis-compile-maven-plugin"))
                .anyMatch(seen -> seen.path().equals("/api/projects/alice/builds-335/settings"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypt", "account/encrypt"})
    void asksBelowTheAccountWithAUsersToken(String encryption) throws Exception {
        appveyor.userTokensEncryptAt(encryption);
        ready(appveyor.userToken());
        assertThat(appveyor.seen()).allMatch(seen -> seen.path().startsWith("/api/account/alice/"));
    }

    @Test
    void doesNotMindTheCaseOfARepository() throws Exception {
        assertThat(service(appveyor.token(), "Alice/BUILDS", Optional.empty()).requireReady(List.of()))
                .isNotNull();
    }

    @Test
    void namesTheTokenThatIsRefusedButDoesNotShowIt() {
        assertThatThrownBy(() -> ready("not-the-token-1234567"))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(
                        "does not accept the token",
                        "<appveyorServerId> (-Dtravis-compile.appveyorServerId)",
                        "APPVEYOR_TOKEN",
                        appveyor.uri().resolve("/api-keys").toString())
                .hasMessageNotContaining("1234567")
                .hasMessageNotContaining("v2.")
                .hasMessageEndingWith(".");
    }

    @Test
    void namesTheAccountThatAUsersTokenWasTriedOn() throws Exception {
        AppVeyorCi service = service(appveyor.userToken(), "bob/builds", Optional.empty());
        assertThatThrownBy(() -> service.requireReady(List.of()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll("the account 'bob'", "begins with 'v2.'", "as <username> of that <server>");

        appveyor.project("bobs", "bob/builds");
        assertThat(service(appveyor.userToken(), "bob/builds", Optional.of("alice"))
                        .requireReady(List.of()))
                .isNotNull();
    }

    @Test
    void namesARepositoryThatIsNotKnown() {
        assertRefused("alice/other", "no project for the repository 'alice/other'", "/projects/new");
    }

    @Test
    void namesAProjectThatDoesNotHearOfPushes() {
        project.hearsNoPushes();
        assertRefused(Legs.SLUG, "alice/builds-335", "\"Push\" events", "/project/alice/builds-335/settings");
    }

    @Test
    void refusesSeveralProjectsThatWouldBuildTheSamePush() throws Exception {
        AppVeyorProjectStandIn second = appveyor.project("builds", Legs.SLUG);
        assertRefused(Legs.SLUG, "several projects", "'builds-335', 'builds'", "/projects");
        second.hearsNoPushes();
        ready(appveyor.token());
    }

    @Test
    void namesASettingThatKeepsTheFileFromBeingRead() throws Exception {
        project.setting("customYmlName", "appveyor.yml");
        ready(appveyor.token());
        project.setting("customYmlName", "https://example.org/ci.txt");
        assertRefused(Legs.SLUG, "reads 'https://example.org/ci.txt' instead of appveyor.yml", "builds-335/settings");
        project.setting("ignoreAppveyorYml", true);
        assertRefused(Legs.SLUG, "Untick 'Ignore appveyor.yml'", "builds-335/settings");
    }

    @Test
    void namesAnAccountThatMayNotChangeTheProject() {
        project.readOnly();
        assertRefused(Legs.SLUG, "does not show the settings", "APPVEYOR_TOKEN");
    }

    @Test
    void namesATokenThatCannotEncrypt() {
        appveyor.userTokensEncryptAt("none");
        assertThatThrownBy(() -> ready(appveyor.userToken()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll("does not encrypt values with this token", "(v1)", "/api-keys", "<server>");
    }

    @Test
    void doesNotRepeatWhatAServiceSaysAboutAValue() throws Exception {
        CiProject ready = ready(appveyor.token());
        KeyedLeg leg = keyed(Platform.LINUX_X86_64);
        appveyor.failForEver(
                "/encrypt", 400, "{\"message\": \"" + leg.requireKey().revealHex() + " is no value\"}");
        assertThatThrownBy(() -> ready.files(Legs.BRANCH, List.of(leg)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("status 400")
                .hasMessageNotContaining(leg.requireKey().revealHex());
    }

    @Test
    void writesTheSecretsOfEachLegEncryptedIntoItsOwnJob() throws Exception {
        KeyedLeg linux = keyed(Platform.LINUX_X86_64);
        KeyedLeg windows = keyed(Platform.WINDOWS_X86_64);
        var files = ready(appveyor.token()).files(Legs.BRANCH, List.of(linux, windows));

        assertThat(files).containsOnlyKeys("appveyor.yml");
        String text = new String(files.get("appveyor.yml"), StandardCharsets.UTF_8);
        assertThat(text)
                .doesNotContain(
                        linux.requireKey().revealHex(), windows.requireKey().revealHex())
                .doesNotContain("build.example.org")
                .matches(Pattern.compile("(.*\\bsecure:){4}.*", Pattern.DOTALL).asMatchPredicate());
    }

    @ParameterizedTest
    @CsvSource({"500, ''", "502, <html>bad gateway</html>", "429, ''", "200, <html>sign in</html>", "200, '{}'"})
    void asksAgainWhenTheServiceStumbles(int status, String body) throws Exception {
        appveyor.fail("/projects", 2, status, body, "");
        ready(appveyor.token());
        assertThat(appveyor.seen().stream().filter(seen -> seen.path().equals("/api/projects")))
                .hasSize(3);
    }

    @Test
    void givesUpWhenTheServiceStaysAway() {
        tick = Duration.ofSeconds(20);
        appveyor.failForEver("/settings", 503, "<html>down</html>");
        assertThatThrownBy(() -> ready(appveyor.token()))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll(
                        "Could not read the project's settings at " + appveyor.uri(), "within 60 s", "status 503")
                .hasMessageEndingWith(".");
    }

    @Test
    void doesNotAskAgainWhenSomebodyIsWaiting() throws Exception {
        AppVeyorCi service = service(appveyor.token(), Legs.SLUG, Optional.empty());
        service.shortenTimeouts();
        appveyor.failForEver("/projects", 503, "");
        assertThatThrownBy(() -> service.requireReady(List.of())).hasMessageContaining("status 503");
        assertThat(appveyor.seen()).hasSize(1);
    }

    @Test
    void waitsAsLongAsARateLimitAsksButNotLongerThanItsPatience() throws Exception {
        appveyor.fail("/projects", 1, 429, "", "1");
        ready(appveyor.token());
        assertThat(pause.pauses()).containsExactly(Duration.ofSeconds(1));

        appveyor.fail("/projects", 1, 429, "", "1000000");
        assertThatThrownBy(() -> ready(appveyor.token()))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("status 429");
    }

    @Test
    void doesNotFollowRedirects() {
        appveyor.failForEver("/projects", 301, "");
        assertThatThrownBy(() -> ready(appveyor.token()))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("refused /projects: status 301");
        assertThat(appveyor.seen()).hasSize(1);
    }

    @Test
    void saysSoWhenNobodyAnswers() throws Exception {
        tick = Duration.ofSeconds(20);
        AppVeyorCi service = service(appveyor.token(), Legs.SLUG, Optional.empty());
        appveyor.close();
        assertThatThrownBy(() -> service.requireReady(List.of()))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("did not answer (connect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ci.appveyor.com/api",
                "ftp://127.0.0.1/api",
                "https://token@ci.appveyor.com/api",
                "ci.appveyor.com/api",
                "https://ci.appveyor.com/api?a=b",
                "https://ci.appveyor.com"
            })
    void refusesAddressesThatAreNoneOrWouldGiveTheTokenAway(String url) {
        assertThatThrownBy(() -> new AppVeyorCi(
                        URI.create(url), Legs.REPOSITORY, Optional.empty(), Secret.of("token"), settings))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("<appveyorApiUrl> (-Dtravis-compile.appveyorApiUrl)");
    }

    @ParameterizedTest
    @CsvSource({
        "https://ci.appveyor.com/api, https://status.appveyor.com,"
                + " https://ci.appveyor.com/project/alice/b/builds/7/job/x",
        "https://CI.appveyor.com/api/, https://status.appveyor.com,"
                + " https://CI.appveyor.com/project/alice/b/builds/7/job/x",
        "https://av.example.org/x/api, https://av.example.org/x,"
                + " https://av.example.org/x/project/alice/b/builds/7/job/x"
    })
    void knowsThePagesOfTheServiceAndOfInstallations(String api, String status, String page) {
        AppVeyorSite site = new AppVeyorSite(URI.create(api));
        assertThat(site.statusPage()).hasToString(status);
        assertThat(site.jobPage(new AppVeyorProjectData("alice", "b", new RepositoryName("alice", "b")), 7, "x"))
                .hasToString(page);
    }

    @ParameterizedTest
    @EnumSource
    void isConsideredForThePlatformsThatHaveAMachine(Platform platform) throws Exception {
        Optional<String> lacks = AppVeyorCi.unsupportedReason(platform);
        assertThat(lacks.isEmpty())
                .isEqualTo(new AppVeyorProvider().rank(platform).isPresent());
        assertThat(AppVeyorMachine.of(platform).isPresent()).isEqualTo(lacks.isEmpty());
        lacks.ifPresent(reason -> assertThat(reason).isEqualTo(reason.strip()).matches("(has|is) .*[a-zA-Z0-9]"));
    }

    private static KeyedLeg keyed(Platform platform) {
        return new KeyedLeg(
                Legs.APPVEYOR.leg(platform),
                Optional.of(LegKey.random(new SecureRandom())),
                Optional.of(URI.create("https://build.example.org")));
    }

    private void assertRefused(String slug, String... parts) {
        assertThatThrownBy(
                        () -> service(appveyor.token(), slug, Optional.empty()).requireReady(List.of()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(parts)
                .hasMessageEndingWith(".");
    }

    private CiProject ready(String token) throws CrossCompileException, InterruptedException {
        return service(token, Legs.SLUG, Optional.empty()).requireReady(List.of());
    }

    private AppVeyorCi service(String token, String slug, Optional<String> account) throws ActionNeededException {
        return new AppVeyorCi(
                appveyor.uri(),
                RepositoryName.parse(slug, URI.create("https://github.com")),
                account,
                Secret.of(token),
                settings);
    }
}
