package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the user's files; errors name the unreadable file and the cause. */
final class ProjectFiles {

    private ProjectFiles() {}

    static String text(Path file) throws CrossCompileException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ActionNeededException("The file " + file + " is not UTF-8 (" + e + "). Save it as UTF-8.", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Returns the entries of {@code directory}, sorted; none if it is not a directory. */
    static List<Path> children(Path directory) throws WorkFailedException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(directory, e);
        }
    }

    /** Returns {@code directory}, then all directories below it, also through symbolic links. */
    static List<Path> directoriesFrom(Path directory) throws WorkFailedException {
        try (Stream<Path> below = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            return below.filter(Files::isDirectory).toList();
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(directory, e);
        }
    }

    private static WorkFailedException unreadable(Path path, Exception cause) {
        return new WorkFailedException("Could not read " + path + ": " + cause + ". Check that it is readable.", cause);
    }
}
