package io.github.traviscompile.build;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.WorkFailedException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which legs of a run need not be compiled, and the keeping of those that were. */
final class Reuse {

    private final ReuseStore store;
    private final CrossCompileRequest.Running running;
    private final Function<Leg, ReuseKey> keys;
    private final Announcer listener;

    Reuse(ReuseStore store, CrossCompileRequest.Running running, Function<Leg, ReuseKey> keys, Announcer listener) {
        this.store = store;
        this.running = running;
        this.keys = keys;
        this.listener = listener;
    }

    /** Those of {@code legs} that the store has whole, copied into {@code work}. */
    Map<Leg, FinishedLeg> find(List<Leg> legs, WorkDirectory work) throws WorkFailedException {
        Map<Leg, FinishedLeg> found = new LinkedHashMap<>();
        if (running.reuse() && !running.forceBuild()) {
            for (Leg leg : legs) {
                store.find(keys.apply(leg), leg, work.reused(leg.platform())).ifPresent(hit -> found.put(leg, hit));
            }
        }
        found.forEach((leg, hit) -> listener.moved(
                leg,
                LegPhase.REUSED,
                "since source, options and toolchain are those of "
                        + hit.finished().truncatedTo(ChronoUnit.SECONDS)
                        + " (-Dtravis-compile.forceBuild compiles it again)"));
        return found;
    }

    /** Keeps a leg that was just compiled, as the run's other legs may yet fail and a rerun need only those. */
    FinishedLeg keep(LegEnd end, FinishedLeg finished) {
        if (!running.reuse()) {
            return finished;
        }
        ReuseKey key = keys.apply(end.leg());
        Optional<String> warning = running.forceBuild() ? store.replace(key, finished) : store.keep(key, finished);
        warning.ifPresent(listener::warning);
        return finished;
    }
}
