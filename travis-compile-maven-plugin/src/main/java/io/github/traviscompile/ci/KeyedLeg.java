package io.github.traviscompile.ci;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import java.net.URI;
import java.util.Optional;

/**
 * One leg with what only its own job may know.
 *
 * @param key the secret that it delivers with; empty for a leg that makes it itself
 * @param endpoint where it delivers, without a path; empty for a leg whose service keeps what it compiled
 */
public record KeyedLeg(Leg leg, Optional<LegKey> key, Optional<URI> endpoint) {

    /** Its secret, for services that hand it over. */
    public LegKey requireKey() {
        return key.orElseThrow(() -> new IllegalStateException("The leg " + leg.id() + " was given no key."));
    }

    /** Where it delivers, for services whose legs always do. */
    public URI requireEndpoint() {
        return endpoint.orElseThrow(() -> new IllegalStateException("The leg " + leg.id() + " has no endpoint."));
    }

    /** Without the address, which nobody else may know. */
    @Override
    public String toString() {
        return "KeyedLeg[" + leg.id() + "]";
    }
}
