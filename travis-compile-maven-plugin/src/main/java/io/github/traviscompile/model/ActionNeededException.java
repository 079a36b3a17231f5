package io.github.traviscompile.model;

/** The answer is no and the user can change it: wrong configuration, a leg that does not compile, a missing tool. */
public final class ActionNeededException extends CrossCompileException {

    public ActionNeededException(String message) {
        super(message, null);
    }

    public ActionNeededException(String message, Throwable cause) {
        super(message, cause);
    }
}
