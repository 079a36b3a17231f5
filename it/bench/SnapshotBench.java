package io.github.traviscompile.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Makes a tree to take a snapshot of, or takes it: {@code make <tree> <files>}, {@code take <tree> <store>}. The clock
 * runs from the first use of the plugin's classes, as in a build that takes one snapshot and ends.
 */
final class SnapshotBench {

    private static final String LINE = "    let value = compute(left, right).map(|x| x + 1); // ";

    public static void main(String[] args) throws Exception {
        Path tree = Path.of(args[1]);
        if (args[0].equals("make")) {
            make(tree, Integer.parseInt(args[2]));
            return;
        }
        long start = System.nanoTime();
        try (Snapshot snapshot = Snapshot.take(SnapshotRequest.of(tree.toRealPath()), Path.of(args[2]))) {
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(Locale.ROOT, "%.4f %s%n", seconds, snapshot.tree());
        }
    }

    /** Sources of 0.1 to 20 KB that compress as code does, ten to a folder, with what .gitignore hides beside them. */
    private static void make(Path tree, int files) throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < files; i++) {
            Path folder = tree.resolve("crates/c" + i / 100 + "/src/m" + i / 10 % 10);
            Files.createDirectories(folder);
            StringBuilder source = new StringBuilder();
            int lines = 1 + (int) Math.pow(random.nextDouble() * 6, 3);
            for (int line = 0; line < lines; line++) {
                source.append(LINE).append(Integer.toHexString(random.nextInt())).append('\n');
            }
            Files.write(folder.resolve("f" + i + ".rs"), source.toString().getBytes(StandardCharsets.UTF_8));
            Files.writeString(folder.resolve("f" + i + ".bk"), "hidden");
        }
        Files.writeString(tree.resolve(".gitignore"), "*.bk\n/target\n");
        Files.writeString(tree.resolve("Cargo.toml"), "[workspace]\nmembers = [\"crates/*\"]\n");
    }
}
