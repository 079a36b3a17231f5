package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.ci.CiJob.Stage;

/** The states of builds and jobs, in the words of the API. */
enum AppVeyorState {
    QUEUED(Stage.WAITING),
    STARTING(Stage.WAITING),
    RUNNING(Stage.RUNNING),
    /** A user or the service has requested its end. */
    CANCELLING(Stage.RUNNING),
    SUCCESS(Stage.PASSED),
    FAILED(Stage.FAILED),
    CANCELLED(Stage.BROKEN);

    private final Stage stage;

    AppVeyorState(Stage stage) {
        this.stage = stage;
    }

    /** Returns the meaning of {@code word} to a run; an unknown word means that it waits. */
    static Stage stage(String word) {
        for (AppVeyorState state : values()) {
            if (state.name().equalsIgnoreCase(word)) {
                return state.stage;
            }
        }
        return Stage.WAITING;
    }
}
