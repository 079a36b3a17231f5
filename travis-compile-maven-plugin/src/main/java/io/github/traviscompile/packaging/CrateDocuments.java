package io.github.traviscompile.packaging;

import io.github.traviscompile.platform.WorkFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The licence texts and the README that travel with what was built from a crate. */
public final class CrateDocuments {

    private static final Pattern NAME = Pattern.compile(
            "(LICEN[CS]E|UNLICENSE|COPYING|COPYRIGHT|NOTICE|README)([._-][\\w.-]*)?", Pattern.CASE_INSENSITIVE);

    private CrateDocuments() {}

    /**
     * The documents that lie in {@code folders} themselves. Where several have one of the same name, in whatever case,
     * the first folder's is taken.
     */
    public static Collection<ArchiveFile> in(List<Path> folders) throws WorkFailedException {
        SortedMap<String, ArchiveFile> found = new TreeMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                        .filter(Files::isRegularFile)
                        .sorted()
                        .map(file -> new ArchiveFile(file.getFileName().toString(), file, false, Optional.empty()))
                        .forEach(file -> found.putIfAbsent(file.name().toLowerCase(Locale.ROOT), file));
            } catch (IOException e) {
                throw WorkFailedException.of(
                        "The folder '" + folder + "' could not be searched for the licence and the README",
                        e,
                        "Make it readable for this user.");
            }
        }
        return List.copyOf(found.values());
    }
}
