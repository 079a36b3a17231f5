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
 * Shows what a run does: plain lines, or, once there are legs to wait for and where there is a terminal, a block of lines
 * that is drawn again in place, never both. Thread-safe. Whoever opened it closes it when the run is over.
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
     * Plain lines whatever there is.
     *
     * @param info writes one line
     * @param warning writes one line that warns
     */
    public static Console plain(InstantSource clock, Consumer<String> info, Consumer<String> warning) {
        return new Console(clock, info, warning, Optional::empty);
    }

    /**
     * A block of lines, if standard output is a terminal.
     *
     * @param colours whether its lines have any
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
            // Not before, since a run that reuses all is over before a terminal is opened.
            live = terminal.get().orElse(null);
            ticker = Ticker.start(live == null ? HEARTBEAT : FRAME, this::tick);
        }
        if (live == null) {
            plain.onEvent(event, before);
        } else if (event instanceof RunEvent.Info told) {
            above(live, () -> info.accept(told.sentence()));
        } else if (event instanceof RunEvent.Warning told) {
            above(live, () -> warning.accept(told.sentence()));
        }
    }

    private void above(LiveBlock block, Runnable line) {
        block.clear();
        line.run();
        block.draw(board, clock.instant());
    }

    /** Time has passed. */
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

    /** The block stays as it is last. */
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
