package io.github.traviscompile.mojo.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;

/** A terminal with the screen content that its user sees. */
final class Screen {

    final LineDisciplineTerminal terminal;

    /** All bytes written so far. */
    final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private final ScreenTerminal screen;
    private final Charset charset;
    private int shown;

    Screen(int columns, int rows) throws IOException {
        this(columns, rows, StandardCharsets.UTF_8);
    }

    Screen(int columns, int rows, Charset charset) throws IOException {
        this.charset = charset;
        screen = new ScreenTerminal(columns, rows);
        terminal = new LineDisciplineTerminal("screen", "xterm-256color", written, charset);
        terminal.setSize(new Size(columns, rows));
    }

    /** Writes a line without the block's knowledge, as Maven does. */
    void log(String line) {
        written.writeBytes((line + "\r\n").getBytes(charset));
    }

    void resize(int columns, int rows) {
        look();
        screen.setSize(columns, rows);
        terminal.setSize(new Size(columns, rows));
        terminal.raise(Terminal.Signal.WINCH);
    }

    /** Returns the rows from the top to the last one that is not empty. */
    List<String> rows() {
        String all = look();
        return Arrays.stream(all.stripTrailing().split("\n"))
                .map(row -> row.replaceAll("\\s+$", ""))
                .toList();
    }

    private String look() {
        String text = written.toString(charset);
        screen.write(text.substring(shown));
        shown = text.length();
        return screen.toString();
    }
}
