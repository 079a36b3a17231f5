package io.github.traviscompile.run.plan;

import io.github.traviscompile.cargo.CargoPackage;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.nio.file.Path;
import java.util.List;

/**
 * The directories that a run reads and writes, all absolute.
 *
 * @param output for what is delivered and {@code SHA256SUMS}
 * @param work for what a run needs meanwhile and what makes the next one faster
 * @param cache for finished legs
 * @param finalName the name of artifacts before the classifier
 */
public record Directories(Path output, Path work, Path cache, String finalName) {

    private static final String OWN = "travis-compile";

    static Directories of(CrossCompileRequest request, List<CargoPackage> packages) {
        CrossCompileRequest.Destination delivery = request.delivery();
        Path standalone = standalone(request);
        return new Directories(
                delivery.outputDirectory().orElse(standalone),
                delivery.buildDirectory()
                        .map(directory -> directory.resolve(OWN))
                        .orElse(standalone.resolve("work")),
                delivery.cacheDirectory(),
                delivery.finalName().orElseGet(() -> standaloneName(packages)));
    }

    /** Returns the file for the report of a run, successful or not. */
    public static Path runFile(CrossCompileRequest request) {
        return request.delivery()
                .buildDirectory()
                .map(directory -> directory.resolve(OWN))
                .orElse(standalone(request))
                .resolve("run.json");
    }

    /** Returns the directory for a run without a Maven project. */
    private static Path standalone(CrossCompileRequest request) {
        return request.projectDirectory().resolve("target").resolve(OWN).normalize();
    }

    /** {@code <crate>-<version>} of the package, or of the first one where there are several. */
    private static String standaloneName(List<CargoPackage> packages) {
        CargoPackage first = packages.get(0);
        return first.name() + "-" + first.version();
    }

    /** Returns the path of the artifact {@code name}. */
    public Path file(ArtifactName name) {
        return output.resolve(name.fileName(finalName));
    }

    public Path sums() {
        return output.resolve("SHA256SUMS");
    }
}
