package io.github.traviscompile.http;

import java.time.Duration;

/** How time passes between two attempts; tests pass one that counts instead. */
@FunctionalInterface
public interface Pause {

    /** As it passes outside of tests. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    void of(Duration duration) throws InterruptedException;
}
