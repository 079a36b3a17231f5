package io.github.traviscompile.run.api;

import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.model.Leg;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Sends events to a listener, each with its time. */
public final class EventPublisher {

    private final RunListener listener;
    private final InstantSource clock;

    public EventPublisher(RunListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** Sends the event that {@code event} makes from the current time. */
    public void tell(Function<Instant, RunEvent> event) {
        listener.onEvent(event.apply(clock.instant()));
    }

    public void info(String sentence) {
        tell(at -> new RunEvent.Info(at, sentence));
    }

    public void warning(String sentence) {
        tell(at -> new RunEvent.Warning(at, sentence));
    }

    public void moved(Leg leg, LegPhase phase) {
        moved(leg, phase, "");
    }

    public void moved(Leg leg, LegPhase phase, String detail) {
        tell(at -> new RunEvent.LegMoved(at, leg, phase, detail, Optional.empty()));
    }

    /** Sends a leg's progress within the phase; a {@code total} of 0 means unknown. */
    public void moved(Leg leg, LegPhase phase, String detail, long done, long total) {
        tell(at -> new RunEvent.LegMoved(at, leg, phase, detail, Optional.of(new RunEvent.StepProgress(done, total))));
    }

    public void job(CiJob job) {
        boolean running = job.stage() == CiJob.Stage.RUNNING;
        tell(at -> new RunEvent.JobSeen(at, job.leg(), job.state(), running, job.page()));
    }
}
