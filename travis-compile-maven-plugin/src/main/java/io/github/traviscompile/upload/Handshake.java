package io.github.traviscompile.upload;

/**
 * The endpoint's means to accept legs without a key.
 *
 * @param key to whose public half the legs wrap their own keys
 * @param verifier of the identity tokens that the legs send
 */
public record Handshake(HandshakeKey key, OidcTokenVerifier verifier) {}
