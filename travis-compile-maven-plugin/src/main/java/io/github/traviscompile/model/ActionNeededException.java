package io.github.traviscompile.model;

import java.io.IOException;

/** A failure that the user can remove: wrong configuration, a leg that does not compile, a missing tool. */
public final class ActionNeededException extends CrossCompileException {

    public ActionNeededException(String message) {
        super(message, null);
    }

    public ActionNeededException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Describes a failure of the file system that the user can remove.
     *
     * @param what what failed, with the value, without a full stop
     * @param remedy what to do, as a sentence
     */
    public static ActionNeededException of(String what, IOException cause, String remedy) {
        return new ActionNeededException(what + ": " + inWords(cause) + ". " + remedy, cause);
    }
}
