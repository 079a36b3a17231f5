package io.github.traviscompile.ci;

import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.LegKey;
import java.net.URI;

/**
 * One leg with what only its own job may know.
 *
 * @param key the secret that it delivers with
 * @param endpoint where it delivers, without a path
 */
public record KeyedLeg(Leg leg, LegKey key, URI endpoint) {}
