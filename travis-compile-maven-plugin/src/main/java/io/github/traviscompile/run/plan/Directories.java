package io.github.traviscompile.run.plan;

import io.github.traviscompile.cargo.CargoPackage;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a run reads and writes, all absolute.
 *
 * @param output for what is delivered and {@code SHA256SUMS}
 * @param work for what a run needs meanwhile and what makes the next one faster
 * @param cache for finished legs
 * @param finalName what is delivered is called before the classifier
 */
public record Directories(Path output, Path work, Path cache, String finalName) {

    private static final String OWN = "travis-compile";

    static Directories of(CrossCompileRequest request, List<CargoPackage> packages) {
        CrossCompileRequest.Destination delivery = request.delivery();
        Path standalone = request.cargoProject().resolve("target").resolve(OWN);
        return new Directories(
                absolute(delivery.outputDirectory().orElse(standalone)),
                absolute(delivery.buildDirectory()
                        .map(directory -> directory.resolve(OWN))
                        .orElse(standalone.resolve("work"))),
                cache(delivery.cacheDirectory(), request.host()),
                delivery.finalName().orElseGet(() -> standaloneName(packages)));
    }

    /** Where what a run did is written down, whatever became of it. */
    public static Path runFile(CrossCompileRequest request) {
        return absolute(request.delivery()
                        .buildDirectory()
                        .orElse(request.cargoProject().resolve("target")))
                .resolve(OWN)
                .resolve("run.json");
    }

    /** Where what outlives a run is kept: in {@code named}, else in the user's cache directory. */
    public static Path cache(Optional<Path> named, Host host) {
        return absolute(named.orElseGet(() -> host.cacheDirectory().resolve(OWN)));
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** {@code <crate>-<version>} of the package, or of the first one where there are several. */
    private static String standaloneName(List<CargoPackage> packages) {
        CargoPackage first = packages.get(0);
        return first.name() + "-" + first.version();
    }

    /** Where the file called {@code name} is written. */
    public Path file(ArtifactName name) {
        return output.resolve(name.fileName(finalName));
    }

    public Path sums() {
        return output.resolve("SHA256SUMS");
    }
}
