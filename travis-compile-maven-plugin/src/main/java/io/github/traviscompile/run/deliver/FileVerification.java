package io.github.traviscompile.run.deliver;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Suggestion;
import io.github.traviscompile.run.api.Constraints;
import io.github.traviscompile.run.api.InspectedFile;
import io.github.traviscompile.verify.gate.FileCheck;
import io.github.traviscompile.verify.wheel.WheelCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks existing files in the same way as a run checks its outputs.
 *
 * @param platform the id or the Rust target of the platform of all files; if empty, each file's own platform
 */
public record FileVerification(List<Path> files, Optional<String> platform, Constraints constraints) {

    public FileVerification {
        files = List.copyOf(files);
    }

    /**
     * Checks each file.
     *
     * @return one result per file, or per slice of a universal file; those that fail have errors
     */
    public List<InspectedFile> inspect() throws CrossCompileException {
        Optional<Platform> named = named();
        FileCheck check = new FileCheck(named, constraints.requirements());
        WheelCheck wheels = new WheelCheck(named, Optional.empty(), constraints.allowedLibraries(), false);
        requireFiles();
        List<InspectedFile> inspected = new ArrayList<>();
        for (Path file : files) {
            if (file.toString().endsWith(".whl")) {
                inspected.add(InspectedFile.of(wheels.check(file), named));
            } else {
                check.check(file).stream().map(InspectedFile::of).forEach(inspected::add);
            }
        }
        return inspected;
    }

    private void requireFiles() throws ActionNeededException {
        List<String> absent = files.stream()
                .filter(file -> !Files.isRegularFile(file))
                .map(file -> "'" + file + "'")
                .toList();
        if (files.isEmpty() || !absent.isEmpty()) {
            String what = files.isEmpty()
                    ? "No files are named in " + Parameter.FILES + "."
                    : "These entries of " + Parameter.FILES + " are not files: " + String.join(", ", absent) + ".";
            throw new ActionNeededException(what + " Name the files to verify, separated by commas.");
        }
    }

    private Optional<Platform> named() throws ActionNeededException {
        if (platform.isEmpty()) {
            return Optional.empty();
        }
        String word = platform.get().strip();
        Optional<Platform> named = Platform.ofId(word).or(() -> Platform.ofTriple(word));
        if (named.isEmpty()) {
            throw new ActionNeededException("The platform '" + word + "' in " + Parameter.PLATFORM + " is"
                    + " neither a platform nor the Rust target of one. "
                    + Suggestion.of(
                            word,
                            Arrays.stream(Platform.values()).map(Platform::id).toList()));
        }
        return named;
    }
}
