package io.github.traviscompile.standin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The issuer of the tokens of GitHub Actions. Tokens have the shape of real ones: valid from ten minutes before they are
 * made until five minutes after, with the claims of docs.github.com, "OpenID Connect reference".
 */
public final class OidcIssuerStandIn {

    private static final int KEY_BITS = 2048;
    private static final long EARLIER = 600;
    private static final long LATER = 300;

    /** Of every issuer until it changes its key: to make one takes as long as a whole test. */
    private static final RSAKey FIRST = newKey();

    private final AtomicInteger keysShown = new AtomicInteger();
    private volatile RSAKey key = FIRST;

    /** A key like the issuer's own. */
    public static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyIDFromThumbprint(true)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public RSAKey key() {
        return key;
    }

    /** From now on it signs with another key, and shows no other. */
    public void changeKey() {
        key = newKey();
    }

    /** How often somebody asked for its keys. */
    public int keysShown() {
        return keysShown.get();
    }

    String jwks() {
        keysShown.incrementAndGet();
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** The claims that hang on the time, and the number of the token. */
    public static Map<String, Object> times(Instant now) {
        Map<String, Object> claims = new TreeMap<>();
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond() - EARLIER);
        claims.put("exp", now.getEpochSecond() + LATER);
        claims.put("jti", UUID.randomUUID().toString());
        return claims;
    }

    /** A token. */
    public static String sign(RSAKey with, Map<String, Object> claims) {
        try {
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(with.getKeyID())
                            .type(com.nimbusds.jose.JOSEObjectType.JWT)
                            .build(),
                    new Payload(claims));
            token.sign(new RSASSASigner(with));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
