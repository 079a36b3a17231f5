package io.github.traviscompile.http;

import java.time.Duration;

/** The passing of time between two attempts; tests pass one that counts instead. */
@FunctionalInterface
public interface Pause {

    /** Sleeps. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    void of(Duration duration) throws InterruptedException;
}
