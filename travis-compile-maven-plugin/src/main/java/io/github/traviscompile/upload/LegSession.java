package io.github.traviscompile.upload;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the endpoint keeps of one leg while the run lasts. */
record LegSession(String leg, LegSecrets secrets, NonceMemory nonces, Map<String, Delivery> deliveries) {

    LegSession {
        deliveries = Map.copyOf(deliveries);
    }

    /** The delivery of the output with this id, if the plan has one. */
    @Nullable
    Delivery delivery(String output) {
        return deliveries.get(output);
    }
}
