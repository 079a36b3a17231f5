package io.github.traviscompile.run.api;

import java.util.Locale;

/**
 * What a look at one thing that a run needs showed.
 *
 * @param subject what was looked at, in a few words
 * @param sentence what is known of it, or what the user has to do; of several lines at times, and without a secret
 */
public record CheckResult(String subject, State verdict, String sentence) {

    /** Whether a run can rely on it. */
    public enum State {
        /** It is as it has to be. */
        READY,
        /** No run is refused for it, but the user should know. */
        REMARK,
        /** Runs are refused until the user has done something. */
        MISSING,
        /** It does not work, or could not be found out, for no reason that the user could remove. */
        BROKEN;

        /** The word for it in documents. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether runs are refused for it. */
    public boolean isBad() {
        return verdict == State.MISSING || verdict == State.BROKEN;
    }
}
