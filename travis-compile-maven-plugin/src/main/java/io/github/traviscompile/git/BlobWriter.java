package io.github.traviscompile.git;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Reads, scans and stores files on several threads, each with its own pack, because digest and compression cost more
 * than disks do. Closing discards unflushed objects.
 */
final class BlobWriter implements AutoCloseable {

    private static final int MOST_THREADS = 4;

    private final ObjectStore store;
    private final List<PackInserter> inserters = new ArrayList<>();

    BlobWriter(ObjectStore store) {
        this.store = store;
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < threads; i++) {
            inserters.add(store.newInserter());
        }
    }

    /** Returns the ids of the files' contents, in the order of the files. */
    List<ObjectId> insert(List<TreeFile> files, SecretScan scan) throws IOException, CrossCompileException {
        ObjectId[] ids = new ObjectId[files.size()];
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(inserters.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (PackInserter inserter : inserters) {
                running.add(threads.submit(() -> {
                    try {
                        for (int i = next.getAndIncrement(); i < ids.length; i = next.getAndIncrement()) {
                            ids[i] = insert(files.get(i), scan, inserter);
                        }
                    } finally {
                        // After a failure the other threads need not continue; after the last file this changes
                        // nothing.
                        next.set(ids.length);
                    }
                    return null;
                }));
            }
            awaitAll(running);
            return Arrays.asList(ids);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitAll(List<Future<?>> running) throws IOException, CrossCompileException {
        ExecutionException failure = null;
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                failure = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new WorkFailedException("The snapshot was interrupted.", e);
            }
        }
        if (failure == null) {
            return;
        }
        if (failure.getCause() instanceof CrossCompileException e) {
            throw e;
        }
        if (failure.getCause() instanceof IOException e) {
            throw e;
        }
        throw new IllegalStateException("The snapshot failed because of a bug in this plugin.", failure);
    }

    private ObjectId insert(TreeFile file, SecretScan scan, PackInserter inserter)
            throws IOException, CrossCompileException {
        Optional<SecretScan.Pass> pass = scan.begin(file.path().toString());
        if (file.isLink()) {
            return inserter.insert(Constants.OBJ_BLOB, file.target().bytes());
        }
        FileContent content = new FileContent(file);
        return content.isSmall()
                ? inserter.insert(Constants.OBJ_BLOB, content.whole(pass))
                : insertLarge(file, content, content.id(pass), inserter);
    }

    /** Reads a large file again only if the store lacks it. */
    private ObjectId insertLarge(TreeFile file, FileContent content, ObjectId id, PackInserter inserter)
            throws IOException, CrossCompileException {
        if (store.repository().getObjectDatabase().has(id)) {
            return id;
        }
        ObjectId stored = content.read(in -> {
            try {
                return inserter.insert(Constants.OBJ_BLOB, file.size(), in);
            } catch (EOFException e) {
                throw content.changed();
            } catch (IOException e) {
                throw store.unwritable(e);
            }
        });
        if (!stored.equals(id)) {
            throw content.changed();
        }
        return id;
    }

    void flush() throws IOException {
        for (PackInserter inserter : inserters) {
            inserter.flush();
        }
    }

    @Override
    public void close() {
        inserters.forEach(PackInserter::close);
    }
}
