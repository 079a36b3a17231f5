package io.github.traviscompile.model;

import java.time.Duration;

/** How time passes between two attempts. */
@FunctionalInterface
public interface Pause {

    /** As it passes outside of tests. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    void of(Duration duration) throws InterruptedException;
}
