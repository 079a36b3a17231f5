package io.github.traviscompile.mojo.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * A few lines of a terminal that are drawn again in place. Between two calls the cursor stands in the free line below them,
 * with no colour set, so that nothing needs to be put right when the JVM ends there. Reads nothing and changes no setting of
 * the terminal. Whoever opened it closes it. Not thread-safe, but for {@link #resized}.
 */
final class LiveBlock implements AutoCloseable {

    private final Terminal terminal;
    private final boolean colours;
    private Display display;
    private List<AttributedString> drawn = List.of();
    private Size drawnAt;
    private volatile Size size;
    private boolean over;

    /** @param terminal closed with this */
    LiveBlock(Terminal terminal, boolean colours) {
        this.terminal = terminal;
        this.colours = colours;
        this.display = new Display(terminal, false);
        this.size = terminal.getSize();
        this.drawnAt = size;
        terminal.handle(Terminal.Signal.WINCH, signal -> resized());
    }

    /**
     * Opens the terminal that both standard input and output are. With JLine's provider {@code exec}, which calls
     * {@code stty}: those that load native libraries are warned of by newer JVMs, and get into the way of Maven 4's own.
     *
     * @return nothing where there is no terminal, or none whose cursor can be moved
     */
    static Optional<LiveBlock> open(boolean colours) {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .name("travis-compile")
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .provider("exec")
                    // Or else SIGINT would end the JVM without its shutdown hooks.
                    .nativeSignals(false)
                    .dumb(false)
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)
                    || terminal.getSize().getColumns() == 0) {
                terminal.close();
                return Optional.empty();
            }
            return Optional.of(new LiveBlock(terminal, colours));
        } catch (IOException | IllegalStateException e) {
            // It says so by either.
            return Optional.empty();
        }
    }

    /** The terminal has another size now. */
    void resized() {
        size = terminal.getSize();
    }

    void draw(Board board, Instant now) {
        update(new Frame(size, colours, terminal.encoding()).lines(board, now));
    }

    /** Takes the lines away, so that what is written next stands where they began. */
    void clear() {
        update(List.of());
    }

    private void update(List<AttributedString> lines) {
        if (over) {
            return;
        }
        try {
            Size now = size;
            if (!now.equals(drawnAt)) {
                wipe(now.getColumns());
                display = new Display(terminal, false);
            }
            display.resize(now.getRows(), now.getColumns());
            // -1 leaves the cursor where the last line ends.
            display.update(ended(lines), lines.isEmpty() ? 0 : -1);
            drawn = lines;
            drawnAt = now;
        } catch (IllegalStateException e) {
            // The JVM is stopping, and JLine has closed the terminal.
            over = true;
        }
    }

    /** Each with an end of its own: JLine takes one without for the first part of a line that the terminal breaks. */
    private static List<AttributedString> ended(List<AttributedString> lines) {
        List<AttributedString> ended = new ArrayList<>();
        for (AttributedString line : lines) {
            ended.add(AttributedString.join(AttributedString.EMPTY, line, AttributedString.NEWLINE));
        }
        if (!lines.isEmpty()) {
            ended.add(AttributedString.EMPTY);
        }
        return ended;
    }

    /** Takes away what a terminal that has become {@code columns} wide makes of the lines: most break those too long. */
    private void wipe(int columns) {
        int rows = drawn.stream()
                .mapToInt(line -> Math.max(1, (line.columnLength() + columns - 1) / columns))
                .sum();
        terminal.puts(Capability.carriage_return);
        if (rows > 0) {
            terminal.puts(Capability.parm_up_cursor, rows);
        }
        terminal.puts(Capability.clr_eos);
    }

    /** Leaves the lines as they are. */
    @Override
    public void close() {
        over = true;
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A terminal cannot be closed.", e);
        }
    }
}
