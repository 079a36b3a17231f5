package io.github.traviscompile.upload;

import io.github.traviscompile.platform.LegKey;
import io.github.traviscompile.platform.Output;
import java.util.List;

/**
 * What the endpoint knows of one leg: who it is and what it may deliver.
 *
 * @param leg the leg's id on the wire, {@code [a-z0-9][a-z0-9_.-]{0,63}} but not {@code self-test}
 * @param key the secret it shares with the endpoint
 * @param outputs everything it owes, with distinct ids and file names
 */
public record LegAccount(String leg, LegKey key, List<Output> outputs) {

    public LegAccount {
        outputs = List.copyOf(outputs);
        if (!leg.matches(Target.ID) || leg.equals(SelfTest.LEG)) {
            throw new IllegalArgumentException("Not a leg id: '" + leg + "'.");
        }
        long ids = outputs.stream().map(Output::id).distinct().count();
        long files = outputs.stream().map(Output::fileName).distinct().count();
        if (ids != outputs.size() || files != outputs.size()) {
            throw new IllegalArgumentException("The leg " + leg + " owes an output twice.");
        }
    }
}
