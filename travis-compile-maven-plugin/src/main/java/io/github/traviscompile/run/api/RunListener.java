package io.github.traviscompile.run.api;

/** Hears what a run does, while it does it. Calls come from several threads, perhaps at the same time. */
@FunctionalInterface
public interface RunListener {

    /** Something happened. Returns soon, as the run waits for it. */
    void onEvent(RunEvent event);
}
