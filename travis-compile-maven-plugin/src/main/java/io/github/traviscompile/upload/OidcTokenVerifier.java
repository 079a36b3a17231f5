package io.github.traviscompile.upload;

import java.util.Optional;

/** Knows by what a leg without a key proves who it is. */
@FunctionalInterface
public interface OidcTokenVerifier {

    /**
     * Judges a token; from the threads that serve legs, of which several may ask at once, and it may wait for others.
     *
     * @param leg the id of the leg that the sender says it is
     * @param token as sent, by whoever
     * @param audience what the token must be meant for: it names everything else that the sender said
     * @return why it is not believed, which the sender is not told; empty if it is
     */
    Optional<String> objection(String leg, String token, String audience) throws InterruptedException;
}
