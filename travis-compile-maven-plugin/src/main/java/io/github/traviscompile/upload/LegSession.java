package io.github.traviscompile.upload;

import java.util.Map;
import java.util.Objects;

/** What the endpoint keeps of one leg while the run lasts. */
record LegSession(String leg, LegSecrets secrets, NonceMemory nonces, Map<String, Delivery> deliveries) {

    LegSession {
        deliveries = Map.copyOf(deliveries);
    }

    /** Whether the plan has what the target is about. */
    boolean owes(Target target) {
        return !(target instanceof Target.OfOutput o) || deliveries.containsKey(o.output());
    }

    /** The delivery of an output that the leg {@linkplain #owes owes}. */
    Delivery delivery(Target.OfOutput target) {
        return Objects.requireNonNull(deliveries.get(target.output()));
    }
}
