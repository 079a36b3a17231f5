package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Converts ngrok-java's exceptions into messages. ngrok quotes a rejected authtoken, so its texts are always masked.
 */
final class NgrokErrors {

    /** Malformed, invalid, revoked or missing authtokens (ngrok's error reference). */
    private static final Set<String> OF_THE_TOKEN =
            Set.of("ERR_NGROK_105", "ERR_NGROK_106", "ERR_NGROK_107", "ERR_NGROK_4018");

    private NgrokErrors() {}

    static CrossCompileException inWords(Exception failure, Secret authtoken) {
        Throwable root = rootOf(failure);
        String code = detail(root, "getCode");
        String said =
                oneLine(code.isEmpty() ? String.valueOf(root.getMessage()) : detail(root, "getDetails"), authtoken);
        if (root instanceof ReflectiveOperationException || root instanceof LinkageError) {
            return NgrokLibrary.unusable(root);
        } else if (OF_THE_TOKEN.contains(code)) {
            return new ActionNeededException("ngrok refuses the authtoken (" + code + ": " + said + "). Yours stands on"
                    + " https://dashboard.ngrok.com/get-started/your-authtoken; put it into the <server> of settings.xml"
                    + " that " + Parameter.NGROK_SERVER_ID + " names, or into NGROK_AUTHTOKEN.");
        } else if (!code.isEmpty()) {
            return new ActionNeededException("ngrok does not open a tunnel (" + code + ": " + said + "). See"
                    + " https://ngrok.com/docs/errors/" + code.toLowerCase(Locale.ROOT) + ", or use another "
                    + AddressParser.PARAMETER + ".");
        }
        return new WorkFailedException("ngrok cannot be reached: "
                + (root instanceof IOException ? said : root.getClass().getSimpleName() + ": " + said)
                + ". Check that this machine may reach ngrok, or use another " + AddressParser.PARAMETER + ".");
    }

    /** Returns the library's exception without the wrappers of reflection and futures. */
    static Throwable rootOf(Throwable failure) {
        Throwable t = failure;
        while (t.getCause() != null
                && (t instanceof InvocationTargetException
                        || t instanceof ExecutionException
                        || t instanceof ExceptionInInitializerError
                        || t.getClass() == RuntimeException.class)) {
            t = t.getCause();
        }
        return t;
    }

    /** Returns a property of com.ngrok.NgrokException; empty for every other exception. */
    private static String detail(Throwable failure, String getter) {
        try {
            return failure.getClass().getName().equals("com.ngrok.NgrokException")
                    ? String.valueOf(failure.getClass().getMethod(getter).invoke(failure))
                    : "";
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("com.ngrok.NgrokException has lost its " + getter + ".", e);
        }
    }

    private static String oneLine(String text, Secret authtoken) {
        return authtoken
                .maskIn(text)
                .replaceAll("https?://\\S+", "…")
                .replaceAll("\\s+", " ")
                .strip()
                .replaceFirst("\\.$", "");
    }
}
