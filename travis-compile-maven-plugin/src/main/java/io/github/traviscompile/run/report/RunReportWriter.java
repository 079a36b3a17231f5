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
 * Keeps what is told of a run while passing it on, and writes it down when the run is over, or when the JVM is told to stop
 * before. Closed by whoever opened it, after {@link #end}. Thread-safe.
 */
public final class RunReportWriter implements RunListener, AutoCloseable {

    /**
     * What was kept of the phase that a leg is in.
     *
     * @param last where its last event is in the list, unless there is only one
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
     * @param file where it is written down, with a page for people beside it
     */
    public static RunReportWriter open(RunListener next, InstantSource clock, Path file, String pluginVersion) {
        RunReportWriter recorder = new RunReportWriter(next, clock, file, pluginVersion);
        Runtime.getRuntime().addShutdownHook(recorder.hook);
        return recorder;
    }

    @Override
    public void onEvent(RunEvent event) {
        keep(event);
        next.onEvent(event);
    }

    /** A leg may tell of thousands of crates: of each phase, the first and the last event stay. */
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

    /** The run is over, and is written down; that it cannot be is a warning. */
    public void end(RunResult result, String message) {
        RunEvent.Ended ended = new RunEvent.Ended(clock.instant(), stopping ? RunResult.INTERRUPTED : result, message);
        // Files are closed under a thread that was interrupted.
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

    /** The run's thread may not come to its end any more. */
    private void stopped() {
        stopping = true;
        try {
            write(new RunEvent.Ended(clock.instant(), RunResult.INTERRUPTED, "The JVM was told to stop."));
        } catch (WorkFailedException e) {
            next.onEvent(new RunEvent.Warning(clock.instant(), e.getMessage()));
        }
    }

    private synchronized void write(RunEvent.Ended ended) throws WorkFailedException {
        boolean planned = events.stream().anyMatch(RunEvent.Planned.class::isInstance);
        // What is no project gets no build directory, but where there is one, no record of an earlier run stays in it.
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
            // The JVM is stopping, and the hook has written or does.
            return;
        }
    }
}
