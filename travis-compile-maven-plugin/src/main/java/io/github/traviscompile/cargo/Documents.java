package io.github.traviscompile.cargo;

import io.github.traviscompile.model.WorkFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the licence, the notice and the readme that go along with what a package delivers. */
final class Documents {

    private static final List<Pattern> SORTS = List.of(
            Pattern.compile("(licen[cs]e|copying|unlicense).*"),
            Pattern.compile("notice.*"),
            Pattern.compile("readme.*"));

    private Documents() {}

    /** Those the manifest names; then of each sort those of the package, else those of the workspace's root. */
    static List<Path> find(List<Path> named, Path directory, Optional<Path> root) throws WorkFailedException {
        Map<String, Path> byFileName = new LinkedHashMap<>();
        named.stream().filter(Files::isRegularFile).forEach(file -> add(byFileName, file));
        for (Pattern sort : SORTS) {
            List<Path> files = files(directory, sort);
            if (files.isEmpty() && root.isPresent()) {
                files = files(root.get(), sort);
            }
            files.forEach(file -> add(byFileName, file));
        }
        return new ArrayList<>(byFileName.values());
    }

    private static void add(Map<String, Path> byFileName, Path file) {
        byFileName.putIfAbsent(file.getFileName().toString(), file);
    }

    private static List<Path> files(Path directory, Pattern sort) throws WorkFailedException {
        return ProjectFiles.children(directory).stream()
                .filter(child -> sort.matcher(child.getFileName().toString().toLowerCase(Locale.ROOT))
                        .matches())
                .filter(Files::isRegularFile)
                .toList();
    }
}
