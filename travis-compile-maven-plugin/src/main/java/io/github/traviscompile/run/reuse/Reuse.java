package io.github.traviscompile.run.reuse;

import io.github.traviscompile.ci.CiProvider;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.ReuseMode;
import io.github.traviscompile.run.legs.WorkDirectory;
import io.github.traviscompile.run.plan.Merger;
import io.github.traviscompile.run.plan.Plan;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds finished legs for a run and stores the legs that it compiled. */
public final class Reuse {

    private final ReuseStore store;
    private final CrossCompileRequest.Execution running;
    private final Function<Leg, ReuseKey> keys;
    private final EventPublisher listener;

    public Reuse(
            ReuseStore store,
            CrossCompileRequest.Execution running,
            Function<Leg, ReuseKey> keys,
            EventPublisher listener) {
        this.store = store;
        this.running = running;
        this.keys = keys;
        this.listener = listener;
    }

    /**
     * Returns the legs of {@code plan} that the store has completely, copied into {@code work}. A leg compiled by
     * another hosted service counts too, under that service's name.
     */
    public Map<Leg, FinishedLeg> find(Plan plan, WorkDirectory work) throws WorkFailedException {
        Map<Leg, FinishedLeg> found = new LinkedHashMap<>();
        if (running.reuse() == ReuseMode.ON) {
            for (Leg leg : plan.legs()) {
                find(leg, work.reused(leg.platform()), found);
            }
        }
        for (Leg merged : plan.merged()) {
            dropMixed(Merger.parts(merged.platform(), plan.legs()), found);
        }
        found.forEach((leg, hit) -> listener.moved(
                leg,
                LegPhase.REUSED,
                "since source, options and toolchain are those of "
                        + hit.finished().truncatedTo(ChronoUnit.SECONDS)
                        + (plan.legs().contains(leg)
                                ? ""
                                : ", when " + leg.service().title() + " compiled it")
                        + " (" + Parameter.FORCE_BUILD.property() + " compiles it again)"));
        return found;
    }

    private void find(Leg leg, Path into, Map<Leg, FinishedLeg> found) throws WorkFailedException {
        List<Leg> alike = new ArrayList<>(List.of(leg));
        if (!leg.service().isLocal()) {
            CiProviders.all().stream()
                    .map(CiProvider::service)
                    .filter(other -> !other.equals(leg.service()))
                    .forEach(other -> alike.add(leg.on(other)));
        }
        for (Leg each : alike) {
            Optional<FinishedLeg> hit = store.find(keys.apply(each), each, into);
            if (hit.isPresent()) {
                found.put(each, hit.get());
                return;
            }
        }
    }

    /** Drops mixed parts, because all parts of a merged file must come from one service. */
    private static void dropMixed(List<Leg> parts, Map<Leg, FinishedLeg> found) {
        Set<Service> services = parts.stream()
                .map(part -> found.keySet().stream()
                        .filter(leg -> leg.platform() == part.platform())
                        .findFirst()
                        .orElse(part))
                .map(Leg::service)
                .collect(Collectors.toSet());
        if (services.size() > 1) {
            found.keySet()
                    .removeIf(leg -> parts.stream()
                            .anyMatch(part -> part.platform() == leg.platform()
                                    && !part.service().equals(leg.service())));
        }
    }

    /** Stores a compiled leg at once: other legs of the run may still fail, and a rerun then needs only those. */
    public FinishedLeg keep(LegEnd end, FinishedLeg finished) {
        if (running.reuse() == ReuseMode.OFF) {
            return finished;
        }
        ReuseKey key = keys.apply(end.leg());
        Optional<String> warning =
                running.reuse() == ReuseMode.REFRESH ? store.replace(key, finished) : store.keep(key, finished);
        warning.ifPresent(listener::warning);
        return finished;
    }
}
