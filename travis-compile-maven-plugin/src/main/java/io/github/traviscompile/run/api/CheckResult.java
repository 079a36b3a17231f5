package io.github.traviscompile.run.api;

import java.util.Locale;

/**
 * The result of the check of one thing that a run needs.
 *
 * @param subject the checked thing, in a few words
 * @param sentence the finding, or the user's next step; may have several lines, holds no secret
 */
public record CheckResult(String subject, State verdict, String sentence) {

    /** The verdict on the checked thing. */
    public enum State {
        /** It meets the needs of a run. */
        READY,
        /** Runs go on, but the user should know. */
        REMARK,
        /** Runs refuse to start until the user acts. */
        MISSING,
        /** It fails, or the check itself failed, for a reason out of the user's reach. */
        BROKEN;

        /** Returns the word for it in documents. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns whether runs refuse to start because of it. */
    public boolean isBad() {
        return verdict == State.MISSING || verdict == State.BROKEN;
    }
}
