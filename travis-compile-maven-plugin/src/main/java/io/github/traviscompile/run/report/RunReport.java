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
 * All that is told of a run that is over.
 *
 * @param pluginVersion of the plugin that did it
 * @param events in the order in which they were heard; of what a leg tells within one phase, the first and the last. The very
 *     last is {@link RunEvent.Ended}
 */
public record RunReport(String pluginVersion, List<RunEvent> events) {

    public RunReport {
        events = List.copyOf(events);
        if (events.stream().filter(RunEvent.Ended.class::isInstance).count() != 1
                || !(events.get(events.size() - 1) instanceof RunEvent.Ended)) {
            throw new IllegalArgumentException("A run that is over has one end, after all else.");
        }
    }

    /** The first package and its version; empty where nothing was planned, as the project could not be read. */
    public Optional<String> project() {
        return of(RunEvent.Planned.class).map(RunEvent.Planned::project).findFirst();
    }

    /** What branches and journals call the run: the hosted part, where there is one; empty if no leg was started. */
    public Optional<RunId> run() {
        return of(RunEvent.LegsQueued.class).map(RunEvent.LegsQueued::run).reduce((first, second) -> second);
    }

    public Instant started() {
        return events.get(0).at();
    }

    public RunEvent.Ended ended() {
        return (RunEvent.Ended) events.get(events.size() - 1);
    }

    /** Where each leg was at the end, in the order in which they were planned. */
    public List<LegStatus> legs() {
        return LegStatus.after(events);
    }

    public Optional<URI> pullRequest() {
        return of(RunEvent.PullRequestOpened.class)
                .map(RunEvent.PullRequestOpened::page)
                .findFirst();
    }

    /** What is there to be attached; empty for a run that failed. */
    public Optional<Delivered> delivered() {
        return of(RunEvent.FilesDelivered.class)
                .map(RunEvent.FilesDelivered::delivered)
                .findFirst();
    }

    /** The events of one kind. */
    public <E extends RunEvent> Stream<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
