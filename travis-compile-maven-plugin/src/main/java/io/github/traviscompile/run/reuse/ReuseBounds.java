package io.github.traviscompile.run.reuse;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The limits of the store in size and age, and the removal of entries. An entry is renamed first and then deleted, so
 * no run sees half an entry. Remains of a killed run have names that are not keys.
 */
record ReuseBounds(Path legs, long maxBytes, Duration maxAge) {

    /** 2 GiB. */
    static final long DEFAULT_MAX_BYTES = 2L << 30;

    /** The time since an entry's last use. */
    static final Duration DEFAULT_MAX_AGE = Duration.ofDays(30);

    /** Far longer than copying an entry out takes, so an entry in use is never removed. */
    static final Duration IN_USE = Duration.ofMinutes(10);

    /** Far longer than copying an entry in or deleting one takes. */
    static final Duration ABANDONED = Duration.ofDays(1);

    private static final String HALF_WAY = "half-way-";
    private static final String KEY = "[0-9a-f]{64}";

    /** Creates an empty folder beside the entries, to become one by renaming. The caller deletes its remains. */
    Path freshFolder() throws IOException {
        Files.createDirectories(legs);
        return Files.createDirectory(halfWay());
    }

    /** Removes {@code entry}, which may be gone. */
    void drop(Path entry) throws IOException {
        Path removed = halfWay();
        try {
            Files.move(entry, removed, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        delete(removed);
    }

    /** Removes unused entries above the age limit, then the least recently used until the rest fits. */
    void enforce(Instant now) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path path : list(legs)) {
            String name = path.getFileName().toString();
            Optional<Entry> entry = Entry.of(path);
            if (entry.isPresent() && name.matches(KEY)) {
                entries.add(entry.get());
            } else if (entry.isPresent()
                    && name.startsWith(HALF_WAY)
                    && entry.get().unusedFor(ABANDONED, now)) {
                delete(path);
            }
        }
        entries.sort(Comparator.comparing(Entry::used));
        long total = entries.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : entries) {
            boolean tooMuch = total > maxBytes && entry.unusedFor(IN_USE, now);
            if (tooMuch || entry.unusedFor(maxAge, now)) {
                drop(entry.path());
                total -= entry.bytes();
            }
        }
    }

    private Path halfWay() {
        return legs.resolve(HALF_WAY + UUID.randomUUID());
    }

    /** Deletes a file or a folder with its content. Files that another run deletes meanwhile are ignored. */
    static void delete(Path path) throws IOException {
        for (Path child : list(path)) {
            delete(child);
        }
        Files.deleteIfExists(path);
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }

    /** @param used the last write or touch of the record, as by a find; of the folder if there is no record */
    private record Entry(Path path, long bytes, Instant used) {

        /** Reads an entry; empty if it has vanished. */
        static Optional<Entry> of(Path path) throws IOException {
            try {
                Path record = path.resolve(ReuseStore.RECORD);
                Path dated = Files.exists(record, LinkOption.NOFOLLOW_LINKS) ? record : path;
                Instant used = Files.getLastModifiedTime(dated, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                long bytes = 0;
                for (Path file : list(path)) {
                    bytes += Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .size();
                }
                return Optional.of(new Entry(path, bytes, used));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        /**
         * Returns whether it is unused for longer than {@code time}. A use in the future counts too: after the clock
         * was set back, it must not protect the entry for ever.
         */
        boolean unusedFor(Duration time, Instant now) {
            return Duration.between(used, now).abs().compareTo(time) > 0;
        }
    }
}
