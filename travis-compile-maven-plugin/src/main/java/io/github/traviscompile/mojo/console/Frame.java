package io.github.traviscompile.mojo.console;

import io.github.traviscompile.run.api.Elapsed;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.LegStatus;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * The redrawn lines: one for the run, and one for each leg.
 *
 * @param size the size of the terminal
 * @param colours whether lines are coloured
 * @param charset the charset of the terminal
 */
record Frame(Size size, boolean colours, Charset charset) {

    private static final int NARROWEST = 10;

    /** Returns the lines at {@code now}: fewer than the terminal's rows, each shorter than its width. */
    List<AttributedString> lines(Board board, Instant now) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(header(board, now));
        List<LegStatus> legs = board.legs();
        // One row for the run, one for the cursor.
        int room = Math.max(1, size.getRows() - 2);
        List<LegStatus> shown = legs.size() <= room ? legs : mostInteresting(legs, room - 1);
        int width = legs.stream().mapToInt(leg -> leg.leg().id().length()).max().orElse(0);
        shown.forEach(leg -> lines.add(line(leg, width, now)));
        if (shown.size() < legs.size()) {
            lines.add(rest(legs.stream().filter(leg -> !shown.contains(leg)).toList()));
        }
        return lines;
    }

    private AttributedString header(Board board, Instant now) {
        String text = "travis-compile · "
                + Elapsed.of(Duration.between(board.begun().orElse(now), now))
                + board.pullRequest().map(page -> " · " + page).orElse("");
        return cut(styled(text, AttributedStyle.BOLD));
    }

    private AttributedString line(LegStatus leg, int width, Instant now) {
        String name = leg.leg().id();
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.append("  ").append(name).append(" ".repeat(width - name.length() + 2));
        line.append(styled(LegWords.of(leg, now), style(leg.phase())));
        return cut(line.toAttributedString());
    }

    /** Selects the legs to show, finished legs last; the order stays. */
    private static List<LegStatus> mostInteresting(List<LegStatus> legs, int count) {
        List<LegStatus> chosen = legs.stream()
                .sorted(Comparator.comparing((LegStatus leg) -> leg.phase().isFinal() && leg.phase() != LegPhase.FAILED
                        ? 2
                        : leg.phase() == LegPhase.QUEUED ? 1 : 0))
                .limit(Math.max(0, count))
                .toList();
        return legs.stream().filter(chosen::contains).toList();
    }

    private AttributedString rest(List<LegStatus> legs) {
        String counts = legs.stream()
                .collect(Collectors.groupingBy(LegStatus::phase, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().id())
                .collect(Collectors.joining(", "));
        return cut(styled("  and " + legs.size() + " more: " + counts, AttributedStyle.DEFAULT));
    }

    private AttributedString styled(String text, AttributedStyle style) {
        return colours ? new AttributedString(text, style) : new AttributedString(text);
    }

    private static AttributedStyle style(LegPhase phase) {
        return switch (phase) {
            case QUEUED -> AttributedStyle.DEFAULT;
            case SETTING_UP, COMPILING, UPLOADING, DELIVERED, VERIFYING ->
                AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
            case VERIFIED, REUSED -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
            case FAILED ->
                AttributedStyle.DEFAULT.foreground(AttributedStyle.RED).bold();
            case STOPPED -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
        };
    }

    /** Cuts a line by display columns. The last column stays empty, because some terminals begin a new line there. */
    private AttributedString cut(AttributedString whole) {
        AttributedString line = showable(whole);
        int columns = Math.max(NARROWEST, size.getColumns()) - 1;
        if (line.columnLength() <= columns) {
            return line;
        }
        String mark = charset.newEncoder().canEncode('…') ? "…" : "~";
        return AttributedString.join(
                AttributedString.EMPTY, line.columnSubSequence(0, columns - 1), new AttributedString(mark));
    }

    /** Replaces characters that the terminal cannot show or could interpret as commands. */
    private AttributedString showable(AttributedString line) {
        AttributedStringBuilder shown = new AttributedStringBuilder(line.length());
        for (int i = 0; i < line.length(); ) {
            int point = Character.codePointAt(line, i);
            shown.style(line.styleAt(i)).append(substitute(point));
            i += Character.charCount(point);
        }
        return shown.toAttributedString();
    }

    private String substitute(int point) {
        String text = Character.toString(point);
        if (Character.isISOControl(point)) {
            return " ";
        }
        return charset.newEncoder().canEncode(text) ? text : point == '·' ? "-" : point == '≤' ? "<=" : "?";
    }
}
