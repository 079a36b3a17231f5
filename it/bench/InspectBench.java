package io.github.traviscompile.verify.binary;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Inspects two files: {@code <small> <large> <pairs>}. Prints a line for each pair with the milliseconds for the large
 * and the small file, after as many pairs unmeasured, in which the code gets warm; the first of a pair is the small one
 * and the large one in turn.
 */
final class InspectBench {

    /** One inspection is too short for a clock. */
    private static final int ROUNDS = 200;

    public static void main(String[] args) throws Exception {
        Path small = Path.of(args[0]);
        Path large = Path.of(args[1]);
        int pairs = Integer.parseInt(args[2]);
        for (int pair = -pairs; pair < pairs; pair++) {
            double first = milliseconds(pair % 2 == 0 ? small : large);
            double second = milliseconds(pair % 2 == 0 ? large : small);
            if (pair >= 0) {
                System.out.printf(
                        Locale.ROOT,
                        "%.4f %.4f%n",
                        pair % 2 == 0 ? second : first,
                        pair % 2 == 0 ? first : second);
            }
        }
        if (!Binary.read(small).equals(Binary.read(large))) {
            throw new IllegalStateException("the tables of the two files differ");
        }
    }

    private static double milliseconds(Path file) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < ROUNDS; i++) {
            Binary.read(file);
        }
        return (System.nanoTime() - start) / 1e6 / ROUNDS;
    }
}
