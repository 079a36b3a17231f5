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
 * The folders in which commands are searched: those of {@code PATH}, then added ones.
 *
 * @param windows whether the system is Windows, whose own {@code bash} is unsuitable
 */
record SearchPath(List<Path> folders, boolean windows) {

    SearchPath {
        folders = List.copyOf(folders);
    }

    static SearchPath of(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        // Windows spells it {@code Path}.
        environment.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase("PATH"))
                .flatMap(e -> List.of(e.getValue().split(File.pathSeparator)).stream())
                .filter(folder -> !folder.isBlank())
                .forEach(folder -> folder(folder).ifPresent(folders::add));
        return new SearchPath(folders, environment.containsKey("SystemRoot"));
    }

    /** Returns this path with {@code folder} as the last. */
    SearchPath then(Path folder) {
        List<Path> more = new ArrayList<>(folders);
        more.add(folder);
        return new SearchPath(more, windows);
    }

    /** Returns the first executable file named {@code command}; adds {@code .exe} on Windows. */
    Optional<Path> find(String command) {
        return folders.stream()
                .flatMap(folder -> List.of(folder.resolve(command), folder.resolve(command + ".exe")).stream())
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Finds bash. On Windows it is Git's, found beside git, because bash.exe in System32 starts another system. */
    Optional<Path> findBash() {
        return windows
                ? find("git")
                        .map(git -> git.resolveSibling("../bin/bash.exe").normalize())
                        .filter(Files::isExecutable)
                : find("bash");
    }

    /** Lists the folders for a message, without duplicates. */
    String inWords() {
        return folders.stream().map(Path::toString).distinct().collect(Collectors.joining(", "));
    }

    private static Optional<Path> folder(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            // A folder whose name is invalid on this file system contains no command.
            return Optional.empty();
        }
    }
}
