package io.github.traviscompile.git;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.eclipse.jgit.lib.FileMode;

/**
 * A file as listed.
 *
 * @param path relative to the snapshot's root
 * @param file its path on disk
 * @param mode one of git's three modes of content
 * @param target of a symbolic link, with slashes on every system as git stores it; else the empty path
 */
record TreeFile(GitPath path, Path file, FileMode mode, long size, FileTime modified, GitPath target) {

    boolean isLink() {
        return mode.equals(FileMode.SYMLINK);
    }

    boolean isTargetAbsolute() {
        return target.latin1().startsWith("/") || target.toPath().isAbsolute();
    }

    SnapshotFile describe() {
        SnapshotFile.Kind kind = isLink()
                ? SnapshotFile.Kind.SYMLINK
                : mode.equals(FileMode.EXECUTABLE_FILE) ? SnapshotFile.Kind.EXECUTABLE : SnapshotFile.Kind.FILE;
        return new SnapshotFile(path.toString(), size, kind);
    }
}
