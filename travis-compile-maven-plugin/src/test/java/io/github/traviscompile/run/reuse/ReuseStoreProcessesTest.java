package io.github.traviscompile.run.reuse;

import static io.github.traviscompile.run.reuse.StoredLegs.LEG;
import static io.github.traviscompile.run.reuse.StoredLegs.finished;
import static io.github.traviscompile.run.reuse.StoredLegs.holds;
import static io.github.traviscompile.run.reuse.StoredLegs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.JavaProcess;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.FinishedLeg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReuseStoreProcessesTest {

    private static final ReuseKey KEY = key("shared");
    private static final int SIZE = 300_000;

    @TempDir
    Path temp;

    @Test
    void manyRunsAtOnceSeeAllOrNothing() throws Exception {
        List<Process> runs = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            runs.add(start("hammer", temp.resolve("run" + run), System.getProperty("hammer.rounds", "40")));
        }
        List<String> said = new ArrayList<>();
        for (Process run : runs) {
            said.add(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            run.waitFor();
        }
        assertThat(runs).as("%s", said).allMatch(run -> run.exitValue() == 0);
        int found = said.stream().map(String::strip).mapToInt(Integer::parseInt).sum();
        assertThat(found).as("legs found while others kept and removed them").isPositive();
        assertThat(legs()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void theRemainsOfAKilledRunAreNeverFoundAndRemovedLater() throws Exception {
        Random random = new Random(11);
        ReuseStore store = new ReuseStore(temp.resolve("cache"), InstantSource.system());
        for (int round = 0; round < 8; round++) {
            Process run = start("keep for ever", temp.resolve("run"), "0");
            // The first line shows that it has started.
            assertThat(run.getInputStream().read()).isEqualTo('!');
            boolean ended = run.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
            assertThat(ended).isFalse();
            run.destroyForcibly().waitFor();
            Optional<FinishedLeg> found = store.find(KEY, LEG, temp.resolve("into"));
            assertThat(found.isEmpty() || holds(found.get(), "a", SIZE)).isTrue();
        }
        Path left = Files.createDirectory(temp.resolve("cache/legs/half-way-by-a-killed-run"));
        Files.write(left.resolve("libfoo.so"), new byte[10]);
        for (String name : legs()) {
            Path path = temp.resolve("cache/legs").resolve(name);
            if (name.startsWith("half-way")) {
                Files.deleteIfExists(path.resolve(ReuseStore.RECORD));
                Files.setLastModifiedTime(path, FileTime.from(StoredLegs.NOW.minus(Duration.ofDays(2))));
            }
        }
        store.keep(KEY, finished(temp.resolve("run"), "a", SIZE));
        assertThat(legs()).containsExactly(KEY.digest().hex());
        assertThat(store.find(KEY, LEG, temp.resolve("into"))).isPresent();
    }

    private Process start(String what, Path folder, String rounds) throws IOException {
        List<String> words = List.of(what, temp.resolve("cache").toString(), folder.toString(), rounds);
        return JavaProcess.of(Run.class, List.of(), words)
                .redirectErrorStream(true)
                .start();
    }

    private List<String> legs() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("cache/legs"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** A run in a separate process. */
    static final class Run {

        public static void main(String[] args) throws Exception {
            ReuseStore store = new ReuseStore(Path.of(args[1]), InstantSource.system());
            FinishedLeg leg = finished(Path.of(args[2]), "a", SIZE);
            if (args[0].equals("hammer")) {
                System.out.println(hammer(store, leg, Path.of(args[2]), Integer.parseInt(args[3])));
                return;
            }
            System.out.println("!");
            while (true) {
                store.replace(KEY, leg);
            }
        }

        private static int hammer(ReuseStore store, FinishedLeg leg, Path folder, int rounds)
                throws IOException, CrossCompileException {
            int found = 0;
            for (int round = 0; round < rounds; round++) {
                Optional<String> warning = round % 3 == 0 ? store.replace(KEY, leg) : store.keep(KEY, leg);
                if (warning.isPresent()) {
                    throw new IllegalStateException(warning.get());
                }
                Optional<FinishedLeg> reused = store.find(KEY, LEG, folder.resolve("into"));
                if (reused.isPresent() && !holds(reused.get(), "a", SIZE)) {
                    throw new IllegalStateException("Wrong bytes in round " + round + ".");
                }
                found += reused.isPresent() ? 1 : 0;
            }
            return found;
        }
    }
}
