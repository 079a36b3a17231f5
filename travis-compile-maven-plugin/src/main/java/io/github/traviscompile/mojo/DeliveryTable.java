package io.github.traviscompile.mojo;

import io.github.traviscompile.run.api.Delivered;
import io.github.traviscompile.run.api.DeliveredFile;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.Elapsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The table at the end of a run. It has a line for each file with outputs, and its columns are as wide as their
 * content.
 */
final class DeliveryTable {

    private static final List<String> HEADER =
            List.of("platform", "files", "size", "sha256", "runs from", "compiled", "");

    private DeliveryTable() {}

    static List<String> of(Delivered delivered) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        delivered.platforms().forEach(platform -> platform.files().forEach(file -> rows.add(row(platform, file))));
        delivered
                .together()
                .ifPresent(jar -> rows.add(List.of(
                        jar.name().classifier(),
                        "",
                        jar.sizeInWords(),
                        jar.sha256().abbreviated(),
                        "",
                        "",
                        "")));
        return align(rows);
    }

    /** Returns a line for each row. All rows have as many columns as the first. */
    static List<String> align(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(DeliveredPlatform delivered, DeliveredFile file) {
        return List.of(
                delivered.platform().id(),
                String.join(", ", file.holds()),
                file.sizeInWords(),
                file.sha256().abbreviated(),
                delivered.inspection().oldestSystem().map(Object::toString).orElse(""),
                Elapsed.precisely(delivered.compileTime()),
                delivered.reused() ? "reused" : "built");
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(
                        column -> String.format(Locale.ROOT, "%-" + Math.max(1, widths[column]) + "s", row.get(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
