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
 * A block of terminal lines that is redrawn in place. Between two calls the cursor is in the empty line below, without
 * a colour. So a sudden end of the JVM needs no repair. It reads no input and changes no terminal setting. Its opener
 * closes it. Not thread-safe, except for {@link #resized}.
 */
final class LiveBlock implements AutoCloseable {

    private final Terminal terminal;
    private final boolean colours;
    private Display display;
    private List<AttributedString> drawn = List.of();
    private Size drawnAt;
    private volatile Size size;
    private boolean over;

    /** @param terminal closed with this block */
    LiveBlock(Terminal terminal, boolean colours) {
        this.terminal = terminal;
        this.colours = colours;
        this.display = new Display(terminal, false);
        this.size = terminal.getSize();
        this.drawnAt = size;
        terminal.handle(Terminal.Signal.WINCH, signal -> resized());
    }

    /**
     * Opens the terminal if both standard input and output are one. It uses JLine's provider {@code exec}, which calls
     * {@code stty}. Newer JVMs warn of providers with native libraries, and these conflict with Maven 4's own.
     *
     * @return empty without a terminal whose cursor can be moved
     */
    static Optional<LiveBlock> open(boolean colours) {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .name("travis-compile")
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .provider("exec")
                    // Otherwise SIGINT would end the JVM without its shutdown hooks.
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
            // JLine reports a missing terminal by either exception.
            return Optional.empty();
        }
    }

    /** Reads the terminal's new size. */
    void resized() {
        size = terminal.getSize();
    }

    void draw(Board board, Instant now) {
        update(new Frame(size, colours, terminal.encoding()).lines(board, now));
    }

    /** Erases the lines, so that the next output begins at their place. */
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
            // -1 leaves the cursor at the end of the last line.
            display.update(ended(lines), lines.isEmpty() ? 0 : -1);
            drawn = lines;
            drawnAt = now;
        } catch (IllegalStateException e) {
            // The JVM is stopping, and JLine has closed the terminal.
            over = true;
        }
    }

    /** Ends each line with its own line break: JLine takes a line without one for the first part of a wrapped line. */
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

    /**
     * Erases the lines after the terminal became {@code columns} wide: most terminals wrap lines that are now too long.
     */
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

    /** Closes the terminal; the lines stay on screen. */
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
