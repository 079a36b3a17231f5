package io.github.traviscompile.run.remote;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.EventPublisher;

/**
 * Ends one thing that a run made outside of this machine, at whatever end the run comes to. That it cannot be ended never
 * hides why the run failed, and takes nothing from one that succeeded: it is a warning, and the journal stays.
 */
public final class Compensation<T> implements AutoCloseable {

    /** How a thing is ended. */
    public interface Ending<T> {
        void of(T thing) throws CrossCompileException;
    }

    private final T thing;
    private final Ending<T> ending;
    private final RunJournal journal;
    private final EventPublisher listener;

    public Compensation(T thing, Ending<T> ending, RunJournal journal, EventPublisher listener) {
        this.thing = thing;
        this.ending = ending;
        this.journal = journal;
        this.listener = listener;
    }

    public T thing() {
        return thing;
    }

    @Override
    public void close() {
        // What is to end must end also for a thread that was asked to stop.
        boolean interrupted = Thread.interrupted();
        try {
            ending.of(thing);
        } catch (CrossCompileException e) {
            journal.left();
            listener.warning(
                    e.getMessage() + " The next run tries again, and so does the goal travis-compile:clean-up.");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
