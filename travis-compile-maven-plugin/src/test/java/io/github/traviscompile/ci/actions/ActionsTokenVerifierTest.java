package io.github.traviscompile.ci.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.standin.ActionsJobStandIn;
import io.github.traviscompile.standin.ActionsRunStandIn;
import io.github.traviscompile.standin.Fault;
import io.github.traviscompile.standin.OidcIssuerStandIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every claim that a token is judged by, right and wrong. */
class ActionsTokenVerifierTest {

    private static final Leg LEG = Legs.ACTIONS.leg(Platform.LINUX_X86_64);
    private static final Leg OTHER = Legs.ACTIONS.leg(Platform.OSX_AARCH_64);
    private static final URI ENDPOINT = URI.create("https://example.org");
    private static final String AUDIENCE = "tcmp1.5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock();
    private Scene scene;
    private ActionsProject project;
    private PushedCommit start;
    private CiWatch watch;
    private ActionsRunStandIn run;
    private ActionsJobStandIn job;

    @BeforeEach
    void push() throws Exception {
        scene = new Scene(directory, clock);
        // This machine's clock is wrong; what counts is GitHub's.
        InstantSource wrong = () -> clock.instant().plus(Duration.ofDays(1));
        project = scene.ci(Scene.TOKEN.value(), wrong).requireReady(List.of(LEG, OTHER));
        start = scene.commit(project, List.of(LEG, OTHER), ENDPOINT);
        watch = project.watch(start, List.of(LEG, OTHER), Scene.LIMITS);
        scene.push(start);
        run = scene.actions.runs().get(0);
        job = run.job(LEG.id());
        job.status("in_progress");
    }

    @AfterEach
    void stop() throws Exception {
        watch.close();
        scene.close();
    }

    @Test
    void believesTheTokenOfTheLegsJobOnce() throws Exception {
        String token = token(claims -> {});
        assertThat(project.objection(LEG.id(), token, AUDIENCE)).isEmpty();
        assertThat(project.objection(LEG.id(), token, AUDIENCE))
                .hasValueSatisfying(why -> assertThat(why).contains("used before (jti)"));
        assertThat(objection(claims -> {})).as("a fresh one").isEmpty();
    }

    @Test
    void hasTheShapeOfRealTokens() {
        Map<String, Object> claims = scene.actions.claims(run, job, AUDIENCE);
        long issued = clock.instant().getEpochSecond();
        assertThat(claims)
                .containsEntry("iat", issued)
                .containsEntry("nbf", issued - 600)
                .containsEntry("exp", issued + 300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "aud",
                "nbf",
                "iat",
                "exp",
                "jti",
                "repository_id",
                "repository_owner_id",
                "event_name",
                "ref",
                "sha",
                "workflow_ref",
                "workflow_sha",
                "run_id",
                "check_run_id"
            })
    void missesEachClaim(String name) throws Exception {
        assertThat(objection(claims -> claims.remove(name)))
                .hasValueSatisfying(why -> assertThat(why).contains("(" + name + ")"));
        for (Object odd : Arrays.asList("", List.of(), Map.of("a", "b"), true, 1.5, null)) {
            assertThat(objection(claims -> claims.put(name, odd)))
                    .as(name + " = " + odd)
                    .isPresent();
        }
    }

    static Stream<Arguments> wrong() {
        String commit = "0123456789abcdef0123456789abcdef01234567";
        String workflow = "alice/builds/.github/workflows/travis-compile.yml@refs/heads/";
        return Stream.of(
                Arguments.of("iss", "https://token.actions.githubusercontent.com.example.org"),
                Arguments.of("iss", "https://token.actions.githubusercontent.com/"),
                Arguments.of("aud", "tcmp1." + "0".repeat(64)),
                Arguments.of("aud", "sts.amazonaws.com"),
                Arguments.of("aud", AUDIENCE.toUpperCase(java.util.Locale.ROOT)),
                Arguments.of("aud", List.of(AUDIENCE)),
                Arguments.of("aud", List.of(AUDIENCE, "other")),
                Arguments.of("repository_id", "1296268"),
                Arguments.of("repository_id", "01296269"),
                Arguments.of("repository_owner_id", "2"),
                Arguments.of("event_name", "pull_request"),
                Arguments.of("event_name", "workflow_dispatch"),
                Arguments.of("ref", "refs/heads/main"),
                Arguments.of("ref", "refs/tags/" + Legs.BRANCH),
                Arguments.of("ref", Legs.BRANCH),
                Arguments.of("sha", commit),
                Arguments.of("workflow_ref", workflow + "main"),
                Arguments.of("workflow_ref", "alice/builds/.github/workflows/other.yml@refs/heads/" + Legs.BRANCH),
                Arguments.of(
                        "workflow_ref",
                        "mallory/builds/.github/workflows/travis-compile.yml@refs/heads/" + Legs.BRANCH),
                Arguments.of("workflow_sha", commit),
                Arguments.of("run_id", "1"),
                Arguments.of("run_id", "1/../../x"),
                Arguments.of("check_run_id", "1"),
                Arguments.of("check_run_id", "1' OR '1'='1"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesEachClaimThatIsWrong(String name, Object value) throws Exception {
        assertThat(objection(claims -> claims.put(name, value)))
                .hasValueSatisfying(why -> assertThat(why).contains("(" + name + ")"));
    }

    @Test
    void doesNotLookAtTheSubject() throws Exception {
        assertThat(objection(claims -> claims.put("sub", "repo:alice/builds:environment:prod")))
                .isEmpty();
        assertThat(objection(claims -> claims.remove("sub"))).isEmpty();
    }

    @Test
    void allowsClocksAMinute() throws Exception {
        long now = clock.instant().getEpochSecond();
        for (String begin : List.of("nbf", "iat")) {
            assertThat(objection(claims -> claims.put(begin, now + 60))).isEmpty();
            assertThat(objection(claims -> claims.put(begin, now + 61)))
                    .contains("it is not valid yet (" + begin + ")");
        }
        assertThat(objection(claims -> claims.put("exp", now - 59))).isEmpty();
        assertThat(objection(claims -> claims.put("exp", now - 60))).contains("it has expired (exp)");
        assertThat(objection(claims -> claims.put("exp", -1L))).contains("it has no time (exp)");
    }

    @Test
    void refusesATokenAsOldAsItLasts() throws Exception {
        String token = token(claims -> {});
        clock.advance(Duration.ofMinutes(6));
        assertThat(project.objection(LEG.id(), token, AUDIENCE)).contains("it has expired (exp)");
    }

    @Test
    void refusesTheJobOfAnotherLeg() throws Exception {
        assertThat(project.objection(OTHER.id(), token(claims -> {}), AUDIENCE))
                .contains("it is not of the job of this leg (check_run_id)");
        assertThat(project.objection("linux-x86_32", token(claims -> {}), AUDIENCE))
                .isPresent();
    }

    @Test
    void refusesAJobThatHasEnded() throws Exception {
        job.end("success", false);
        assertThat(objection(claims -> {})).contains("it is not of the job of this leg (check_run_id)");
    }

    /** Somebody pushes the same workflow again: all is like ours but the commit. */
    @Test
    void refusesTheRunOfAnotherCommit() throws Exception {
        PushedCommit again = scene.commit(project, List.of(LEG, OTHER), URI.create("https://example.com"));
        scene.push(again);
        ActionsRunStandIn theirs = scene.actions.runs().get(1);
        Map<String, Object> claims = scene.actions.claims(theirs, theirs.job(LEG.id()), AUDIENCE);
        assertThat(judge(OidcIssuerStandIn.sign(scene.actions.issuer().key(), claims)))
                .contains("it is of another sha (sha)");
        claims.put("sha", start.commit());
        claims.put("workflow_sha", start.commit());
        assertThat(judge(OidcIssuerStandIn.sign(scene.actions.issuer().key(), claims)))
                .contains("GitHub lists no such run of the commit (run_id)");
        claims.put("run_id", String.valueOf(run.id()));
        assertThat(judge(OidcIssuerStandIn.sign(scene.actions.issuer().key(), claims)))
                .contains("it is not of the job of this leg (check_run_id)");
    }

    @Test
    void refusesWhatIsSignedOtherwiseThanByTheIssuer() throws Exception {
        RSAKey key = scene.actions.issuer().key();
        RSAKey stranger = OidcIssuerStandIn.newKey();
        RSAKey posing = new RSAKey.Builder(stranger).keyID(key.getKeyID()).build();
        Payload payload = new Payload(scene.actions.claims(run, job, AUDIENCE));
        byte[] publicKey = key.toRSAPublicKey().getEncoded();
        List<String> tokens = new ArrayList<>(List.of(
                OidcIssuerStandIn.sign(stranger, payload.toJSONObject()),
                OidcIssuerStandIn.sign(posing, payload.toJSONObject()),
                new PlainObject(payload).serialize(),
                signed(new JWSHeader.Builder(JWSAlgorithm.RS512).keyID(key.getKeyID()), payload, new RSASSASigner(key)),
                signed(new JWSHeader.Builder(JWSAlgorithm.PS256).keyID(key.getKeyID()), payload, new RSASSASigner(key)),
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()),
                        payload,
                        new MACSigner(publicKey)),
                signed(new JWSHeader.Builder(JWSAlgorithm.RS256), payload, new RSASSASigner(key)),
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(stranger.getKeyID())
                                .jwk(stranger.toPublicJWK())
                                .jwkURL(URI.create("http://127.0.0.1:1/keys")),
                        payload,
                        new RSASSASigner(stranger)),
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(key.getKeyID())
                                .criticalParams(java.util.Set.of("x"))
                                .customParam("x", 1),
                        payload,
                        new RSASSASigner(key)),
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()),
                        new Payload("no claims"),
                        new RSASSASigner(key))));
        String genuine = token(claims -> {});
        String[] parts = genuine.split("\\.", -1);
        tokens.add(parts[0] + "." + parts[1] + ".");
        tokens.add(parts[0] + "." + new Payload("{}").toBase64URL() + "." + parts[2]);
        tokens.add(parts[0] + "." + parts[1]);
        tokens.addAll(List.of("", ".", "..", "a.b.c", "{}", "x".repeat(20_000)));
        for (String token : tokens) {
            assertThat(judge(token)).as(token).isPresent();
        }
        assertThat(judge(genuine)).isEmpty();
    }

    @Test
    void asksTheIssuerForItsKeysSeldom() throws Exception {
        OidcIssuerStandIn issuer = scene.actions.issuer();
        for (int i = 0; i < 5; i++) {
            assertThat(objection(claims -> {})).isEmpty();
        }
        assertThat(issuer.keysShown()).isEqualTo(1);
        issuer.changeKey();
        for (int i = 0; i < 5; i++) {
            assertThat(objection(claims -> {})).contains("its key is none of the issuer's (kid)");
        }
        assertThat(issuer.keysShown()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(31));
        assertThat(objection(claims -> {})).isEmpty();
        assertThat(issuer.keysShown()).isEqualTo(2);
        clock.advance(Duration.ofMinutes(61));
        assertThat(objection(claims -> {})).isEmpty();
        assertThat(issuer.keysShown()).isEqualTo(3);
    }

    @Test
    void asksGitHubOnlyAboutTokensOfThisPush() throws Exception {
        int asked = scene.github.requests().size();
        objection(claims -> claims.put("repository_id", "5"));
        objection(claims -> claims.put("sha", "0".repeat(40)));
        assertThat(scene.github
                        .requests()
                        .subList(asked, scene.github.requests().size()))
                .containsOnly("GET /_services/token/.well-known/jwks");
    }

    @Test
    void believesLaterWhatItCouldNotAskAbout() throws Exception {
        String token = token(claims -> {});
        for (String place : List.of("/.well-known/jwks", "/actions/runs", "/jobs")) {
            scene.github.fault(Fault.of(Fault.Kind.ANSWER, "GET", place, Fault.FOR_EVER));
            assertThat(judge(token)).hasValueSatisfying(why -> assertThat(why).contains("could not be asked", "502"));
            scene.github.heal();
        }
        scene.github.fault(Fault.answer("GET", "jwks", 1, 302, Map.of("Location", "http://127.0.0.1:1/keys"), ""));
        clock.advance(Duration.ofSeconds(1));
        assertThat(judge(token)).isEmpty();
        assertThat(project.lastObjection(LEG.id())).isEmpty();
    }

    @Test
    void doesNotFollowTheIssuerElsewhere() throws Exception {
        scene.github.fault(Fault.answer(
                "GET", "jwks", 1, 302, Map.of("Location", scene.actions.issuerUri() + "/.well-known/jwks"), ""));
        assertThat(objection(claims -> {}))
                .hasValueSatisfying(why -> assertThat(why).contains("status 302"));
        assertThat(scene.actions.issuer().keysShown()).isZero();
    }

    @Test
    void believesNothingBeforeThePush() throws Exception {
        ActionsProject early = scene.ci.requireReady(List.of(LEG));
        assertThat(early.objection(LEG.id(), token(claims -> {}), AUDIENCE)).contains("nothing has been pushed yet");
    }

    private Optional<String> objection(Consumer<Map<String, Object>> change) throws Exception {
        return judge(token(change));
    }

    private Optional<String> judge(String token) throws Exception {
        return project.objection(LEG.id(), token, AUDIENCE);
    }

    private String token(Consumer<Map<String, Object>> change) {
        Map<String, Object> claims = scene.actions.claims(run, job, AUDIENCE);
        change.accept(claims);
        return OidcIssuerStandIn.sign(scene.actions.issuer().key(), claims);
    }

    private static String signed(JWSHeader.Builder header, Payload payload, JWSSigner signer) throws Exception {
        JWSObject token = new JWSObject(header.build(), payload);
        token.sign(signer);
        return token.serialize();
    }
}
