package io.github.traviscompile.ci;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import java.net.URI;
import java.util.Optional;

/**
 * One leg with the secrets of its own job.
 *
 * @param key the secret that authenticates its deliveries; empty for a leg that makes it itself
 * @param endpoint the address of its deliveries, without a path; empty for a leg whose service keeps its outputs
 */
public record KeyedLeg(Leg leg, Optional<LegKey> key, Optional<URI> endpoint) {

    /** Returns its secret, for services that pass it to the job. */
    public LegKey requireKey() {
        return key.orElseThrow(() -> new IllegalStateException("The leg " + leg.id() + " was given no key."));
    }

    /** Returns the address of its deliveries, for services whose legs always have one. */
    public URI requireEndpoint() {
        return endpoint.orElseThrow(() -> new IllegalStateException("The leg " + leg.id() + " has no endpoint."));
    }

    /** Omits the endpoint, which only the leg may know. */
    @Override
    public String toString() {
        return "KeyedLeg[" + leg.id() + "]";
    }
}
