package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.InvalidPathException;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * A working tree at one moment, as a git tree in its own object store. The tree id depends only on names, modes and
 * bytes, and equals git's own. The user's repository is only read, and none of its hooks or programs run. The caller
 * closes the snapshot; the store stays on disk.
 */
public final class Snapshot implements AutoCloseable {

    /** The directory that {@link #wrap} puts the snapshot in. */
    public static final String SOURCE = "source";

    private final ObjectStore store;
    private final TreeId tree;
    private final SnapshotListing listing;

    private Snapshot(ObjectStore store, TreeId tree, SnapshotListing listing) {
        this.store = store;
        this.tree = tree;
        this.listing = listing;
    }

    /** Returns the files that {@link #take} would store and the secrets that would make it fail; writes nothing. */
    public static SnapshotListing list(SnapshotRequest request) throws CrossCompileException {
        return list(request, UserExcludes.ofProcess());
    }

    static SnapshotListing list(SnapshotRequest request, UserExcludes userExcludes) throws CrossCompileException {
        WorkingTree.Contents contents = WorkingTree.list(request, userExcludes);
        SecretScan scan = new SecretScan(request.allowedSecrets());
        for (TreeFile file : contents.files()) {
            Optional<SecretScan.Pass> pass = scan.begin(file.path().toString());
            if (pass.isEmpty() || file.isLink()) {
                continue;
            }
            FileContent content = new FileContent(file);
            if (content.isSmall()) {
                content.whole(pass);
            } else {
                content.id(pass);
            }
        }
        return listing(contents, scan);
    }

    private static SnapshotListing listing(WorkingTree.Contents contents, SecretScan scan) {
        List<SnapshotFile> files =
                contents.files().stream().map(TreeFile::describe).toList();
        return new SnapshotListing(files, scan.findings(), contents.warnings());
    }

    /**
     * Takes the snapshot, whole or not at all.
     *
     * @param objectStore a directory of this class only, created if absent, kept between runs within a size limit; one
     *     run uses it at a time
     * @throws ActionNeededException if the tree contains secrets or files that git cannot store
     * @throws WorkFailedException if a file changes meanwhile or the store cannot be written
     */
    public static Snapshot take(SnapshotRequest request, Path objectStore) throws CrossCompileException {
        return take(request, objectStore, UserExcludes.ofProcess());
    }

    static Snapshot take(SnapshotRequest request, Path objectStore, UserExcludes userExcludes)
            throws CrossCompileException {
        WorkingTree.Contents contents = WorkingTree.list(request, userExcludes);
        long bytes = contents.files().stream().mapToLong(TreeFile::size).sum();
        ObjectStore store = ObjectStore.open(objectStore, bytes);
        boolean done = false;
        try (BlobWriter blobs = new BlobWriter(store);
                PackInserter trees = store.newInserter()) {
            SecretScan scan = new SecretScan(request.allowedSecrets());
            List<ObjectId> ids = blobs.insert(contents.files(), scan);
            scan.requireNone();
            blobs.flush();
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            for (int i = 0; i < ids.size(); i++) {
                builder.add(entry(contents.files().get(i), ids.get(i)));
            }
            TreeId tree = write(index, builder, trees);
            done = true;
            return new Snapshot(store, tree, listing(contents, scan));
        } catch (IOException e) {
            throw store.unwritable(e);
        } finally {
            if (!done) {
                store.close();
            }
        }
    }

    private static DirCacheEntry entry(TreeFile file, ObjectId id) throws ActionNeededException {
        try {
            DirCacheEntry entry = new DirCacheEntry(file.path().bytes());
            entry.setFileMode(file.mode());
            entry.setObjectId(id);
            return entry;
        } catch (InvalidPathException e) {
            throw new ActionNeededException(
                    "Git cannot store the file '" + file.path() + "': " + e.getMessage()
                            + ". Rename it, or leave it out with " + Parameter.EXCLUDES + ".",
                    e);
        }
    }

    private static TreeId write(DirCache index, DirCacheBuilder builder, PackInserter inserter) throws IOException {
        builder.finish();
        ObjectId tree = index.writeTree(inserter);
        inserter.flush();
        return new TreeId(tree.name());
    }

    /** Returns the id of the tree with the snapshot's files. */
    public TreeId tree() {
        return tree;
    }

    public List<SnapshotFile> files() {
        return listing.files();
    }

    /** Returns the size of all files together. */
    public long bytes() {
        return listing.bytes();
    }

    /** Returns full sentences about files that the user may not expect in or out of the snapshot. */
    public List<String> warnings() {
        return listing.warnings();
    }

    /**
     * Stores a tree with the snapshot as {@value #SOURCE} beside some additional files, none of them executable.
     *
     * @param extra content by path, separated by {@code /}
     */
    public TreeId wrap(SortedMap<String, byte[]> extra) throws WorkFailedException {
        try (PackInserter inserter = store.newInserter();
                ObjectReader reader = inserter.newReader()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            builder.addTree(Constants.encode(SOURCE), 0, reader, ObjectId.fromString(tree.hex()));
            for (Map.Entry<String, byte[]> file : extra.entrySet()) {
                DirCacheEntry entry = new DirCacheEntry(file.getKey());
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue()));
                builder.add(entry);
            }
            return write(index, builder, inserter);
        } catch (IOException e) {
            throw store.unwritable(e);
        }
    }

    ObjectStore store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
    }
}
