package io.github.traviscompile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each package says what it is for, and NullAway checks only packages that are marked. */
class PackageInfoTest {

    private static final Path SOURCES = Path.of("src/main/java");

    @ParameterizedTest
    @MethodSource("packages")
    void isDescribedAndNullMarked(Path directory) throws IOException {
        String name = SOURCES.relativize(directory).toString().replaceAll("[/\\\\]", ".");
        assertThat(directory.resolve("package-info.java"))
                .content()
                .matches("(?s)/\\*\\*\\s[^@]*\\w.*?\\*/\\s+@NullMarked\\s+package " + name.replace(".", "\\.") + ";.*");
    }

    @Test
    void thereArePackages() throws IOException {
        assertThat(packages()).hasSizeGreaterThan(10);
    }

    /** The directories that hold a source file. */
    static List<Path> packages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }
}
