package io.github.traviscompile.mojo.console;

import org.jline.utils.Signals;

/** What the JVM does when a person presses Ctrl-C. */
public final class CtrlC {

    private static final String SIGNAL = "INT";

    /** As shells count: 128 and the number of the signal. */
    private static final int STATUS = 130;

    private CtrlC() {}

    /**
     * Lets it end the JVM by way of its shutdown hooks, which undo what a run has begun. A JVM does so by itself, until
     * Maven 4 (seen in 4.0.0-rc-6) opens a terminal whose library sets all signals to the system's defaults. Nothing sets
     * this back: modules that are built at the same time need it for as long as the last of them.
     */
    public static void runHooks() {
        Signals.register(SIGNAL, () -> System.exit(STATUS));
    }
}
