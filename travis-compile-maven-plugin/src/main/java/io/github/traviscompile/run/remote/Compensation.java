package io.github.traviscompile.run.remote;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.EventPublisher;

/**
 * Removes one thing that a run created outside this machine, however the run ends. A failure never hides why the run
 * failed and never fails a successful run: it is a warning, and the journal stays.
 */
public final class Compensation<T> implements AutoCloseable {

    /** The way to remove a thing. */
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
        // An interrupted thread must remove it too.
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
