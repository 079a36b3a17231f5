package io.github.traviscompile.run.report;

import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.api.RunListener;
import io.github.traviscompile.run.api.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Records the events of a run while passing them on. Writes the report at the end of the run, or when the JVM stops
 * earlier. Its opener closes it, after {@link #end}. Thread-safe.
 */
public final class RunReportWriter implements RunListener, AutoCloseable {

    /**
     * The recorded events of a leg's current phase.
     *
     * @param last the index of its last event, unless there is only one
     */
    private record Span(@Nullable LegPhase phase, OptionalInt last) {
        static final Span NONE = new Span(null, OptionalInt.empty());
    }

    private final RunListener next;
    private final InstantSource clock;
    private final Path file;
    private final String pluginVersion;
    private final SortedMap<String, Long> sizesBefore;
    private final List<RunEvent> events = new ArrayList<>();
    private final Map<String, Span> spans = new HashMap<>();
    private final Thread hook = new Thread(this::stopped, "travis-compile-report");
    private volatile boolean stopping;

    private RunReportWriter(RunListener next, InstantSource clock, Path file, String pluginVersion) {
        this.next = next;
        this.clock = clock;
        this.file = file;
        this.pluginVersion = pluginVersion;
        this.sizesBefore = RunJson.sizes(file);
    }

    /**
     * Begins a report.
     *
     * @param file the report's file; an HTML page is written beside it
     */
    public static RunReportWriter open(RunListener next, InstantSource clock, Path file, String pluginVersion) {
        RunReportWriter writer = new RunReportWriter(next, clock, file, pluginVersion);
        Runtime.getRuntime().addShutdownHook(writer.hook);
        return writer;
    }

    @Override
    public void onEvent(RunEvent event) {
        keep(event);
        next.onEvent(event);
    }

    /**
     * Records an event. A leg can report thousands of crates, so only the first and the last event of each phase stay.
     */
    private synchronized void keep(RunEvent event) {
        if (event instanceof RunEvent.LegMoved moved) {
            String leg = moved.leg().id();
            Span span = spans.getOrDefault(leg, Span.NONE);
            if (span.phase() != moved.phase()) {
                spans.put(leg, new Span(moved.phase(), OptionalInt.empty()));
            } else if (span.last().isEmpty()) {
                spans.put(leg, new Span(moved.phase(), OptionalInt.of(events.size())));
            } else {
                events.set(span.last().getAsInt(), event);
                return;
            }
        }
        events.add(event);
    }

    /** Ends the run and writes the report; a failure to write is a warning. */
    public void end(RunResult result, String message) {
        RunEvent.Ended ended = new RunEvent.Ended(clock.instant(), stopping ? RunResult.INTERRUPTED : result, message);
        // The JDK closes the file channels of an interrupted thread.
        boolean interrupted = Thread.interrupted();
        try {
            write(ended);
        } catch (WorkFailedException e) {
            next.onEvent(new RunEvent.Warning(clock.instant(), e.getMessage()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        next.onEvent(ended);
    }

    /** Writes the report at JVM shutdown, because the run's thread may never finish. */
    private void stopped() {
        stopping = true;
        try {
            write(new RunEvent.Ended(clock.instant(), RunResult.INTERRUPTED, "The JVM was stopped."));
        } catch (WorkFailedException e) {
            next.onEvent(new RunEvent.Warning(clock.instant(), e.getMessage()));
        }
    }

    private synchronized void write(RunEvent.Ended ended) throws WorkFailedException {
        boolean planned = events.stream().anyMatch(RunEvent.Planned.class::isInstance);
        // Creates no directory for a non-project; replaces an earlier run's report.
        if (planned || Files.isDirectory(file.resolve("../..").normalize())) {
            List<RunEvent> all = new ArrayList<>(events);
            all.add(ended);
            RunReport report = new RunReport(pluginVersion, all);
            RunJson.write(report, sizesBefore, file);
            RunPage.write(report, sizesBefore, file.resolveSibling("report.html"));
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is stopping; the shutdown hook writes the report.
            return;
        }
    }
}
