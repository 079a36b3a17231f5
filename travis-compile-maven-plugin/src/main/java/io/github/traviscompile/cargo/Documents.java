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

/** Finds the licences, notices and readmes to deliver with a package. */
final class Documents {

    private static final List<Pattern> KINDS = List.of(
            Pattern.compile("(licen[cs]e|copying|unlicense).*"),
            Pattern.compile("notice.*"),
            Pattern.compile("readme.*"));

    private Documents() {}

    /**
     * Returns the files that the manifest names. Then, for each kind, prefers the package's files over the workspace
     * root's.
     */
    static List<Path> find(List<Path> named, Path directory, Optional<Path> root) throws WorkFailedException {
        Map<String, Path> byFileName = new LinkedHashMap<>();
        named.stream().filter(Files::isRegularFile).forEach(file -> add(byFileName, file));
        for (Pattern kind : KINDS) {
            List<Path> files = files(directory, kind);
            if (files.isEmpty() && root.isPresent()) {
                files = files(root.get(), kind);
            }
            files.forEach(file -> add(byFileName, file));
        }
        return new ArrayList<>(byFileName.values());
    }

    private static void add(Map<String, Path> byFileName, Path file) {
        byFileName.putIfAbsent(file.getFileName().toString(), file);
    }

    private static List<Path> files(Path directory, Pattern kind) throws WorkFailedException {
        return ProjectFiles.children(directory).stream()
                .filter(child -> kind.matcher(child.getFileName().toString().toLowerCase(Locale.ROOT))
                        .matches())
                .filter(Files::isRegularFile)
                .toList();
    }
}
