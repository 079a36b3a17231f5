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

/** Looks at the user's files; says which one could not be read, and why. */
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

    /** What lies in {@code directory}, sorted; nothing where it is no directory. */
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

    /** {@code directory} first, then all directories below it, through symbolic links too. */
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
