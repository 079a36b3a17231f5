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
 * Files that are there already, to be judged as a run judges what its legs delivered.
 *
 * @param platform the word or the Rust target of the platform that all of them are for; empty takes for each the one that
 *     it says itself
 */
public record FileVerification(List<Path> files, Optional<String> platform, Constraints promises) {

    public FileVerification {
        files = List.copyOf(files);
    }

    /**
     * Looks into each of them.
     *
     * @return one for each file, but for a universal file one for each of its slices; those that fail have errors
     */
    public List<InspectedFile> inspect() throws CrossCompileException {
        Optional<Platform> named = named();
        FileCheck check = new FileCheck(named, promises.requirements());
        WheelCheck wheels = new WheelCheck(named, Optional.empty(), promises.allowedLibraries(), false);
        requireFiles();
        List<InspectedFile> inspected = new ArrayList<>();
        for (Path file : files) {
            if (file.toString().endsWith(".whl")) {
                inspected.add(InspectedFile.of(wheels.judge(file), named));
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
                    : "In " + Parameter.FILES + " stands what is no file: " + String.join(", ", absent) + ".";
            throw new ActionNeededException(what + " Name those to look into, separated by commas.");
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
