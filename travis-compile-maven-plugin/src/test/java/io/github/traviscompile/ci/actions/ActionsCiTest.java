package io.github.traviscompile.ci.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.Fault;
import io.github.traviscompile.standin.StandInToken;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found out before anything is pushed. */
class ActionsCiTest {

    private static final List<Leg> LEGS = List.of(Legs.ACTIONS.leg(Platform.LINUX_X86_64));

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock();
    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene(directory, clock);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void isReadyAndChangesNothing() throws Exception {
        scene.ci.requireReady(LEGS);
        assertThat(scene.github.requests()).isNotEmpty().allMatch(request -> request.startsWith("GET "));
        assertThat(scene.ci.service()).isEqualTo(ActionsProvider.SERVICE);
        assertThat(scene.ci.page()).hasToString(scene.github.web() + "/alice/builds/actions");
    }

    @Test
    void saysThatTheTokenIsNotValid() {
        refused(scene.ci("wrong", clock), "GitHub does not accept the token", "<githubServerId>");
    }

    @Test
    void saysThatTheTokenDoesNotSeeTheRepository() {
        StandInToken blind = StandInToken.fineGrained("blind");
        scene.github.add(blind);
        refused(
                scene.ci("blind", clock),
                "there is no repository alice/builds",
                "the token may not see it",
                "<repository>");
    }

    @Test
    void wantsTheScopeWorkflowOfClassicTokens() throws Exception {
        for (String scopes : List.of("repo", "repo, workflow")) {
            StandInToken classic =
                    new StandInToken("ghp_" + scopes.length(), Optional.of(scopes), Scene.TOKEN.rights());
            scene.github.add(classic);
            ActionsCi ci = scene.ci(classic.value(), clock);
            if (scopes.contains("workflow")) {
                ci.requireReady(LEGS);
            } else {
                refused(ci, "lacks the scope 'workflow'", "/settings/tokens");
            }
        }
    }

    @Test
    void saysThatTheRepositoryIsArchived() {
        scene.repository.archived = true;
        refused(scene.ci, "is archived");
    }

    @Test
    void saysThatTheRepositoryHasMoved() {
        scene.repository.movedTo = Optional.of("alice/new");
        refused(scene.ci, "alice/builds is elsewhere now", "present name into <repository>");
    }

    @Test
    void saysThatActionsIsSwitchedOff() throws Exception {
        scene.repository.actionsEnabled = false;
        refused(scene.ci, "is switched off in alice/builds", "/alice/builds/settings/actions");
        // To others than administrators the settings are not shown.
        scene.repository.administered = false;
        scene.ci.requireReady(LEGS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local_only", "selected"})
    void saysThatCheckoutIsForbidden(String allowed) throws Exception {
        scene.repository.allowedActions = allowed;
        scene.repository.githubsActionsAllowed = false;
        refused(scene.ci, "may not use actions/checkout", "/alice/builds/settings/actions");
        if (allowed.equals("selected")) {
            scene.repository.githubsActionsAllowed = true;
            scene.ci.requireReady(LEGS);
        }
    }

    @Test
    void saysThatUploadOfArtifactsIsForbidden() throws Exception {
        scene.repository.allowedActions = "selected";
        scene.repository.githubsActionsAllowed = false;
        scene.repository.patternsAllowed = List.of("actions/checkout@*");
        scene.ci.requireReady(LEGS);
        refused(scene.ciForArtifacts(clock), "may not use actions/upload-artifact, which every leg needs");
        scene.ciForArtifacts(clock).requireReady(List.of());
        scene.repository.patternsAllowed = List.of("actions/checkout@*", "actions/upload-artifact@*");
        scene.ciForArtifacts(clock).requireReady(LEGS);
    }

    @Test
    void saysThatAnEnterpriseServerTakesNoArtifacts() throws Exception {
        scene.github.enterprise = Optional.of("3.17.1");
        refused(
                scene.ciForArtifacts(clock),
                "GitHub Enterprise Server (3.17.1 at ",
                "upload-artifact v4",
                "<delivery>tunnel</delivery> (-Dtravis-compile.delivery=tunnel)");
        scene.ciForArtifacts(clock).requireReady(List.of());
        scene.ci.requireReady(LEGS);
    }

    @Test
    void saysThatAPersonHasToAllowActionsInAFork() throws Exception {
        scene.repository.fork = true;
        refused(scene.ci, "Only a person can allow it", "/alice/builds/actions", "go ahead and enable them");
        scene.repository.actionsAllowed = true;
        scene.ci.requireReady(LEGS);
    }

    @Test
    void asksAgainWhileGitHubStumbles() throws Exception {
        scene.github.fault(Fault.of(Fault.Kind.ANSWER, "GET", "/repos/alice/builds", 2));
        scene.ci.requireReady(LEGS);
        scene.github.fault(Fault.answer("GET", "/repos/alice/builds", 1, 429, Map.of("Retry-After", "3600"), ""));
        assertThatThrownBy(() -> scene.ci.requireReady(LEGS))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("alice/builds cannot be looked up", "fewer requests", "3600 s more");
    }

    @ParameterizedTest
    @EnumSource
    void isConsideredForThePlatformsThatHaveARunner(Platform platform) {
        assertThat(ActionsCi.unsupportedReason(platform, clock.instant()).isEmpty())
                .isEqualTo(new ActionsProvider().rank(platform).isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void warnsSixtyDaysBeforeARunnerGoesAndRefusesAfter(RunnerLabel runner) throws Exception {
        List<Platform> on = Arrays.stream(Platform.values())
                .filter(platform -> ActionsMachine.of(platform)
                        .filter(machine -> machine.runner() == runner)
                        .isPresent())
                .toList();
        assertThat(on).isNotEmpty();
        LocalDate gone = runner.gone().orElse(LocalDate.of(2100, 1, 1));
        boolean announced = runner.gone().isPresent();
        assertThat(ActionsCi.warnings(on, at(gone.minusDays(61)))).isEmpty();
        assertThat(ActionsCi.warnings(on, at(gone.minusDays(60))).size()).isEqualTo(announced ? 1 : 0);
        assertThat(ActionsCi.warnings(on, at(gone.minusDays(1))))
                .allMatch(warning -> warning.contains(runner.label()) && warning.contains(gone.toString()));
        assertThat(ActionsCi.warnings(on, at(gone))).isEmpty();
        assertThat(ActionsCi.unsupportedReason(on.get(0), at(gone.minusDays(1))))
                .isEmpty();
        assertThat(ActionsCi.unsupportedReason(on.get(0), at(gone)).isPresent()).isEqualTo(announced);
        InstantSource late = InstantSource.fixed(at(gone));
        ActionsCi ci = scene.ci(Scene.TOKEN.value(), late);
        if (announced) {
            assertThatThrownBy(() -> ci.requireReady(List.of(Legs.ACTIONS.leg(on.get(0)))))
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContainingAll("has had no " + runner.label() + " since " + gone, "<ci>");
        } else {
            assertThatCode(() -> ci.requireReady(List.of(Legs.ACTIONS.leg(on.get(0)))))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void knowsTheIssuerOfEachGitHub() {
        assertThat(site("https://api.github.com/", "https://github.com", Optional.empty()))
                .isEqualTo(ActionsSite.HOSTED);
        assertThat(site("https://ghe.example.org/api/v3", "https://ghe.example.org", Optional.empty())
                        .issuer())
                .hasToString("https://ghe.example.org/_services/token");
        assertThat(site("https://api.octo.ghe.com", "https://octo.ghe.com", Optional.empty())
                        .issuer())
                .hasToString("https://token.actions.octo.ghe.com");
        String own = "https://token.actions.githubusercontent.com/octo-enterprise";
        assertThat(site("https://api.github.com", "https://github.com", Optional.of(own))
                        .issuer())
                .hasToString(own);
    }

    private static ActionsSite site(String api, String web, Optional<String> issuer) {
        return ActionsSite.of(URI.create(api), URI.create(web), issuer.map(URI::create));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.github.com", "ftp://x", "/x", "https://a:b@x", "https://x?y"})
    void refusesAddressesThatWouldShowTheToken(String api) {
        assertThatThrownBy(() -> site(api, "https://github.com", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> site("https://api.github.com", "https://github.com", Optional.of(api)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
    }

    private static void refused(ActionsCi ci, String... words) {
        assertThatThrownBy(() -> ci.requireReady(LEGS))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(words)
                .hasMessageEndingWith(".");
    }
}
