package io.github.traviscompile.git;

/**
 * One file of a snapshot, for display and reports.
 *
 * @param path relative, separated by {@code /}; bytes that are not UTF-8 shown as U+FFFD
 * @param bytes the size; of a symbolic link, that of its target's name
 */
public record SnapshotFile(String path, long bytes, Kind kind) {

    /** The kinds that git distinguishes (its modes 100644, 100755 and 120000). */
    public enum Kind {
        FILE,
        EXECUTABLE,
        SYMLINK
    }
}
