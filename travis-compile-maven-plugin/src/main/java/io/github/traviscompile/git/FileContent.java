package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WorkFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.sha1.SHA1;

/** Reads a listed file, and fails if it changed since the listing. */
final class FileContent {

    private static final int SMALL_BYTES = 4 << 20;
    private static final int PIECE_BYTES = 1 << 20;

    private static final Class<? extends BasicFileAttributes> VIEW =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? PosixFileAttributes.class
                    : BasicFileAttributes.class;

    private final TreeFile listed;

    FileContent(TreeFile listed) {
        this.listed = listed;
    }

    /** Consumes a file's content; may fail with its own exceptions. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream in) throws IOException, CrossCompileException;
    }

    /** Whether memory can hold the file several times over; a larger one may have to be read twice. */
    boolean isSmall() {
        return listed.size() <= SMALL_BYTES;
    }

    /** Returns the whole content of a small file, scanned by {@code pass}. */
    byte[] whole(Optional<SecretScan.Pass> pass) throws CrossCompileException {
        byte[] content = read(in -> {
            byte[] bytes = new byte[(int) listed.size()];
            if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw new EOFException();
            }
            return bytes;
        });
        pass.ifPresent(p -> p.feed(content, content.length, true));
        return content;
    }

    /** Reads to the end in constant memory and returns git's id of the content. */
    ObjectId id(Optional<SecretScan.Pass> pass) throws CrossCompileException {
        SHA1 digest = SHA1.newInstance();
        digest.update(Constants.encodeASCII("blob " + listed.size() + "\0"));
        return read(in -> {
            byte[] piece = new byte[PIECE_BYTES];
            int kept = 0;
            for (long left = listed.size(); left > 0; ) {
                int n = in.readNBytes(piece, kept, (int) Math.min(piece.length - kept, left));
                if (n == 0) {
                    throw new EOFException();
                }
                left -= n;
                digest.update(piece, kept, n);
                int length = kept + n;
                boolean last = left == 0;
                int done = pass.isPresent() ? pass.get().feed(piece, length, last) : length;
                kept = length - done;
                System.arraycopy(piece, done, piece, 0, kept);
            }
            return digest.toObjectId();
        });
    }

    /** Runs {@code reader}, which reads up to the listed size, then fails if the file changed meanwhile. */
    <T> T read(Reader<T> reader) throws CrossCompileException {
        try (InputStream in = Files.newInputStream(listed.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            T result = reader.read(in);
            BasicFileAttributes now = attributes(listed.file());
            if (in.read() >= 0
                    || !now.isRegularFile()
                    || now.size() != listed.size()
                    || !now.lastModifiedTime().equals(listed.modified())) {
                throw changed();
            }
            return result;
        } catch (NoSuchFileException e) {
            throw disappeared(listed.path().toString(), e);
        } catch (AccessDeniedException e) {
            throw new ActionNeededException(
                    "The file '" + listed.path() + "' cannot be read: permission denied. Make it readable, or leave it "
                            + "out with " + Parameter.EXCLUDES + ".",
                    e);
        } catch (EOFException e) {
            throw changed();
        } catch (IOException e) {
            if (Files.isSymbolicLink(listed.file())) {
                throw changed();
            }
            throw WorkFailedException.of(
                    "The file '" + listed.path() + "' cannot be read",
                    e,
                    "Repair it, or leave it out with " + Parameter.EXCLUDES + ".");
        }
    }

    WorkFailedException changed() {
        return new WorkFailedException("The file '" + listed.path() + "' changed while the snapshot was taken, so its "
                + "content is inconsistent. Run again when no program writes to it, or leave it out with "
                + Parameter.EXCLUDES + ".");
    }

    static WorkFailedException disappeared(String file, IOException cause) {
        return new WorkFailedException(
                "The file '" + file + "' disappeared while the snapshot was taken. Run again when no program writes to "
                        + "the project, or leave the file out with " + Parameter.EXCLUDES + ".",
                cause);
    }

    /** Returns attributes with permissions if the file system has them; of a link itself, not of its target. */
    static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, VIEW, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the owner may execute the file, the bit that git stores. */
    static boolean isExecutable(BasicFileAttributes attributes) {
        return attributes instanceof PosixFileAttributes posix
                && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }
}
