package io.github.traviscompile.run.api;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.RunId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An event of a run. Holds no secret. */
public sealed interface RunEvent {

    /** Returns the time of the event. */
    Instant at();

    /**
     * The plan of the run is complete.
     *
     * @param project the first package and its version
     * @param legs all legs, in the order of the requested platforms
     */
    record Planned(Instant at, String project, List<Leg> legs) implements RunEvent {
        public Planned {
            legs = List.copyOf(legs);
        }
    }

    /**
     * Legs start to wait for their machines.
     *
     * @param run the id in the names of branches and journals
     * @param crates the number of packages that Cargo.lock lists for these legs: no leg compiles more, and most compile
     *     fewer. Empty without a Cargo.lock
     */
    record LegsQueued(Instant at, RunId run, List<Leg> legs, OptionalInt crates) implements RunEvent {
        public LegsQueued {
            legs = List.copyOf(legs);
        }
    }

    /** The run has a pull request, at {@code page}. */
    record PullRequestOpened(Instant at, URI page) implements RunEvent {}

    /**
     * A service shows the job of a leg, or a new state of the job.
     *
     * @param state in the service's own word
     * @param running whether the job has a machine in that state
     */
    record JobSeen(Instant at, Leg leg, String state, boolean running, URI page) implements RunEvent {}

    /**
     * A leg enters {@code phase}, or reports progress in it.
     *
     * @param detail the crate in compilation, the file in upload, or the reason of the failure. May be empty; a reason
     *     may have several lines
     * @param progress within the phase
     */
    record LegMoved(Instant at, Leg leg, LegPhase phase, String detail, Optional<StepProgress> progress)
            implements RunEvent {}

    /**
     * The progress within a phase.
     *
     * @param done the number of crates begun, or of a file's bytes received
     * @param total the number of all of them; 0 if unknown
     */
    record StepProgress(long done, long total) {
        public StepProgress {
            if (done < 0 || total < 0) {
                throw new IllegalArgumentException("Not a progress: " + done + " of " + total + ".");
            }
        }
    }

    /** A remark for the user. */
    record Info(Instant at, String sentence) implements RunEvent {}

    /** A problem that the user should solve, although the run goes on. */
    record Warning(Instant at, String sentence) implements RunEvent {}

    /** The run has packed all files, ready for attachment. */
    record FilesDelivered(Instant at, Delivered delivered) implements RunEvent {}

    /** The end of the run, its last event. */
    record Ended(Instant at, RunResult result, String message) implements RunEvent {}
}
