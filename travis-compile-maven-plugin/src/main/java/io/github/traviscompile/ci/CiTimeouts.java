package io.github.traviscompile.ci;

import java.time.Duration;

/**
 * The time limits of a run on a hosted service, by this machine's clock.
 *
 * @param queue for builds to appear, and for each job to get a machine
 * @param build for each job to end once it has one
 */
public record CiTimeouts(Duration queue, Duration build) {

    /** The limits of a watch that is only closed, never polled. */
    public static final CiTimeouts NONE = new CiTimeouts(Duration.ofDays(1), Duration.ofDays(1));

    public CiTimeouts {
        if (queue.isNegative() || queue.isZero() || build.isNegative() || build.isZero()) {
            throw new IllegalArgumentException("A limit of no length.");
        }
    }
}
