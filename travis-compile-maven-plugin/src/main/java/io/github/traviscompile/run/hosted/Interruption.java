package io.github.traviscompile.run.hosted;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.EventPublisher;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While a run has things outside of this machine: when the JVM is told to stop, by Ctrl-C or SIGTERM, the run's thread is
 * interrupted, and the JVM waits until it has undone them. Closed last, by the thread that opened it.
 */
public final class Interruption implements AutoCloseable {

    /** What a person who pressed Ctrl-C accepts. */
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

    /** What a library did meanwhile may have swallowed the interrupt. */
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
            // Nobody is left to tell.
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
