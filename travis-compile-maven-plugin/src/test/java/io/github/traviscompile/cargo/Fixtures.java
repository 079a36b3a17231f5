package io.github.traviscompile.cargo;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The project shapes under the test resources; copied before use, as cargo writes into them. */
final class Fixtures {

    private Fixtures() {}

    static List<String> names() throws IOException {
        try (Stream<Path> shapes = Files.list(directory())) {
            return shapes.filter(Files::isDirectory)
                    .map(shape -> shape.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    static Path copy(String shape, Path into) throws IOException {
        Path from = directory().resolve(shape);
        Path to = into.toRealPath().resolve(shape);
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
        return to;
    }

    static List<Path> manifestsBelow(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> path.endsWith("Cargo.toml")).sorted().toList();
        }
    }

    private static Path directory() {
        try {
            URI shape = Objects.requireNonNull(Fixtures.class.getResource("one-binary"))
                    .toURI();
            return Objects.requireNonNull(Path.of(shape).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
