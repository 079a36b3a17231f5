package io.github.traviscompile.run.report;

import io.github.traviscompile.model.RunId;
import io.github.traviscompile.run.api.Delivered;
import io.github.traviscompile.run.api.LegStatus;
import io.github.traviscompile.run.api.RunEvent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The events of a finished run.
 *
 * @param pluginVersion the version of the plugin that ran
 * @param events in order of arrival; of a leg's reports within one phase, the first and the last. The final event
 *     is {@link RunEvent.Ended}
 */
public record RunReport(String pluginVersion, List<RunEvent> events) {

    public RunReport {
        events = List.copyOf(events);
        if (events.stream().filter(RunEvent.Ended.class::isInstance).count() != 1
                || !(events.get(events.size() - 1) instanceof RunEvent.Ended)) {
            throw new IllegalArgumentException("A run that is over has one end, after all else.");
        }
    }

    /** Returns the first package and its version; empty without a plan, as for an unreadable project. */
    public Optional<String> project() {
        return of(RunEvent.Planned.class).map(RunEvent.Planned::project).findFirst();
    }

    /**
     * Returns the id in branches and journals: that of the hosted part, if there is one; empty if no leg was started.
     */
    public Optional<RunId> run() {
        return of(RunEvent.LegsQueued.class).map(RunEvent.LegsQueued::run).reduce((first, second) -> second);
    }

    public Instant started() {
        return events.get(0).at();
    }

    public RunEvent.Ended ended() {
        return (RunEvent.Ended) events.get(events.size() - 1);
    }

    /** Returns the final status of each leg, in the plan's order. */
    public List<LegStatus> legs() {
        return LegStatus.after(events);
    }

    public Optional<URI> pullRequest() {
        return of(RunEvent.PullRequestOpened.class)
                .map(RunEvent.PullRequestOpened::page)
                .findFirst();
    }

    /** Returns the delivered files; empty for a failed run. */
    public Optional<Delivered> delivered() {
        return of(RunEvent.FilesDelivered.class)
                .map(RunEvent.FilesDelivered::delivered)
                .findFirst();
    }

    /** Returns the events of one kind. */
    public <E extends RunEvent> Stream<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
