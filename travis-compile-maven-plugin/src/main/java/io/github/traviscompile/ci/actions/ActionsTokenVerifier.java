package io.github.traviscompile.ci.actions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.github.GitHubApi;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the identity tokens of GitHub Actions' jobs (docs.github.com, "OpenID Connect reference"). A valid token is
 * GitHub's, of our repository, branch, commit and workflow. It has this message as its audience and is of the job with
 * the leg's name. A missing claim counts as wrong. {@code sub} is ignored, because each repository can choose its
 * content.
 */
final class ActionsTokenVerifier {

    /** The largest accepted difference between GitHub's clock and the issuer's. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    /** The most accepted tokens. Each leg needs one, and a few more after lost replies or restarted jobs. */
    private static final int MOST_ACCEPTED = 4096;

    private static final int LONGEST_TOKEN = 12 << 10;

    private final GitHubApi api;
    private final WorkflowRuns runs;
    private final URI issuer;
    private final SigningKeys keys;
    private final ActionsRepository repository;
    private final PushedCommit start;
    private final Set<String> accepted = new HashSet<>();

    /** @param api for this object alone */
    ActionsTokenVerifier(GitHubApi api, URI issuer, ActionsRepository repository, PushedCommit start) {
        this.api = api;
        this.runs = new WorkflowRuns(api, repository.name());
        this.issuer = issuer;
        this.keys = new SigningKeys(issuer, api);
        this.repository = repository;
        this.start = start;
    }

    /** The reason of a token's rejection. */
    private static final class Objection extends Exception {
        Objection(String why) {
            super(why, null, false, false);
        }
    }

    /**
     * Verifies a token; accepts each only once.
     *
     * @param leg the id of the claimed leg
     * @param audience the required audience of the token
     * @return the reason of a rejection, for this machine's user and never for the sender; empty if the token is
     *     valid
     */
    synchronized Optional<String> objection(String leg, String token, String audience) throws InterruptedException {
        try {
            Map<String, Object> claims = verified(token);
            requireAudience(claims, audience);
            requireOurs(claims);
            String id = text(claims, "jti");
            if (accepted.contains(id) || accepted.size() >= MOST_ACCEPTED) {
                throw new Objection("it was used before (jti)");
            }
            // Only a token that GitHub signed for us leads to a request to GitHub.
            long run = listedRun(claims);
            // By GitHub's clock, from the reply to that request.
            requireInTime(claims);
            requireJob(claims, run, leg);
            accepted.add(id);
            return Optional.empty();
        } catch (Objection e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (ServiceBusyException e) {
            return Optional.of("GitHub could not be asked about it: it " + e.getMessage());
        } catch (WorkFailedException e) {
            return Optional.of("GitHub could not be asked about it: " + e.getMessage());
        }
    }

    private Map<String, Object> verified(String token) throws Objection, ServiceBusyException, InterruptedException {
        if (token.length() > LONGEST_TOKEN) {
            throw new Objection("it is too long");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            // A constant, so that no sender can choose a key's algorithm.
            if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
                throw new Objection("it is not signed by RS256 (alg)");
            }
            @Nullable String keyId = jwt.getHeader().getKeyID();
            if (keyId == null) {
                throw new Objection("it names no key (kid)");
            }
            Optional<RSAPublicKey> key = keys.find(keyId);
            if (key.isEmpty()) {
                throw new Objection("its key is none of the issuer's (kid)");
            }
            // The verifier also refuses critical headers that it does not know.
            if (!jwt.verify(new RSASSAVerifier(key.get()))) {
                throw new Objection("its signature is wrong");
            }
            @Nullable Map<String, Object> claims = jwt.getPayload().toJSONObject();
            if (claims == null) {
                throw new Objection("it holds no claims");
            }
            return claims;
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw new Objection("it is no signed token");
        }
    }

    private void requireAudience(Map<String, Object> claims, String audience) throws Objection {
        require(claims, "iss", issuer.toString());
        if (!(claims.get("aud") instanceof String)) {
            throw new Objection("it is not meant for one audience (aud)");
        }
        require(claims, "aud", audience);
    }

    private void requireInTime(Map<String, Object> claims) throws Objection {
        Instant now = api.http().serverTime();
        for (String begin : List.of("nbf", "iat")) {
            if (time(claims, begin).isAfter(now.plus(CLOCK_SKEW))) {
                throw new Objection("it is not valid yet (" + begin + ")");
            }
        }
        if (!time(claims, "exp").isAfter(now.minus(CLOCK_SKEW))) {
            throw new Objection("it has expired (exp)");
        }
    }

    private void requireOurs(Map<String, Object> claims) throws Objection {
        String ref = "refs/heads/" + start.branch();
        require(claims, "repository_id", String.valueOf(repository.id()));
        require(claims, "repository_owner_id", String.valueOf(repository.ownerId()));
        require(claims, "event_name", "push");
        require(claims, "ref", ref);
        require(claims, "sha", start.commit());
        require(claims, "workflow_ref", repository.name() + "/" + ActionsFile.PATH + "@" + ref);
        require(claims, "workflow_sha", start.commit());
    }

    private long listedRun(Map<String, Object> claims)
            throws Objection, WorkFailedException, ServiceBusyException, InterruptedException {
        String id = text(claims, "run_id");
        return runs.of(start).stream()
                .map(WorkflowRuns.WorkflowRun::id)
                .filter(listed -> String.valueOf(listed).equals(id))
                .findFirst()
                .orElseThrow(() -> new Objection("GitHub lists no such run of the commit (run_id)"));
    }

    private void requireJob(Map<String, Object> claims, long run, String leg)
            throws Objection, WorkFailedException, ServiceBusyException, InterruptedException {
        String checkRun = text(claims, "check_run_id");
        boolean named = runs.jobs(run).stream()
                .anyMatch(job -> String.valueOf(job.checkRun()).equals(checkRun)
                        && job.name().equals(leg)
                        && !job.stage().isFinal());
        if (!named) {
            throw new Objection("it is not of the job of this leg (check_run_id)");
        }
    }

    private static void require(Map<String, Object> claims, String name, String expected) throws Objection {
        if (!text(claims, name).equals(expected)) {
            throw new Objection("it is of another " + name.replace('_', ' ') + " (" + name + ")");
        }
    }

    private static String text(Map<String, Object> claims, String name) throws Objection {
        @Nullable Object value = claims.get(name);
        if (value instanceof String || value instanceof Long || value instanceof Integer) {
            String text = value.toString();
            if (!text.isEmpty() && text.length() <= 512) {
                return text;
            }
        }
        throw new Objection("it lacks a claim (" + name + ")");
    }

    private static Instant time(Map<String, Object> claims, String name) throws Objection {
        String seconds = text(claims, name);
        if (!seconds.matches("[0-9]{1,11}")) {
            throw new Objection("it has no time (" + name + ")");
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }
}
