package io.github.traviscompile.ci.actions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on when a test says so. */
final class SetClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-22T15:13:12Z");

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
