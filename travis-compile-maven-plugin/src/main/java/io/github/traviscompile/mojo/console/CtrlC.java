package io.github.traviscompile.mojo.console;

import org.jline.utils.Signals;

/** Handles Ctrl-C in the JVM. */
public final class CtrlC {

    private static final String SIGNAL = "INT";

    /** The shells' exit status for a signal: 128 plus its number. */
    private static final int STATUS = 130;

    private CtrlC() {}

    /**
     * Makes Ctrl-C end the JVM through its shutdown hooks, which clean up after a run. The JVM does so by default, but
     * Maven 4 (seen in 4.0.0-rc-6) opens a terminal library that resets all signals to the system's defaults. Nothing
     * reverts this change: modules in the same build need it until the last one ends.
     */
    public static void runHooks() {
        Signals.register(SIGNAL, () -> System.exit(STATUS));
    }
}
