package io.github.traviscompile.upload;

/**
 * By what the endpoint lets in legs that come without a key.
 *
 * @param key to which they wrap their own
 * @param judge of the tokens by which they prove who they are
 */
public record Handshake(HandshakeKey key, OidcTokenVerifier judge) {}
