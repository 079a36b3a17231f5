package io.github.traviscompile;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own, for disks that are full or read-only; skips the test where it cannot be mounted. */
public final class Tmpfs implements AutoCloseable {

    private final Path folder;

    private Tmpfs(Path folder) {
        this.folder = folder;
    }

    /** Mounts on the empty {@code folder}; the test closes it. */
    public static Tmpfs mount(Path folder, String options) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        assumeTrue(Files.isExecutable(Path.of("/bin/mount")), "needs Linux' mount");
        int status = run("/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
        assumeTrue(status == 0, "needs the right to mount a tmpfs");
        return new Tmpfs(folder);
    }

    public Path folder() {
        return folder;
    }

    public void remount(String options) throws IOException, InterruptedException {
        int status = run("/bin/mount", "-o", "remount," + options, folder.toString());
        assumeTrue(status == 0, "needs the right to remount a tmpfs");
    }

    @Override
    public void close() throws IOException {
        try {
            run("/bin/umount", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
