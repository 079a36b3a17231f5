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
 * How much the store holds and for how long, and how entries leave it: by one renaming, so that no run sees half an
 * entry, and only then by deletion. What a killed run left half-way lies under names that are no keys.
 */
record ReuseBounds(Path legs, long maxBytes, Duration maxAge) {

    /** 2 GiB. */
    static final long DEFAULT_MAX_BYTES = 2L << 30;

    /** Since an entry was used last. */
    static final Duration DEFAULT_MAX_AGE = Duration.ofDays(30);

    /** Far longer than a run needs to copy an entry out, so that none is removed while it is being copied. */
    static final Duration IN_USE = Duration.ofMinutes(10);

    /** Far longer than a run needs to copy an entry in or to delete one. */
    static final Duration ABANDONED = Duration.ofDays(1);

    private static final String HALF_WAY = "half-way-";
    private static final String KEY = "[0-9a-f]{64}";

    /** An empty folder beside the entries, to become one by renaming. The caller deletes what is left of it. */
    Path freshFolder() throws IOException {
        Files.createDirectories(legs);
        return Files.createDirectory(halfWay());
    }

    /** Removes {@code entry}, which may be gone already. */
    void drop(Path entry) throws IOException {
        Path dying = halfWay();
        try {
            Files.move(entry, dying, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        delete(dying);
    }

    /** Removes what was not used for too long, then the least recently used until the rest fits. */
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

    /** Deletes a file or a folder with its content; what another run deletes meanwhile is no failure. */
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

    /** @param used when the record was written or touched last, as a find does; the folder where there is no record */
    private record Entry(Path path, long bytes, Instant used) {

        /** Empty if it vanished meanwhile. */
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

        /** A use in the future counts as long ago: the clock was set back, and it must not protect for ever. */
        boolean unusedFor(Duration time, Instant now) {
            return Duration.between(used, now).abs().compareTo(time) > 0;
        }
    }
}
