package io.github.traviscompile.ci.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where commands are looked for: the folders of {@code PATH}, then others of our own choice.
 *
 * @param windows whether the system is one that has a {@code bash} of its own, which is none for us
 */
record SearchPath(List<Path> folders, boolean windows) {

    SearchPath {
        folders = List.copyOf(folders);
    }

    static SearchPath of(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        // Windows spells it Path.
        environment.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase("PATH"))
                .flatMap(e -> List.of(e.getValue().split(File.pathSeparator)).stream())
                .filter(folder -> !folder.isBlank())
                .forEach(folder -> folder(folder).ifPresent(folders::add));
        return new SearchPath(folders, environment.containsKey("SystemRoot"));
    }

    /** This path with {@code folder} as the last. */
    SearchPath then(Path folder) {
        List<Path> more = new ArrayList<>(folders);
        more.add(folder);
        return new SearchPath(more, windows);
    }

    /** The first executable file called {@code command}, or {@code command.exe} where that is the custom. */
    Optional<Path> find(String command) {
        return folders.stream()
                .flatMap(folder -> List.of(folder.resolve(command), folder.resolve(command + ".exe")).stream())
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Windows has a bash.exe in System32 that enters another system: there, Git's is taken by its place. */
    Optional<Path> findBash() {
        return windows
                ? find("git")
                        .map(git -> git.resolveSibling("../bin/bash.exe").normalize())
                        .filter(Files::isExecutable)
                : find("bash");
    }

    /** The folders as a sentence names them, each once. */
    String inWords() {
        return folders.stream().map(Path::toString).distinct().collect(Collectors.joining(", "));
    }

    private static Optional<Path> folder(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            // A folder that this file system cannot name holds no command either.
            return Optional.empty();
        }
    }
}
