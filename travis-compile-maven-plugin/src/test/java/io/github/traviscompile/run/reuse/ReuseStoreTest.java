package io.github.traviscompile.run.reuse;

import static io.github.traviscompile.run.reuse.StoredLegs.LEG;
import static io.github.traviscompile.run.reuse.StoredLegs.NOW;
import static io.github.traviscompile.run.reuse.StoredLegs.finished;
import static io.github.traviscompile.run.reuse.StoredLegs.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.Tmpfs;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.FinishedLeg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReuseStoreTest {

    private static final ReuseKey KEY = key("tree and leg");
    private static final int SIZE = 1000;

    @TempDir
    Path temp;

    private Path cache;
    private Path entry;
    private ReuseStore store;

    @BeforeEach
    void open() {
        cache = temp.resolve("the user's \"cäche\"");
        entry = cache.resolve("legs").resolve(KEY.digest().hex());
        store = storeAt(Duration.ZERO);
    }

    @Test
    void aStoredLegIsFoundWithItsDetails() throws Exception {
        FinishedLeg leg = finished(temp.resolve("run"), "a", SIZE);
        assertThat(store.keep(KEY, leg)).isEmpty();

        FinishedLeg found = find(KEY).orElseThrow();

        assertThat(StoredLegs.holds(found, "a", SIZE)).isTrue();
        assertThat(found.details()).isEqualTo(leg.details());
        assertThat(found.finished()).isEqualTo(NOW);
        assertThat(found.files()).allMatch(file -> file.path().startsWith(temp.resolve("into")));
    }

    @Test
    void findingInAMissingStoreReturnsNothingAndCreatesNone() throws Exception {
        assertThat(find(KEY)).isEmpty();
        assertThat(cache).doesNotExist();
    }

    @Test
    void anotherKeyFindsNothing() throws Exception {
        store.keep(KEY, finished(temp.resolve("run"), "a", SIZE));
        assertThat(find(key("another tree"))).isEmpty();
        assertThat(find(KEY)).isPresent();
    }

    @Test
    void anEntryUnderTheKeyOfAnotherIsDropped() throws Exception {
        store.keep(key("another tree"), finished(temp.resolve("run"), "a", SIZE));
        Files.move(entry.resolveSibling(key("another tree").digest().hex()), entry);

        assertThat(find(KEY)).isEmpty();
        assertThat(entry).doesNotExist();
    }

    @Test
    void anEntryOfALegWithOtherOutputsIsNotFound() throws Exception {
        store.keep(KEY, finished(temp.resolve("run"), "a", SIZE));
        Leg fewer = LegSample.of(LEG).owing(LEG.outputs().get(0)).leg();
        assertThat(store.find(KEY, fewer, temp.resolve("into"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "altered",
                "truncated",
                "longer",
                "missing",
                "link",
                "folder",
                "no record",
                "empty record",
                "huge record",
                "nothing at all"
            })
    void aDamagedEntryIsDroppedAndLeavesNoCopies(String damage) throws Exception {
        store.keep(KEY, finished(temp.resolve("run"), "a", SIZE));
        damage(damage, entry.resolve("record"));

        assertThat(find(KEY)).isEmpty();
        assertThat(list(cache.resolve("legs"))).isEmpty();
        assertThat(list(temp.resolve("into"))).isEmpty();

        assertThat(store.keep(KEY, finished(temp.resolve("run"), "a", SIZE))).isEmpty();
        assertThat(find(KEY)).isPresent();
    }

    @Test
    void everyFlippedByteOfTheRecordIsDetected() throws Exception {
        byte[] record =
                ReuseRecord.of(KEY, finished(temp.resolve("run"), "a", SIZE)).toBytes();
        assertThat(ReuseRecord.parse(record)).isPresent();
        Random random = new Random(20261122);
        for (int i = 0; i < record.length; i++) {
            byte[] flipped = record.clone();
            flipped[i] ^= (byte) (1 + random.nextInt(255));
            assertThat(ReuseRecord.parse(flipped)).as("byte %d", i).isEmpty();
            assertThat(ReuseRecord.parse(Arrays.copyOf(record, i)))
                    .as("cut at %d", i)
                    .isEmpty();
        }
    }

    @Test
    void noMutationOfAnEntryYieldsWrongBytes() throws Exception {
        Random random = new Random(7);
        store.keep(KEY, finished(temp.resolve("run"), "a", 60));
        List<Path> files = list(entry).stream().map(entry::resolve).toList();
        int rounds = Integer.getInteger("fuzz.rounds", 150);
        for (int round = 0; round < rounds; round++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] mutated = Files.readAllBytes(file);
            switch (random.nextInt(4)) {
                case 0 -> mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutated = Arrays.copyOf(mutated, random.nextInt(2 * mutated.length));
                case 2 -> mutated = Files.readAllBytes(files.get(random.nextInt(files.size())));
                default -> mutated = shuffledLines(mutated, random);
            }
            Files.write(file, mutated);
            Optional<FinishedLeg> found = find(KEY);
            assertThat(found.isEmpty() || StoredLegs.holds(found.get(), "a", 60))
                    .as("round %d", round)
                    .isTrue();
            if (found.isEmpty()) {
                store.keep(KEY, finished(temp.resolve("run"), "a", 60));
            }
        }
    }

    @Test
    void theFirstOfTwoRunsWinsUnlessTheSecondReplacesIt() throws Exception {
        store.keep(KEY, finished(temp.resolve("one"), "a", SIZE));
        assertThat(store.keep(KEY, finished(temp.resolve("two"), "b", SIZE))).isEmpty();
        assertThat(StoredLegs.holds(find(KEY).orElseThrow(), "a", SIZE)).isTrue();

        assertThat(store.replace(KEY, finished(temp.resolve("two"), "b", SIZE))).isEmpty();
        assertThat(StoredLegs.holds(find(KEY).orElseThrow(), "b", SIZE)).isTrue();
        assertThat(list(cache.resolve("legs"))).hasSize(1);
    }

    @Test
    void aFileThatChangedAfterDeliveryIsNotKept() throws Exception {
        FinishedLeg leg = finished(temp.resolve("run"), "a", SIZE);
        Files.writeString(leg.files().get(1).path(), "altered");
        assertThat(store.keep(KEY, leg))
                .hasValueSatisfying(warning -> assertThat(warning).contains("Grüße", "altered"));
        assertThat(list(cache.resolve("legs"))).isEmpty();
    }

    @Test
    void theLeastRecentlyUsedGoesWhenTheStoreIsFull() throws Exception {
        long bound = 3 * 3 * SIZE + 3000;
        for (int hour = 0; hour < 3; hour++) {
            bounded(bound, Duration.ofHours(hour)).keep(key("leg " + hour), finished(temp.resolve("run"), "a", SIZE));
        }
        bounded(bound, Duration.ofHours(3)).find(key("leg 0"), LEG, temp.resolve("into"));

        bounded(bound, Duration.ofHours(4)).keep(key("leg 4"), finished(temp.resolve("run"), "a", SIZE));

        assertThat(list(cache.resolve("legs"))).containsExactlyInAnyOrder(hex("leg 0"), hex("leg 2"), hex("leg 4"));
    }

    @Test
    void anEntryInUseStaysInAFullStore() throws Exception {
        long bound = 3 * SIZE + 1000;
        bounded(bound, Duration.ZERO).keep(key("old"), finished(temp.resolve("run"), "a", SIZE));
        bounded(bound, Duration.ofHours(1)).find(key("old"), LEG, temp.resolve("into"));
        bounded(bound, Duration.ofMinutes(61)).keep(key("new"), finished(temp.resolve("run"), "a", SIZE));
        assertThat(list(cache.resolve("legs"))).containsExactlyInAnyOrder(hex("old"), hex("new"));

        bounded(bound, Duration.ofHours(2)).keep(key("newer"), finished(temp.resolve("run"), "a", SIZE));
        assertThat(list(cache.resolve("legs"))).containsExactly(hex("newer"));
    }

    @Test
    void anEntryGoesThirtyDaysAfterItsLastUse() throws Exception {
        storeAt(Duration.ZERO).keep(key("unused"), finished(temp.resolve("run"), "a", SIZE));
        storeAt(Duration.ZERO).keep(key("used"), finished(temp.resolve("run"), "a", SIZE));
        storeAt(Duration.ofDays(29)).find(key("used"), LEG, temp.resolve("into"));
        storeAt(Duration.ofDays(31)).keep(KEY, finished(temp.resolve("run"), "a", SIZE));
        assertThat(list(cache.resolve("legs")))
                .containsExactlyInAnyOrder(hex("used"), KEY.digest().hex());
    }

    @Test
    void aLegLargerThanTheStoreIsNotKept() throws Exception {
        assertThat(bounded(SIZE, Duration.ZERO).keep(KEY, finished(temp.resolve("run"), "a", SIZE)))
                .hasValueSatisfying(warning -> assertThat(warning).contains("3000 bytes", "1000 bytes"));
        assertThat(cache).doesNotExist();
    }

    @Test
    void foreignFilesInTheStoreAreIgnored() throws Exception {
        Files.createDirectories(cache.resolve("legs/notes"));
        Files.writeString(cache.resolve("legs/README"), "mine");
        storeAt(Duration.ofDays(3650)).keep(KEY, finished(temp.resolve("run"), "a", SIZE));
        assertThat(list(cache.resolve("legs"))).contains("README", "notes");
    }

    @Test
    void aStoreThatCannotBeWrittenIsAWarning() throws Exception {
        Files.writeString(cache, "not a folder");
        assertThat(store.keep(KEY, finished(temp.resolve("run"), "a", SIZE)))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .contains(cache.toString(), "<cacheDirectory> (-Dtravis-compile.cacheDirectory)")
                        .endsWith("."));
    }

    @Test
    void aFullDiskIsAWarningAndLeavesNothing() throws Exception {
        try (Tmpfs small = Tmpfs.mount(temp.resolve("small"), "size=64k")) {
            ReuseStore full = new ReuseStore(small.folder(), InstantSource.fixed(NOW));
            assertThat(full.keep(KEY, finished(temp.resolve("run"), "a", 100_000)))
                    .hasValueSatisfying(warning -> assertThat(warning).contains("No space left on device"));
            assertThat(list(small.folder().resolve("legs"))).isEmpty();
        }
    }

    @Test
    void aReadOnlyStoreIsReadAndAWarningWhereItShouldBeWritten() throws Exception {
        try (Tmpfs disk = Tmpfs.mount(temp.resolve("disk"), "size=1m")) {
            ReuseStore onDisk = new ReuseStore(disk.folder(), InstantSource.fixed(NOW));
            onDisk.keep(KEY, finished(temp.resolve("run"), "a", SIZE));
            Path damaged = disk.folder().resolve("legs").resolve(hex("damaged"));
            Files.createDirectory(damaged);
            disk.remount("ro");

            assertThat(onDisk.find(KEY, LEG, temp.resolve("into"))).isPresent();
            assertThat(onDisk.find(key("damaged"), LEG, temp.resolve("into"))).isEmpty();
            assertThat(onDisk.keep(key("new"), finished(temp.resolve("run"), "a", SIZE)))
                    .isPresent();
            assertThat(onDisk.replace(KEY, finished(temp.resolve("run"), "a", SIZE)))
                    .hasValueSatisfying(
                            warning -> assertThat(warning).contains("Read-only file system", "<cacheDirectory>"));
        }
    }

    @Test
    void anUnwritableFolderForTheCopiesIsAnErrorAndTheEntryStays() throws Exception {
        store.keep(KEY, finished(temp.resolve("run"), "a", SIZE));
        Path into = Files.writeString(temp.resolve("into"), "not a folder");
        assertThatThrownBy(() -> store.find(KEY, LEG, into)).isInstanceOf(WorkFailedException.class);
        assertThat(entry).isDirectory();
    }

    private void damage(String damage, Path file) throws IOException {
        Path record = entry.resolve(ReuseStore.RECORD);
        switch (damage) {
            case "altered" -> Files.write(file, "b".repeat(SIZE).getBytes(StandardCharsets.UTF_8));
            case "truncated" -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), SIZE - 1));
            case "longer" -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), SIZE + 1));
            case "missing" -> Files.delete(file);
            case "link" -> Files.createSymbolicLink(file, Files.move(file, temp.resolve("elsewhere")));
            case "folder" -> {
                Files.delete(file);
                Files.createDirectories(file.resolve("a/b"));
            }
            case "no record" -> Files.delete(record);
            case "empty record" -> Files.write(record, new byte[0]);
            case "huge record" -> Files.write(record, new byte[ReuseRecord.MAX_BYTES + 1]);
            case "nothing at all" -> ReuseBounds.delete(entry);
            default -> throw new IllegalArgumentException(damage);
        }
    }

    private static byte[] shuffledLines(byte[] content, Random random) {
        List<String> lines = Arrays.asList(new String(content, StandardCharsets.UTF_8).split("(?<=\n)"));
        Collections.shuffle(lines, random);
        return String.join("", lines).getBytes(StandardCharsets.UTF_8);
    }

    private Optional<FinishedLeg> find(ReuseKey key) throws WorkFailedException {
        return store.find(key, LEG, temp.resolve("into"));
    }

    private ReuseStore storeAt(Duration later) {
        return new ReuseStore(cache, InstantSource.fixed(NOW.plus(later)));
    }

    private ReuseStore bounded(long maxBytes, Duration later) {
        return new ReuseStore(cache, InstantSource.fixed(NOW.plus(later)), maxBytes, Duration.ofDays(30));
    }

    private static String hex(String word) {
        return key(word).digest().hex();
    }

    private static List<String> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
