package io.github.traviscompile.mojo.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs a task periodically in its own thread until its opener closes it. */
final class Ticker implements AutoCloseable {

    private static final Duration JOINING = Duration.ofSeconds(5);

    private final Duration period;
    private final Runnable task;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::tick, "travis-compile-console");

    private Ticker(Duration period, Runnable task) {
        this.period = period;
        this.task = task;
    }

    /** Starts the thread, which first runs {@code task} after one {@code period}. */
    static Ticker start(Duration period, Runnable task) {
        Ticker ticker = new Ticker(period, task);
        ticker.thread.setDaemon(true);
        ticker.thread.start();
        return ticker;
    }

    private void tick() {
        try {
            while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                task.run();
            }
        } catch (InterruptedException e) {
            // An interruption of this thread means its end.
            return;
        }
    }

    /** Stops the task and waits for its current run to finish. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(JOINING.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
