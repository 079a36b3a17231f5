package io.github.traviscompile.verify.binary;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A tool of this machine that checks files independently or creates some. */
public record Judge(Path tool) {

    /**
     * Returns the tool {@code name}, or the newest of a name such as {@code llvm-lipo-14}. Without it, the test is
     * skipped.
     */
    public static Judge of(String name, String debianPackage) {
        Optional<Path> found = find(name);
        assumeTrue(found.isPresent(), name + " is installed (Debian: " + debianPackage + ")");
        return new Judge(found.orElseThrow());
    }

    private static Optional<Path> find(String name) {
        List<Path> directories = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        List<String> names = new ArrayList<>(List.of(name));
        for (int version = 25; version >= 11; version--) {
            names.add(name + "-" + version);
        }
        return names.stream()
                .flatMap(one -> directories.stream().map(directory -> directory.resolve(one)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns its standard output, in English, if it succeeds. */
    public String run(Object... arguments) throws IOException, InterruptedException {
        return output(true, arguments);
    }

    /** Returns its standard output even if it fails, as readelf does for an unknown relocation. */
    public String report(Object... arguments) throws IOException, InterruptedException {
        return output(false, arguments);
    }

    private String output(boolean endsWell, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || (endsWell && process.exitValue() != 0)) {
            process.destroyForcibly();
            throw new IOException(command + " ended badly: " + output);
        }
        return output;
    }
}
