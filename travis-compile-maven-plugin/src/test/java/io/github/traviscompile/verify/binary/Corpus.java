package io.github.traviscompile.verify.binary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Native binaries by other projects: those inside the jars, and the programs, that Maven copies to {@code
 * target/corpus}.
 */
public final class Corpus {

    private static final Path DIRECTORY = Path.of("target", "corpus");

    private Corpus() {}

    public static List<Sample> all() {
        assumeTrue(Files.isDirectory(DIRECTORY), "Maven has copied the corpus (process-test-resources)");
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.sorted().toList()) {
                add(file, samples);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    static List<Sample> elf() {
        return beginningWith("\u007fELF");
    }

    /** Returns thin and fat files of both widths. */
    static List<Sample> machO() {
        return beginningWith("\u00cf\u00fa\u00ed\u00fe", "\u00ce\u00fa\u00ed\u00fe", "\u00ca\u00fe\u00ba\u00be");
    }

    static List<Sample> pe() {
        return beginningWith("MZ");
    }

    public static Sample named(String end) {
        return all().stream()
                .filter(sample -> sample.name().endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    private static List<Sample> beginningWith(String... marks) {
        return all().stream().filter(sample -> begins(sample.bytes(), marks)).toList();
    }

    private static boolean begins(byte[] bytes, String... marks) {
        String start = new String(bytes, 0, Math.min(bytes.length, 4), ISO_8859_1);
        return Stream.of(marks).anyMatch(start::startsWith);
    }

    private static void add(Path file, List<Sample> samples) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(".jar")) {
            samples.add(new Sample(name, Files.readAllBytes(file)));
            return;
        }
        try (ZipInputStream jar = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (entry.isDirectory() || entry.getName().endsWith(".class")) {
                    continue;
                }
                byte[] bytes = jar.readAllBytes();
                if (begins(
                        bytes,
                        "\u007fELF",
                        "MZ",
                        "\u00cf\u00fa\u00ed\u00fe",
                        "\u00ce\u00fa\u00ed\u00fe",
                        "\u00ca\u00fe\u00ba\u00be")) {
                    samples.add(new Sample(name + "!/" + entry.getName(), bytes));
                }
            }
        }
    }
}
