package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.SystemReader;

/**
 * A directory whose content equals a tree. Correct files are not rewritten, so that Cargo, which compares modification
 * times, compiles only changed ones. Files are compared by content, so that no edited or half-written file survives.
 * Symbolic links are never followed.
 */
public final class Checkout {

    private static final Set<PosixFilePermission> EXECUTE = EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private final Path directory;

    /** @param directory created if absent; other content is deleted */
    public Checkout(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the directory contain exactly {@code tree}.
     *
     * @param tree in the snapshot's store: the snapshot's own or one from {@link Snapshot#wrap}
     * @throws ActionNeededException if this system cannot store a name of the tree
     * @throws WorkFailedException if the directory cannot be written, or git would not create such a tree
     */
    public void update(Snapshot snapshot, TreeId tree) throws CrossCompileException {
        try (ObjectReader reader = snapshot.store().repository().newObjectReader()) {
            Files.createDirectories(directory);
            update(directory, GitPath.ROOT, ObjectId.fromString(tree.hex()), reader);
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The snapshot cannot be written to " + directory,
                    e,
                    "The directory must be writable, with room for all files of the project.");
        }
    }

    private static void update(Path directory, GitPath path, ObjectId tree, ObjectReader reader)
            throws IOException, CrossCompileException {
        byte[] entries = reader.open(tree, Constants.OBJ_TREE).getBytes();
        check(path, tree, entries);
        Map<GitPath, Path> extras = children(directory);
        CanonicalTreeParser parser = new CanonicalTreeParser();
        for (parser.reset(entries); !parser.eof(); parser.next(1)) {
            byte[] nameBytes = new byte[parser.getNameLength()];
            parser.getName(nameBytes, 0);
            GitPath name = GitPath.of(nameBytes);
            extras.remove(name);
            GitPath childPath = path.child(name);
            Path child = in(directory, name);
            ObjectId id = parser.getEntryObjectId();
            FileMode mode = parser.getEntryFileMode();
            if (mode.equals(FileMode.TREE)) {
                writeDirectory(child);
                update(child, childPath, id, reader);
            } else if (mode.equals(FileMode.SYMLINK)) {
                writeLink(child, GitPath.of(reader.open(id, Constants.OBJ_BLOB).getBytes()));
            } else if (mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)) {
                writeFile(child, id, mode.equals(FileMode.EXECUTABLE_FILE), reader);
            } else {
                throw new WorkFailedException("The tree " + tree.name() + " contains '" + childPath + "' of mode "
                        + mode + ", which no snapshot has, so it is not written.");
            }
        }
        for (Path extra : extras.values()) {
            Deletion.ofAll(extra);
        }
    }

    private static void check(GitPath path, ObjectId tree, byte[] entries) throws CrossCompileException {
        SystemReader system = SystemReader.getInstance();
        try {
            new ObjectChecker()
                    .setSafeForWindows(system.isWindows())
                    .setSafeForMacOS(system.isMacOS())
                    .checkTree(entries);
        } catch (CorruptObjectException e) {
            String where = path.latin1().isEmpty() ? "its root" : "'" + path + "'";
            if (e.getErrorType() == ObjectChecker.ErrorType.WIN32_BAD_NAME) {
                throw new ActionNeededException(
                        "The snapshot cannot be written on Windows: in " + where + ", " + e.getMessage()
                                + ". Rename the file, or leave it out with " + Parameter.EXCLUDES + ".",
                        e);
            }
            throw new WorkFailedException(
                    "The tree " + tree.name() + " is not written, because no snapshot has such a tree: in " + where
                            + ", " + e.getMessage() + ".",
                    e);
        }
    }

    private static Path in(Path directory, GitPath name) throws ActionNeededException {
        try {
            return name.in(directory);
        } catch (InvalidPathException e) {
            throw new ActionNeededException(
                    "The name '" + name + "' cannot be written to " + directory + ": " + e.getMessage()
                            + ". Rename the file, or leave it out with " + Parameter.EXCLUDES + ".",
                    e);
        }
    }

    private static Map<GitPath, Path> children(Path directory) throws IOException {
        Map<GitPath, Path> children = new HashMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path child : stream) {
                children.put(GitPath.of(child.getFileName()), child);
            }
        } catch (DirectoryIteratorException e) {
            throw new IOException(e.getMessage(), e);
        }
        return children;
    }

    private static void writeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(directory);
            Files.createDirectory(directory);
        }
    }

    private static void writeLink(Path link, GitPath target) throws IOException {
        if (Files.isSymbolicLink(link)
                && GitPath.of(Files.readSymbolicLink(link)).equals(target)) {
            return;
        }
        Deletion.ofAll(link);
        Files.createSymbolicLink(link, target.toPath());
    }

    private static void writeFile(Path file, ObjectId id, boolean executable, ObjectReader reader) throws IOException {
        if (!holds(file, id, reader)) {
            Deletion.ofAll(file);
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                reader.open(id, Constants.OBJ_BLOB).copyTo(out);
            }
        }
        if (FileContent.attributes(file) instanceof PosixFileAttributes now
                && FileContent.isExecutable(now) != executable) {
            Files.setPosixFilePermissions(file, permissions(now.permissions(), executable));
        }
    }

    private static boolean holds(Path file, ObjectId id, ObjectReader reader) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.size(file) != reader.getObjectSize(id, Constants.OBJ_BLOB)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file);
                ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            return formatter.idFor(Constants.OBJ_BLOB, Files.size(file), in).equals(id);
        }
    }

    /** Adds execute to read permissions, as git's own checkout does. */
    private static Set<PosixFilePermission> permissions(Set<PosixFilePermission> now, boolean executable) {
        Set<PosixFilePermission> wanted = EnumSet.copyOf(now);
        for (PosixFilePermission permission : now) {
            switch (permission) {
                case OWNER_READ -> wanted.add(PosixFilePermission.OWNER_EXECUTE);
                case GROUP_READ -> wanted.add(PosixFilePermission.GROUP_EXECUTE);
                case OTHERS_READ -> wanted.add(PosixFilePermission.OTHERS_EXECUTE);
                default -> {}
            }
        }
        if (!executable) {
            wanted.removeAll(EXECUTE);
        }
        return wanted;
    }
}
