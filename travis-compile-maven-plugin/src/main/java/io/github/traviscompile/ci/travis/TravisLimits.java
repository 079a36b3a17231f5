package io.github.traviscompile.ci.travis;

import java.time.Duration;

/**
 * How long a run waits for Travis CI, by this machine's clock.
 *
 * @param queue for a build to appear, and for each job to get a machine
 * @param build for each job to end once it has one
 */
public record TravisLimits(Duration queue, Duration build) {

    public TravisLimits {
        if (!TravisPatience.isPositive(queue) || !TravisPatience.isPositive(build)) {
            throw new IllegalArgumentException("A limit of no length.");
        }
    }
}
