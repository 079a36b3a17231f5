package io.github.traviscompile.upload;

import java.util.HashSet;
import java.util.Set;

/**
 * The nonces that one leg has used. Forgetting one would allow a replay, so the server refuses requests when this is
 * full.
 */
final class NonceMemory {

    private record Nonce(long high, long low) {}

    private final Set<Nonce> seen = new HashSet<>();
    private final int capacity;

    NonceMemory(int capacity) {
        this.capacity = capacity;
    }

    /** Records a nonce of 32 hex digits; returns {@code false} if it was used before. */
    synchronized boolean isNew(String hex) {
        return seen.add(new Nonce(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16)));
    }

    synchronized boolean isFull() {
        return seen.size() >= capacity;
    }
}
