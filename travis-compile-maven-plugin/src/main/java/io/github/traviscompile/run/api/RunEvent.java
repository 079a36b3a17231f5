package io.github.traviscompile.run.api;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.RunId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Something that happened in a run. Holds no secret. */
public sealed interface RunEvent {

    /** When it happened. */
    Instant at();

    /**
     * It is decided what the run does.
     *
     * @param project the first package and its version
     * @param legs all of them, in the order in which their platforms were named
     */
    record Planned(Instant at, String project, List<Leg> legs) implements RunEvent {
        public Planned {
            legs = List.copyOf(legs);
        }
    }

    /**
     * Legs wait for their machines from now on.
     *
     * @param run what branches and journals call it
     * @param crates how many packages Cargo.lock lets these legs take: no leg compiles more, and most compile fewer. Empty
     *     where there is no Cargo.lock
     */
    record LegsQueued(Instant at, RunId run, List<Leg> legs, OptionalInt crates) implements RunEvent {
        public LegsQueued {
            legs = List.copyOf(legs);
        }
    }

    /** People can see the run on {@code page}. */
    record PullRequestOpened(Instant at, URI page) implements RunEvent {}

    /**
     * A service shows the job of a leg, or shows another state of it.
     *
     * @param state in the service's own word
     * @param running whether that means that it has a machine
     */
    record JobSeen(Instant at, Leg leg, String state, boolean running, URI page) implements RunEvent {}

    /**
     * A leg is in {@code phase}, since now or still.
     *
     * @param detail what it is at: the crate that is compiled, the file that is uploaded, why it failed; may be empty, and
     *     of several lines where it failed
     * @param progress within the phase
     */
    record LegMoved(Instant at, Leg leg, LegPhase phase, String detail, Optional<StepProgress> progress)
            implements RunEvent {}

    /**
     * How much of a phase is done.
     *
     * @param done crates taken up, or bytes of a file received
     * @param total of which there are so many; 0 where that is not known
     */
    record StepProgress(long done, long total) {
        public StepProgress {
            if (done < 0 || total < 0) {
                throw new IllegalArgumentException("Not a progress: " + done + " of " + total + ".");
            }
        }
    }

    /** Something worth a sentence. */
    record Info(Instant at, String sentence) implements RunEvent {}

    /** Something the user should see to though the run goes on. */
    record Warning(Instant at, String sentence) implements RunEvent {}

    /** All is packed and lies where it is to be attached from. */
    record FilesDelivered(Instant at, Delivered delivered) implements RunEvent {}

    /** The run is over: its last event. */
    record Ended(Instant at, RunResult result, String message) implements RunEvent {}
}
