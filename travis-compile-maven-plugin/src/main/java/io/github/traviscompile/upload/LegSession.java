package io.github.traviscompile.upload;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the endpoint keeps of one leg while the run lasts. */
final class LegSession {

    private final String leg;
    private final boolean saysHello;
    private final NonceMemory nonces;
    private final Map<String, OutputTransfer> deliveries;
    private volatile @Nullable LegSecrets secrets;

    /** @param secrets empty for a leg that makes its key itself and says hello with it */
    LegSession(String leg, Optional<LegSecrets> secrets, NonceMemory nonces, Map<String, OutputTransfer> deliveries) {
        this.leg = leg;
        this.saysHello = secrets.isEmpty();
        this.secrets = secrets.orElse(null);
        this.nonces = nonces;
        this.deliveries = Map.copyOf(deliveries);
    }

    String leg() {
        return leg;
    }

    boolean saysHello() {
        return saysHello;
    }

    /** What follows from its key; empty until it has said hello. */
    Optional<LegSecrets> secrets() {
        return Optional.ofNullable(secrets);
    }

    /** From now on this is its key. */
    void introduce(LegSecrets own) {
        secrets = own;
    }

    NonceMemory nonces() {
        return nonces;
    }

    Map<String, OutputTransfer> deliveries() {
        return deliveries;
    }

    /** Whether the plan has what the target is about. */
    boolean owes(RequestTarget target) {
        return !(target instanceof RequestTarget.OfOutput o) || deliveries.containsKey(o.output());
    }

    /** The delivery of an output that the leg {@linkplain #owes owes}. */
    OutputTransfer delivery(RequestTarget.OfOutput target) {
        return Objects.requireNonNull(deliveries.get(target.output()));
    }
}
