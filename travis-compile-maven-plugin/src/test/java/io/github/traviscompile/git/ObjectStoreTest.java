package io.github.traviscompile.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.model.WorkFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoreTest {

    @TempDir
    private Path temporary;

    private Path root;
    private Path store;

    @BeforeEach
    void makeTree() throws Exception {
        root = Files.createDirectory(temporary.resolve("tree"));
        store = temporary.resolve("store");
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        Files.write(root.resolve("noise"), noise);
        byte[] large = new byte[10 << 20];
        new Random(2).nextBytes(large);
        Files.write(root.resolve("large"), large);
    }

    @Test
    void doesNotGrowWithoutChanges() throws Exception {
        take().close();
        long first = size();
        long packs = packs();
        for (int run = 0; run < 3; run++) {
            take().close();
        }
        assertThat(size()).isEqualTo(first);
        assertThat(packs()).isEqualTo(packs).isLessThanOrEqualTo(5);
    }

    @Test
    void growsByTheChanges() throws Exception {
        take().close();
        long first = size();
        Files.writeString(root.resolve("small"), "1");
        take().close();
        assertThat(size() - first).isBetween(1L, 10_000L);
    }

    @Test
    void staysWithinItsLimit() throws Exception {
        Files.delete(root.resolve("large"));
        for (int run = 0; run < ObjectStore.MOST_PACKS + 10; run++) {
            try (Snapshot snapshot = take()) {
                snapshot.wrap(new TreeMap<>(Map.of("run", String.valueOf(run).getBytes(StandardCharsets.UTF_8))));
                assertThat(packs()).isLessThanOrEqualTo(ObjectStore.MOST_PACKS + 6);
                new Checkout(temporary.resolve("out")).update(snapshot, snapshot.tree());
            }
        }
        Files.write(store.resolve("objects/left-by-a-killed-run"), new byte[(int) ObjectStore.SPARE_BYTES + (1 << 20)]);
        take().close();
        assertThat(size()).isLessThan(1 << 20);
    }

    @Test
    void reportsAnImpossibleDirectory() throws Exception {
        Files.writeString(store, "a file");
        assertThatThrownBy(this::take)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageStartingWith("The snapshot cannot be stored in " + store + ": ")
                .hasMessageContaining("Not a directory")
                .hasMessageEndingWith(".");
    }

    @Test
    void reportsAFullOrReadOnlyDisk() throws Exception {
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        assumeTrue(mount("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()), "mounting is permitted");
        try {
            store = disk.resolve("store");
            assertThatThrownBy(this::take)
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining(store + ": No space left on device");
            assertThat(mount("mount", "-o", "remount,ro", disk.toString())).isTrue();
            store = disk.resolve("other");
            assertThatThrownBy(this::take)
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining(store.toString())
                    .hasMessageContaining("Read-only file system");
        } finally {
            mount("umount", disk.toString());
        }
    }

    private static boolean mount(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private Snapshot take() throws Exception {
        return Snapshot.take(SnapshotRequest.of(root.toRealPath()), store, new UserExcludes(temporary, temporary));
    }

    private long size() throws Exception {
        long size = 0;
        for (Path file : stored()) {
            size += Files.size(file);
        }
        return size;
    }

    private long packs() throws Exception {
        return stored().stream()
                .filter(file -> file.toString().endsWith(".pack"))
                .count();
    }

    private List<Path> stored() throws Exception {
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
