package io.github.traviscompile.run.reuse;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.FinishedLeg;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stores the outputs of finished legs in {@code <cacheDirectory>/legs/<key>/}, shared by all runs of a user. An entry
 * is a folder, created by one renaming and never changed, only removed. It holds one file per output, named by the
 * output's id, and a {@link ReuseRecord}. Found files are copied out, so a run depends on an entry only while copying.
 * Everyone who may write to the folder is trusted, as with Maven's local repository: digests detect damage, not malice.
 */
public final class ReuseStore {

    /** The name of the record, which is no valid output id. */
    static final String RECORD = ".record";

    private static final String REMEDY = "Repair or delete it, name another folder with " + Parameter.CACHE_DIRECTORY
            + ", or switch " + Parameter.REUSE + " off.";

    private static final int PUBLISH_ATTEMPTS = 10;

    private final Path legs;
    private final InstantSource clock;
    private final ReuseBounds bounds;

    /** Opens the store under {@code cacheDirectory}; the first stored leg creates it. */
    public ReuseStore(Path cacheDirectory, InstantSource clock) {
        this(cacheDirectory, clock, ReuseBounds.DEFAULT_MAX_BYTES, ReuseBounds.DEFAULT_MAX_AGE);
    }

    ReuseStore(Path cacheDirectory, InstantSource clock, long maxBytes, Duration maxAge) {
        this.legs = cacheDirectory.resolve("legs");
        this.clock = clock;
        this.bounds = new ReuseBounds(legs, maxBytes, maxAge);
    }

    /**
     * Copies the leg of {@code key} to {@code into}, under the outputs' file names. An incomplete or damaged entry is
     * dropped and not found.
     *
     * @param leg the leg whose outputs are needed, all of them
     * @param into a folder that only this run uses
     * @throws WorkFailedException if the store is unreadable or {@code into} is not writable
     */
    public Optional<FinishedLeg> find(ReuseKey key, Leg leg, Path into) throws WorkFailedException {
        Path entry = legs.resolve(key.entryName());
        if (Files.notExists(entry, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(into);
            Optional<FinishedLeg> found = copyOut(entry, key, leg, into);
            if (found.isEmpty()) {
                dropDamaged(entry);
            }
            return found;
        } catch (IOException e) {
            throw WorkFailedException.of("The finished leg in '" + entry + "' could not be reused", e, REMEDY);
        }
    }

    /**
     * Stores a leg for later runs, then enforces the store's limits. An existing entry, of a faster run, stays.
     *
     * @return a warning if the leg was not stored, which does not affect the run
     */
    public Optional<String> keep(ReuseKey key, FinishedLeg leg) {
        return keep(key, leg, false);
    }

    /**
     * Stores a leg like {@link #keep(ReuseKey, FinishedLeg)}, but replaces an existing entry: the user forced this
     * build.
     */
    public Optional<String> replace(ReuseKey key, FinishedLeg leg) {
        return keep(key, leg, true);
    }

    private Optional<String> keep(ReuseKey key, FinishedLeg leg, boolean replace) {
        if (leg.size() > bounds.maxBytes()) {
            return Optional.of("A leg of " + leg.size() + " bytes was not kept for reuse: the store holds "
                    + bounds.maxBytes() + " bytes at most. The next run compiles it again.");
        }
        Path entry = legs.resolve(key.entryName());
        try {
            Path fresh = bounds.freshFolder();
            try {
                copyIn(fresh, key, leg);
                if (replace) {
                    bounds.drop(entry);
                }
                publish(fresh, entry);
            } finally {
                ReuseBounds.delete(fresh);
            }
            bounds.enforce(clock.instant());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(WorkFailedException.of(
                            "A finished leg could not be kept for reuse in '" + entry + "'",
                            e,
                            "The next run may compile it again or reuse an older one. " + REMEDY)
                    .getMessage());
        }
    }

    private void dropDamaged(Path entry) {
        try {
            bounds.drop(entry);
        } catch (IOException e) {
            // The entry is not removable here; each later find refuses it again.
        }
    }

    private Optional<FinishedLeg> copyOut(Path entry, ReuseKey key, Leg leg, Path into) throws IOException {
        List<Path> copies = new ArrayList<>();
        Optional<FinishedLeg> found = Optional.empty();
        try {
            Optional<ReuseRecord> record = readRecord(entry.resolve(RECORD), key, leg);
            if (record.isPresent()) {
                found = copyFiles(entry, record.get(), leg, into, copies);
            }
        } catch (NoSuchFileException e) {
            // The entry is damaged, or another run removed it just now: not found either way.
        } finally {
            if (found.isEmpty()) {
                for (Path copy : copies) {
                    Files.deleteIfExists(copy);
                }
            }
        }
        return found;
    }

    private Optional<ReuseRecord> readRecord(Path file, ReuseKey key, Leg leg) throws IOException {
        if (!isPlainFile(file) || Files.size(file) > ReuseRecord.MAX_BYTES) {
            return Optional.empty();
        }
        markUsed(file);
        List<String> ids = leg.outputs().stream().map(Output::id).sorted().toList();
        return ReuseRecord.parse(Files.readAllBytes(file))
                .filter(record -> record.key().equals(key))
                .filter(record -> ids.equals(List.copyOf(record.files().keySet())));
    }

    private void markUsed(Path record) throws NoSuchFileException {
        try {
            Files.setLastModifiedTime(record, FileTime.from(clock.instant()));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            // A read-only store is enough: nothing is removed from it, so no mark is needed.
        }
    }

    private static Optional<FinishedLeg> copyFiles(
            Path entry, ReuseRecord record, Leg leg, Path into, List<Path> copies) throws IOException {
        List<FinishedLeg.File> files = new ArrayList<>();
        for (Output output : leg.outputs()) {
            ReuseRecord.StoredFile stored = record.files().get(output.id());
            Path source = entry.resolve(output.id());
            Path copy = into.resolve(output.fileName());
            if (stored == null || !isPlainFile(source) || Files.size(source) != stored.size()) {
                return Optional.empty();
            }
            copies.add(copy);
            if (!copy(source, copy).equals(stored.sha256())) {
                return Optional.empty();
            }
            files.add(new FinishedLeg.File(output, copy, stored.size(), stored.sha256()));
        }
        return Optional.of(new FinishedLeg(files, record.details(), record.finished()));
    }

    private void copyIn(Path fresh, ReuseKey key, FinishedLeg leg) throws IOException {
        for (FinishedLeg.File file : leg.files()) {
            Path copy = fresh.resolve(file.output().id());
            if (!copy(file.path(), copy).equals(file.sha256())) {
                throw new IOException("the file '" + file.path() + "' was altered after it had been delivered");
            }
            sync(copy);
        }
        Path record =
                Files.write(fresh.resolve(RECORD), ReuseRecord.of(key, leg).toBytes());
        Files.setLastModifiedTime(record, FileTime.from(clock.instant()));
        sync(record);
    }

    /**
     * Publishes an entry. Renaming does not replace a folder with content: an existing one is another run's entry for
     * the same leg.
     */
    private static void publish(Path fresh, Path entry) throws IOException {
        for (int attempt = 1; !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS); attempt++) {
            try {
                Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException e) {
                // The earlier entry may be gone, replaced or evicted.
                if (attempt == PUBLISH_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static boolean isPlainFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Sha256 copy(Path from, Path to) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest)) {
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
        return Sha256.of(digest);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
