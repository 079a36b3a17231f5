package io.github.traviscompile.verify.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.traviscompile.verify.bytes.AnyBytes;
import io.github.traviscompile.verify.bytes.BytesChannel;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The corpus, truncated and altered. The number of altered files is the system property {@code verify.mutations}, their
 * seed {@code verify.seed}: {@code -Dverify.mutations=100000}.
 */
class DamagedFilesTest {

    private static final int MUTATIONS = Integer.getInteger("verify.mutations", 5000);
    private static final long SEED = Long.getLong("verify.seed", 4);
    private static final int CUTS = 64;

    /** Values that break a careless reader: zero, all ones, the limits of signed numbers, small counts, page sizes. */
    private static final int[] TEMPTING = {
        0, 1, 2, 4, 8, 0x20, 0xff, 0x100, 0x1000, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff
    };

    private static List<Sample> samples = List.of();

    @BeforeAll
    static void load() throws Exception {
        samples = new ArrayList<>(Corpus.all());
        samples.addAll(HandmadeArchives.all());
    }

    @Test
    void theCorpusIsLargeAndEveryFileOfItIsRead() throws Exception {
        assertThat(samples).hasSizeGreaterThan(220);
        for (Sample sample : samples) {
            assertThat(AnyBytes.read(sample.bytes())).as(sample.name()).isEmpty();
        }
    }

    @Test
    void noTruncatedFileIsTakenForWhole() throws Exception {
        for (Sample sample : samples) {
            int size = sample.bytes().length;
            IntStream cuts = IntStream.range(0, CUTS).map(i -> (int) ((long) size * i / CUTS));
            for (int cut : IntStream.concat(cuts, IntStream.of(size - 1)).toArray()) {
                Throwable end = catchThrowable(() -> Binary.read(new BytesChannel(sample.bytes(), cut)));
                if (end == null && nothingIsMissing(sample, cut)) {
                    continue;
                }
                assertThat(end)
                        .as("%s, cut at %d of %d", sample, cut, size)
                        .isExactlyInstanceOf(InvalidBinaryException.class)
                        .hasMessageMatching("(?s)not a valid .+: .+, at offset [0-9]+");
            }
        }
    }

    /**
     * Returns whether the cut removed only padding, which some linkers write at the end. An empty archive has eight
     * bytes.
     */
    private static boolean nothingIsMissing(Sample sample, int cut) throws IOException {
        byte[] rest = Arrays.copyOfRange(sample.bytes(), cut, sample.bytes().length);
        return Arrays.equals(rest, new byte[rest.length])
                || (Binary.read(new BytesChannel(sample.bytes(), cut)) instanceof Archive archive
                        && archive.members().isEmpty());
    }

    @Test
    void noAlteredFileEndsInAnythingButAVerdict() throws Exception {
        Random random = new Random(SEED);
        List<int[]> tables = new ArrayList<>();
        for (Sample sample : samples) {
            BytesChannel channel = new BytesChannel(sample.bytes());
            Binary.read(channel);
            tables.add(places(channel.touched()));
        }
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            int chosen = random.nextInt(samples.size());
            byte[] bytes = samples.get(chosen).bytes().clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                alter(bytes, tables.get(chosen), random);
            }
            String what = "mutation " + i + " of seed " + SEED + ", " + samples.get(chosen);
            try {
                refused += AnyBytes.read(bytes).isPresent() ? 1 : 0;
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError(what, e);
            }
        }
        // Most changes hit names or numbers that may have any value.
        assertThat(refused).isBetween(MUTATIONS / 10, MUTATIONS * 9 / 10);
    }

    /** Returns the offsets that the reader reads: only changes there matter. */
    private static int[] places(BitSet touched) {
        return touched.stream().toArray();
    }

    private static void alter(byte[] bytes, int[] places, Random random) {
        int at = places[random.nextInt(places.length)];
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> number(bytes, at & ~3, TEMPTING[random.nextInt(TEMPTING.length)], random.nextBoolean());
            case 3 -> number(bytes, at & ~3, random.nextInt(bytes.length), random.nextBoolean());
            case 4 -> {
                int length = Math.min(1 + random.nextInt(64), bytes.length - at);
                int from = random.nextInt(bytes.length - length + 1);
                System.arraycopy(bytes, from, bytes, at, length);
            }
            default -> {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
                Arrays.fill(bytes, at, end, (byte) (random.nextBoolean() ? 0 : 0xff));
            }
        }
    }

    private static void number(byte[] bytes, int at, int number, boolean little) {
        for (int i = 0; i < 4 && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (number >>> (8 * (little ? i : 3 - i)));
        }
    }
}
