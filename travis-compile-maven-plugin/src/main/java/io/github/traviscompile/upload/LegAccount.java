package io.github.traviscompile.upload;

import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.Output;
import java.util.List;
import java.util.Optional;

/**
 * A leg's identity and outputs, as the endpoint knows them.
 *
 * @param leg the leg's id on the wire, {@code [a-z0-9][a-z0-9_.-]{0,63}} but not {@code self-test}
 * @param key the secret shared with the endpoint; empty for a leg that makes its key itself and sends it in a handshake
 * @param outputs all outputs that the leg must deliver, with distinct ids and file names
 */
public record LegAccount(String leg, Optional<LegKey> key, List<Output> outputs) {

    public LegAccount {
        outputs = List.copyOf(outputs);
        if (!leg.matches(RequestTarget.ID) || leg.equals(EndpointProbe.LEG)) {
            throw new IllegalArgumentException("Not a leg id: '" + leg + "'.");
        }
        long ids = outputs.stream().map(Output::id).distinct().count();
        long files = outputs.stream().map(Output::fileName).distinct().count();
        if (ids != outputs.size() || files != outputs.size()) {
            throw new IllegalArgumentException("The leg " + leg + " has two outputs of the same id or file name.");
        }
    }

    /** Creates an account for a leg that was given its key. */
    public LegAccount(String leg, LegKey key, List<Output> outputs) {
        this(leg, Optional.of(key), outputs);
    }

    /** Creates an account for a leg that makes its key itself and sends it in a handshake. */
    public static LegAccount awaitingHello(String leg, List<Output> outputs) {
        return new LegAccount(leg, Optional.empty(), outputs);
    }
}
