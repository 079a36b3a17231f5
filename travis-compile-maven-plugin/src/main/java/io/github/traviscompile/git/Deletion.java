package io.github.traviscompile.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import org.jspecify.annotations.Nullable;

/** Deletes a path, recursively for a directory; of a symbolic link only the link. */
final class Deletion extends SimpleFileVisitor<Path> {

    private Deletion() {}

    static void ofAll(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(path, new Deletion());
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        // Windows does not delete read-only files, and JGit makes its packs read-only.
        if (attributes instanceof DosFileAttributes dos && dos.isReadOnly()) {
            Files.setAttribute(file, "dos:readonly", false, LinkOption.NOFOLLOW_LINKS);
        }
        Files.delete(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
        if (e != null) {
            throw e;
        }
        Files.delete(directory);
        return FileVisitResult.CONTINUE;
    }
}
