package io.github.traviscompile.run.hosted;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.EventPublisher;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the run's thread when Ctrl-C or SIGTERM stops the JVM. The JVM then waits until the run has removed what it
 * created outside of this machine. The thread that opened it closes it last.
 */
public final class Interruption implements AutoCloseable {

    /** The longest wait that a user accepts after Ctrl-C. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Thread run = Thread.currentThread();
    private volatile boolean stopping;
    private final CountDownLatch undone = new CountDownLatch(1);
    private final EventPublisher listener;
    private final Runnable hurry;
    private final Thread hook = new Thread(this::stop, "travis-compile-undo");

    private Interruption(EventPublisher listener, Runnable hurry) {
        this.listener = listener;
        this.hurry = hurry;
    }

    /**
     * @param hurry called before the run is interrupted: nothing may wait for long from then on
     */
    static Interruption watch(EventPublisher listener, Runnable hurry) {
        Interruption interruption = new Interruption(listener, hurry);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Whether the JVM was told to stop. */
    boolean isStopping() {
        return stopping;
    }

    /** Fails if the JVM is stopping; a library may have swallowed the interrupt. */
    void requireGoing() throws InterruptedException {
        if (stopping) {
            throw new InterruptedException("The JVM was told to stop.");
        }
    }

    /**
     * Returns {@code e}, for the caller to throw or to tell.
     *
     * @throws InterruptedException if this thread was interrupted: what waits for GitHub can only say that it broke off
     */
    public static CrossCompileException unlessInterrupted(CrossCompileException e) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException(e.getMessage());
            interrupted.initCause(e);
            throw interrupted;
        }
        return e;
    }

    private void stop() {
        stopping = true;
        hurry.run();
        listener.info("Told to stop: the build, the pull request and the branch of this run are being removed.");
        run.interrupt();
        try {
            if (!undone.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                listener.warning("Not everything of this run could be removed within " + LONGEST.toSeconds()
                        + " s. The next run does it, or the goal travis-compile:clean-up.");
            }
        } catch (InterruptedException e) {
            // No listener is left.
            return;
        }
    }

    @Override
    public void close() {
        undone.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is stopping, and the hook was waiting for this.
            return;
        }
    }
}
