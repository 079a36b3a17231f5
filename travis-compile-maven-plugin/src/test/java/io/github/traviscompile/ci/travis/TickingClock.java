package io.github.traviscompile.ci.travis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on when a test says so, and by a step each time it is read. */
final class TickingClock implements InstantSource {

    private final Duration step;
    private Instant now = Instant.parse("2026-11-22T15:13:12Z");

    TickingClock(Duration step) {
        this.step = step;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        now = now.plus(step);
        return now;
    }
}
