package io.github.traviscompile.upload;

import java.util.Optional;

/** Verifies the identity tokens of legs without a key. */
@FunctionalInterface
public interface OidcTokenVerifier {

    /**
     * Verifies a token. Called concurrently from the threads that serve legs; may block.
     *
     * @param leg the leg id that the sender claims
     * @param token as sent; untrusted
     * @param audience that the token must have; it covers everything else in the message
     * @return why the token is rejected, which the sender does not learn; empty if it is valid
     */
    Optional<String> objection(String leg, String token, String audience) throws InterruptedException;
}
