package io.github.traviscompile.run.reuse;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.run.api.FinishedLeg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Legs for the store, with contents repeated from a word, and checks of these contents. */
public final class StoredLegs {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** One output has the name of a file that the store itself could write. */
    public static final Leg LEG = LegSample.of(Platform.LINUX_X86_64, Service.LOCAL)
            .owing(
                    Output.of(OutputKind.CDYLIB, "libfoo.so"),
                    Output.of(OutputKind.BIN, "Grüße"),
                    Output.of(OutputKind.BIN, "record"))
            .leg();

    private StoredLegs() {}

    static ReuseKey key(String word) {
        return new ReuseKey(Sha256.of(word.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns a leg whose files lie in {@code folder} and repeat {@code word} up to {@code size} bytes. */
    static FinishedLeg finished(Path folder, String word, int size) throws IOException {
        Files.createDirectories(folder);
        List<FinishedLeg.File> files = new ArrayList<>();
        for (Output output : LEG.outputs()) {
            Path file = Files.write(folder.resolve(output.fileName()), content(word + output.id(), size));
            files.add(new FinishedLeg.File(output, file, size, Sha256.of(file)));
        }
        Map<String, String> details = Map.of("rustc", "rustc 1.95.0 (a = b\r, grüße)", "compile-seconds", "12");
        return new FinishedLeg(files, new TreeMap<>(details), NOW);
    }

    /** Returns whether every file of {@code leg} has the content that {@link #finished} writes for {@code word}. */
    static boolean holds(FinishedLeg leg, String word, int size) throws IOException {
        for (FinishedLeg.File file : leg.files()) {
            byte[] expected = content(word + file.output().id(), size);
            if (!Arrays.equals(Files.readAllBytes(file.path()), expected) || file.size() != size) {
                return false;
            }
        }
        return leg.files().stream().map(FinishedLeg.File::output).toList().equals(LEG.outputs());
    }

    private static byte[] content(String word, int size) {
        byte[] pattern = word.getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = pattern[i % pattern.length];
        }
        return content;
    }
}
