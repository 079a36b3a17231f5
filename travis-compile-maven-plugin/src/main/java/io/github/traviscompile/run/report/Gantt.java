package io.github.traviscompile.run.report;

import io.github.traviscompile.run.api.Elapsed;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.LegStatus;
import io.github.traviscompile.run.api.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The phases of each leg as bars over one time axis: an SVG in the page. The page's style sheet defines its colours and
 * patterns.
 *
 * @param start of the axis
 * @param end of the axis, after the start
 */
record Gantt(Instant start, Instant end, List<Row> rows) {

    private static final int LABELS = 170;
    private static final int CHART = 640;
    private static final int WIDTH = LABELS + CHART + 110;
    private static final int ROW = 26;
    private static final int AXIS = 28;
    private static final int MOST_TICKS = 8;

    /** Readable distances between two marks of the axis, in seconds. */
    private static final List<Long> STEPS = List.of(1L, 2L, 5L, 10L, 30L, 60L, 120L, 300L, 600L, 1800L, 3600L, 7200L);

    /** The bars of one leg. */
    record Row(LegStatus status, List<Bar> bars) {

        Row {
            bars = List.copyOf(bars);
        }

        /** Returns the time that the leg spent in {@code phase}; empty if it never entered it. */
        Optional<Duration> in(LegPhase phase) {
            return bars.stream()
                    .filter(bar -> bar.phase() == phase)
                    .map(Bar::length)
                    .reduce(Duration::plus);
        }
    }

    /** A phase of a leg, from one moment to another. */
    record Bar(LegPhase phase, Instant from, Instant to) {

        Duration length() {
            return Duration.between(from, to);
        }
    }

    static Gantt of(RunReport report) {
        Map<String, LegStatus> statuses = new LinkedHashMap<>();
        Map<String, List<Bar>> bars = new HashMap<>();
        for (RunEvent event : report.events()) {
            Map<String, LegStatus> before = new HashMap<>(statuses);
            LegStatus.update(statuses, event);
            before.forEach((leg, status) -> {
                LegPhase phase = Objects.requireNonNull(statuses.get(leg)).phase();
                if (phase != status.phase()) {
                    add(bars, leg, status, event.at());
                }
            });
        }
        Instant end = report.ended().at();
        statuses.forEach((leg, status) -> {
            if (!status.phase().isFinal()) {
                add(bars, leg, status, end);
            }
        });
        List<Row> rows = statuses.values().stream()
                .map(status -> new Row(
                        status,
                        status.phase() == LegPhase.REUSED
                                ? List.of()
                                : bars.getOrDefault(status.leg().id(), List.of())))
                .toList();
        return new Gantt(report.started(), end, rows);
    }

    private static void add(Map<String, List<Bar>> bars, String leg, LegStatus status, Instant until) {
        // A delivered leg waits for the other legs; that time gets no bar.
        if (until.isAfter(status.since()) && status.phase() != LegPhase.DELIVERED) {
            bars.computeIfAbsent(leg, id -> new ArrayList<>()).add(new Bar(status.phase(), status.since(), until));
        }
    }

    void draw(Markup page) {
        int height = AXIS + rows.size() * ROW + 6;
        page.open(
                "svg",
                "class",
                "gantt",
                "viewBox",
                "0 0 " + WIDTH + " " + height,
                "role",
                "img",
                "aria-label",
                "The phases of each leg over time; the table below has the same in numbers");
        patterns(page);
        axis(page, height);
        for (int i = 0; i < rows.size(); i++) {
            row(page, rows.get(i), AXIS + i * ROW);
        }
        page.close();
    }

    /** Draws patterns, so that phases differ without colours too. */
    private static void patterns(Markup page) {
        page.open("defs");
        for (LegPhase phase : List.of(LegPhase.QUEUED, LegPhase.UPLOADING, LegPhase.VERIFYING)) {
            page.open(
                    "pattern",
                    "id",
                    "p-" + className(phase),
                    "width",
                    "6",
                    "height",
                    "6",
                    "patternUnits",
                    "userSpaceOnUse");
            page.empty("rect", "class", className(phase), "width", "6", "height", "6");
            String line = phase == LegPhase.QUEUED ? "M0 6L6 0" : phase == LegPhase.UPLOADING ? "M0 0L6 6" : "M3 0V6";
            page.empty("path", "class", "hatch", "d", line);
            page.close();
        }
        page.close();
    }

    private void axis(Markup page, int height) {
        long seconds = Math.max(1, Duration.between(start, end).toSeconds());
        long step = STEPS.stream()
                .filter(each -> seconds / each < MOST_TICKS)
                .findFirst()
                .orElse(seconds / MOST_TICKS + 1);
        for (long second = 0; second <= seconds; second += step) {
            String x = number(x(start.plusSeconds(second)));
            page.empty("line", "class", "tick", "x1", x, "y1", "20", "x2", x, "y2", String.valueOf(height));
            page.element(
                    "text",
                    second == 0 ? "0" : Elapsed.of(Duration.ofSeconds(second)),
                    "class",
                    "axis",
                    "x",
                    x,
                    "y",
                    "14");
        }
    }

    private void row(Markup page, Row row, int y) {
        page.element("text", row.status().leg().id(), "x", "0", "y", String.valueOf(y + 17));
        for (Bar bar : row.bars()) {
            double from = x(bar.from());
            page.open(
                    "rect",
                    "class",
                    "bar " + className(bar.phase()),
                    "x",
                    number(from),
                    "y",
                    String.valueOf(y + 4),
                    "width",
                    number(Math.max(1.5, x(bar.to()) - from)),
                    "height",
                    String.valueOf(ROW - 8));
            page.element("title", bar.phase().id() + " " + Elapsed.precisely(bar.length()));
            page.close();
        }
        page.element(
                "text",
                row.status().phase().id(),
                "x",
                String.valueOf(LABELS + CHART + 12),
                "y",
                String.valueOf(y + 17));
    }

    private double x(Instant at) {
        double whole = Math.max(1, Duration.between(start, end).toMillis());
        return LABELS + CHART * Duration.between(start, at).toMillis() / whole;
    }

    static String className(LegPhase phase) {
        return phase.id().replace(' ', '-');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
