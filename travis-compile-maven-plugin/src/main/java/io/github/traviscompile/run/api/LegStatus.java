package io.github.traviscompile.run.api;

import io.github.traviscompile.model.Leg;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a leg is, by what was told of it.
 *
 * @param since when it came into the phase
 * @param detail as the last event says
 * @param progress within the phase
 * @param crates that it compiles at most
 * @param job where a person sees it, on a hosted service
 */
public record LegStatus(
        Leg leg,
        LegPhase phase,
        Instant since,
        String detail,
        Optional<RunEvent.StepProgress> progress,
        OptionalInt crates,
        Optional<URI> job) {

    /** What becomes of {@code statuses}, each under its leg's id, by {@code event}; legs of which nothing is known are new. */
    public static void update(Map<String, LegStatus> statuses, RunEvent event) {
        if (event instanceof RunEvent.Planned planned) {
            planned.legs().forEach(leg -> statuses.put(leg.id(), queued(leg, event.at(), OptionalInt.empty())));
        } else if (event instanceof RunEvent.LegsQueued queued) {
            queued.legs().forEach(leg -> statuses.put(leg.id(), queued(leg, event.at(), queued.crates())));
        } else if (event instanceof RunEvent.LegMoved moved) {
            statuses.compute(moved.leg().id(), (id, old) -> {
                LegStatus before = old == null ? queued(moved.leg(), event.at(), OptionalInt.empty()) : old;
                return before.moved(moved);
            });
        } else if (event instanceof RunEvent.JobSeen seen) {
            statuses.computeIfPresent(seen.leg().id(), (id, old) -> old.seen(seen));
        }
    }

    /** Where all legs are after {@code events}, in the order in which they were planned. */
    public static List<LegStatus> after(List<RunEvent> events) {
        Map<String, LegStatus> statuses = new LinkedHashMap<>();
        events.forEach(event -> update(statuses, event));
        return List.copyOf(statuses.values());
    }

    private static LegStatus queued(Leg leg, Instant at, OptionalInt crates) {
        return new LegStatus(leg, LegPhase.QUEUED, at, "", Optional.empty(), crates, Optional.empty());
    }

    /** What was overtaken is of no interest any more. */
    private LegStatus moved(RunEvent.LegMoved moved) {
        if (moved.phase().compareTo(phase) < 0) {
            return this;
        }
        return new LegStatus(
                moved.leg(),
                moved.phase(),
                moved.phase() == phase ? since : moved.at(),
                moved.detail(),
                moved.progress(),
                crates,
                job);
    }

    /** As long as the leg waits, the service's word on it is all there is to tell. */
    private LegStatus seen(RunEvent.JobSeen seen) {
        Optional<URI> page = Optional.of(seen.page());
        if (phase != LegPhase.QUEUED) {
            return new LegStatus(leg, phase, since, detail, progress, crates, page);
        }
        return seen.running()
                ? new LegStatus(leg, LegPhase.SETTING_UP, seen.at(), "", progress, crates, page)
                : new LegStatus(leg, phase, since, seen.state(), progress, crates, page);
    }
}
