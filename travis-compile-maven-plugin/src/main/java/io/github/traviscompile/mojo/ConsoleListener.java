package io.github.traviscompile.mojo;

import io.github.traviscompile.build.BuildListener;
import io.github.traviscompile.platform.Leg;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.maven.plugin.logging.Log;

/** Turns what a run says into plain lines: one for each change of phase, and now and then one from within a phase. */
final class ConsoleListener implements BuildListener {

    /** A phase that goes on shows a line this often at most. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Shown(String phase, long atNanos) {}

    private final Log log;
    private final LongSupplier nanoClock;
    private final Map<String, Shown> lastShown = new ConcurrentHashMap<>();

    ConsoleListener(Log log, LongSupplier nanoClock) {
        this.log = log;
        this.nanoClock = nanoClock;
    }

    @Override
    public void info(String sentence) {
        log.info(sentence);
    }

    @Override
    public void warning(String sentence) {
        log.warn(sentence);
    }

    @Override
    public void progress(Leg leg, String phase, String detail) {
        long now = nanoClock.getAsLong();
        Shown last = lastShown.get(leg.id());
        if (last != null && last.phase().equals(phase) && now - last.atNanos() < QUIET_NANOS) {
            return;
        }
        lastShown.put(leg.id(), new Shown(phase, now));
        log.info(leg.id() + ": " + phase + (detail.isEmpty() ? "" : " – " + detail));
    }
}
