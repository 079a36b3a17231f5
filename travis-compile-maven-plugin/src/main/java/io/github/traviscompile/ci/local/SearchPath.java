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

/** Where commands are looked for: the folders of {@code PATH}, then others of our own choice. */
record SearchPath(List<Path> folders) {

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
        return new SearchPath(folders);
    }

    /** This path with {@code folder} as the last. */
    SearchPath then(Path folder) {
        List<Path> more = new ArrayList<>(folders);
        more.add(folder);
        return new SearchPath(more);
    }

    /** The first executable file called {@code command}, or {@code command.exe} where that is the custom. */
    Optional<Path> find(String command) {
        return folders.stream()
                .flatMap(folder -> List.of(folder.resolve(command), folder.resolve(command + ".exe")).stream())
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
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
