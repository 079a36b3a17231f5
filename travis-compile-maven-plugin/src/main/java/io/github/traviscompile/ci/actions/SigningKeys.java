package io.github.traviscompile.ci.actions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.traviscompile.http.ApiClient;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.ServiceBusyException;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which the issuer signs tokens (RFC 7517), from its one address only; a token's own statement on its key's
 * place is ignored. Keys are kept for an hour. An unknown key causes one more download, at most every half minute. One
 * thread uses it at a time.
 */
final class SigningKeys {

    /** The path in GitHub's discovery document (docs.github.com, "OpenID Connect reference"). */
    private static final String PATH = "/.well-known/jwks";

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int LEAST_BITS = 2048;

    private final URI address;
    private final ApiClient api;
    private final InstantSource clock;
    private @Nullable JWKSet keys;
    private @Nullable Instant fetched;

    SigningKeys(URI issuer, ApiClient api) {
        this.address = URI.create(issuer + PATH);
        this.api = api;
        this.clock = api.http().settings().clock();
    }

    /**
     * Finds the key with this id among the issuer's RSA signing keys.
     *
     * @throws ServiceBusyException if the keys cannot be read from the issuer
     */
    Optional<RSAPublicKey> find(String id) throws ServiceBusyException, InterruptedException {
        Instant now = clock.instant();
        Instant before = fetched;
        boolean stale = before == null || before.plus(FRESH).isBefore(now);
        boolean unknown = keys == null || keys.getKeyByKeyId(id) == null;
        if (stale || (unknown && before != null && before.plus(PAUSE).isBefore(now))) {
            keys = fetch();
            fetched = now;
        }
        @Nullable JWK key = keys == null ? null : keys.getKeyByKeyId(id);
        boolean signs = key != null && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()));
        return signs && key instanceof RSAKey rsa && rsa.size() >= LEAST_BITS ? publicKey(rsa) : Optional.empty();
    }

    private static Optional<RSAPublicKey> publicKey(RSAKey key) {
        try {
            return Optional.of(key.toRSAPublicKey());
        } catch (JOSEException e) {
            return Optional.empty();
        }
    }

    private JWKSet fetch() throws ServiceBusyException, InterruptedException {
        HttpReply answer = api.getWithoutToken(address, PATH);
        if (answer.status() != 200) {
            throw new ServiceBusyException(
                    "shows no keys at " + address + " (status " + answer.status() + ")", Duration.ZERO, null);
        }
        try {
            return JWKSet.parse(answer.body());
        } catch (ParseException e) {
            throw new ServiceBusyException("shows what are no keys at " + address, Duration.ZERO, e);
        }
    }
}
