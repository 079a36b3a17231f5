package io.github.traviscompile.ci.travis;

import io.github.traviscompile.model.Leg;
import java.util.List;

/**
 * One leg with the secrets of its own job.
 *
 * @param secure values of {@link TravisKey#encrypt}, which become variables of the job
 */
public record TravisLeg(Leg leg, List<String> secure) {

    public TravisLeg {
        secure = List.copyOf(secure);
        for (String value : secure) {
            if (!value.matches("[A-Za-z0-9+/]+={0,2}")) {
                throw new IllegalArgumentException("A secure value of the leg " + leg.id() + " is not base64.");
            }
        }
    }
}
