package io.github.traviscompile.upload;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoint's state of one leg during the run. */
final class LegSession {

    private final String leg;
    private final boolean makesOwnKey;
    private final NonceMemory nonces;
    private final Map<String, OutputTransfer> transfers;
    private volatile @Nullable LegSecrets secrets;

    /** @param secrets empty for a leg that makes its key itself and sends it in a handshake */
    LegSession(String leg, Optional<LegSecrets> secrets, NonceMemory nonces, Map<String, OutputTransfer> transfers) {
        this.leg = leg;
        this.makesOwnKey = secrets.isEmpty();
        this.secrets = secrets.orElse(null);
        this.nonces = nonces;
        this.transfers = Map.copyOf(transfers);
    }

    String leg() {
        return leg;
    }

    boolean makesOwnKey() {
        return makesOwnKey;
    }

    /** Returns the keys derived from the leg's key; empty until its handshake. */
    Optional<LegSecrets> secrets() {
        return Optional.ofNullable(secrets);
    }

    /** Replaces the leg's key. */
    void setSecrets(LegSecrets newSecrets) {
        secrets = newSecrets;
    }

    NonceMemory nonces() {
        return nonces;
    }

    Map<String, OutputTransfer> transfers() {
        return transfers;
    }

    /** Whether the target's output, if it has one, is among the leg's outputs. */
    boolean hasOutputOf(RequestTarget target) {
        return !(target instanceof RequestTarget.OfOutput o) || transfers.containsKey(o.output());
    }

    /** Returns the transfer of an output that the leg {@linkplain #hasOutputOf has}. */
    OutputTransfer transfer(RequestTarget.OfOutput target) {
        return Objects.requireNonNull(transfers.get(target.output()));
    }
}
