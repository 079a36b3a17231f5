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
 * The state of a leg, according to the events so far.
 *
 * @param since the start of the phase
 * @param detail the detail of the last event
 * @param progress within the phase
 * @param crates the largest possible number of crates to compile
 * @param job the page of its job on a hosted service
 */
public record LegStatus(
        Leg leg,
        LegPhase phase,
        Instant since,
        String detail,
        Optional<RunEvent.StepProgress> progress,
        OptionalInt crates,
        Optional<URI> job) {

    /** Updates {@code statuses}, by leg id, after {@code event}. Adds legs that are not in it yet. */
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

    /** Returns the states of all legs after {@code events}, in the order of the plan. */
    public static List<LegStatus> after(List<RunEvent> events) {
        Map<String, LegStatus> statuses = new LinkedHashMap<>();
        events.forEach(event -> update(statuses, event));
        return List.copyOf(statuses.values());
    }

    private static LegStatus queued(Leg leg, Instant at, OptionalInt crates) {
        return new LegStatus(leg, LegPhase.QUEUED, at, "", Optional.empty(), crates, Optional.empty());
    }

    /** Applies the event, unless the leg is already in a later phase. */
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

    /** Applies the service's state, which is the only detail while the leg waits. */
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
