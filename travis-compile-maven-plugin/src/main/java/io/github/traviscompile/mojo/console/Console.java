package io.github.traviscompile.mojo.console;

import io.github.traviscompile.run.api.LegStatus;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.api.RunListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of a run, as plain lines or as a redrawn block of lines, never both. The block needs queued legs
 * and a terminal as standard output. Thread-safe. Its opener closes it after the run.
 */
public final class Console implements RunListener, AutoCloseable {

    private static final Duration FRAME = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Consumer<String> info;
    private final Consumer<String> warning;
    private final Supplier<Optional<LiveBlock>> terminal;
    private final Board board = new Board();
    private final PlainLines plain;
    private @Nullable LiveBlock live;
    private @Nullable Ticker ticker;
    private boolean over;

    Console(
            InstantSource clock,
            Consumer<String> info,
            Consumer<String> warning,
            Supplier<Optional<LiveBlock>> terminal) {
        this.clock = clock;
        this.info = info;
        this.warning = warning;
        this.terminal = terminal;
        this.plain = new PlainLines(board, info, warning);
    }

    /**
     * Opens a console that always writes plain lines.
     *
     * @param info writes one line
     * @param warning writes one warning line
     */
    public static Console plain(InstantSource clock, Consumer<String> info, Consumer<String> warning) {
        return new Console(clock, info, warning, Optional::empty);
    }

    /**
     * Opens a console with a block of lines, if standard output is a terminal.
     *
     * @param colours whether lines are coloured
     */
    public static Console live(InstantSource clock, Consumer<String> info, Consumer<String> warning, boolean colours) {
        return new Console(clock, info, warning, () -> LiveBlock.open(colours));
    }

    @Override
    public synchronized void onEvent(RunEvent event) {
        Optional<LegStatus> before =
                event instanceof RunEvent.LegMoved moved ? board.leg(moved.leg().id()) : Optional.empty();
        board.onEvent(event);
        if (event instanceof RunEvent.LegsQueued && ticker == null && !over) {
            // The terminal is opened only now, because a run that reuses all legs needs none.
            live = terminal.get().orElse(null);
            ticker = Ticker.start(live == null ? HEARTBEAT : FRAME, this::tick);
        }
        if (live == null) {
            plain.onEvent(event, before);
        } else if (event instanceof RunEvent.Info message) {
            above(live, () -> info.accept(message.sentence()));
        } else if (event instanceof RunEvent.Warning message) {
            above(live, () -> warning.accept(message.sentence()));
        }
    }

    private void above(LiveBlock block, Runnable line) {
        block.clear();
        line.run();
        block.draw(board, clock.instant());
    }

    /** Updates the display after a period. */
    synchronized void tick() {
        if (over) {
            return;
        }
        if (live == null) {
            plain.tick(clock.instant());
        } else {
            live.draw(board, clock.instant());
        }
    }

    /** Ends the display; the last block stays on screen. */
    @Override
    public void close() {
        @Nullable Ticker started;
        synchronized (this) {
            tick();
            over = true;
            started = ticker;
        }
        if (started != null) {
            started.close();
        }
        synchronized (this) {
            if (live != null) {
                live.close();
                live = null;
            }
        }
    }
}
