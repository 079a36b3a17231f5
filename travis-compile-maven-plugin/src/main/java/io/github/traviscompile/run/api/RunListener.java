package io.github.traviscompile.run.api;

/** Receives the events of a run. Several threads call it, possibly at the same time. */
@FunctionalInterface
public interface RunListener {

    /** Receives an event. Must return soon, because the run waits for it. */
    void onEvent(RunEvent event);
}
