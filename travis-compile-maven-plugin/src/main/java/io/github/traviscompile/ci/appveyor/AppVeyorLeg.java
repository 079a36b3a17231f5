package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.model.Leg;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One leg with the secrets of its own job.
 *
 * @param secure encrypted values by the name of the variable that each becomes
 */
record AppVeyorLeg(Leg leg, SortedMap<String, String> secure) {

    AppVeyorLeg {
        secure = Collections.unmodifiableSortedMap(new TreeMap<>(secure));
        secure.forEach((name, value) -> {
            if (!value.matches("[A-Za-z0-9+/]+={0,2}")) {
                throw new IllegalArgumentException(
                        "The secure value '" + name + "' of the leg " + leg.id() + " is not base64.");
            }
        });
    }
}
