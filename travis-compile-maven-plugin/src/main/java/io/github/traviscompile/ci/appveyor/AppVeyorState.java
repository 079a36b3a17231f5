package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.ci.CiJob.Stage;

/** How far builds and jobs are, in the words of the API. */
enum AppVeyorState {
    QUEUED(Stage.WAITING),
    STARTING(Stage.WAITING),
    RUNNING(Stage.RUNNING),
    /** Somebody wants it to end. */
    CANCELLING(Stage.RUNNING),
    SUCCESS(Stage.PASSED),
    FAILED(Stage.FAILED),
    CANCELLED(Stage.BROKEN);

    private final Stage stage;

    AppVeyorState(Stage stage) {
        this.stage = stage;
    }

    /** What {@code word} means to a run; a word that is new to us means that it waits. */
    static Stage stage(String word) {
        for (AppVeyorState state : values()) {
            if (state.name().equalsIgnoreCase(word)) {
                return state.stage;
            }
        }
        return Stage.WAITING;
    }
}
