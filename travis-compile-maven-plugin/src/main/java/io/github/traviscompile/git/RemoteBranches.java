package io.github.traviscompile.git;

import io.github.traviscompile.http.Pause;
import io.github.traviscompile.http.RetryPolicy;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** The temporary branches of one remote. Changes no other branch, and none that changed since it was last seen. */
public final class RemoteBranches {

    static final String RUN_TRAILER = "Tcmp-Run";
    static final String EXPIRES_TRAILER = "Tcmp-Expires";

    private static final String AUTHOR = "travis-compile";
    /** A domain that can have no owner (RFC 2606), so that no account is credited. */
    private static final String EMAIL = "noreply@travis-compile.invalid";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration HURRIED_TIMEOUT = Duration.ofSeconds(8);

    /** For what the user waits for anyway. */
    private static final RetryPolicy ATTEMPTS = RetryPolicy.growing(3, Duration.ofSeconds(2), Duration.ofSeconds(5));

    static {
        IsolatedSystemReader.install();
    }

    private final GitRemote remote;
    private final Pause pause;

    /** @param pause waits between attempts */
    public RemoteBranches(GitRemote remote, Pause pause) {
        this.remote = remote;
        this.pause = pause;
    }

    /** An exchange with the remote that is harmless when repeated. */
    private interface Attempt<T> {
        T run() throws CrossCompileException;
    }

    /** Makes attempts until one succeeds or fails for a reason that the user has to remove. */
    private <T> T retry(Attempt<T> attempt) throws CrossCompileException, InterruptedException {
        RetryPolicy.Retries retries = ATTEMPTS.begin(pause);
        while (true) {
            try {
                return attempt.run();
            } catch (WorkFailedException e) {
                if (!retries.again()) {
                    throw e;
                }
            }
        }
    }

    /**
     * Fetches the base and creates the commit, in the snapshot's store only.
     *
     * @param tree the whole content of the commit, as returned by {@link Snapshot#wrap}; no file of the base remains
     */
    public PreparedBranch prepare(Snapshot snapshot, TreeId tree, BranchRequest request)
            throws CrossCompileException, InterruptedException {
        GitConnection connection = new GitConnection(snapshot.store().repository(), remote, TIMEOUT);
        BranchPush push = new BranchPush(connection, request);
        CommitId base = retry(push::fetchBase);
        return new PreparedBranch(this, push, request.name(), commit(snapshot.store(), tree, base, request));
    }

    private static CommitId commit(ObjectStore store, TreeId tree, CommitId base, BranchRequest request)
            throws WorkFailedException {
        PersonIdent author = new PersonIdent(AUTHOR, EMAIL, request.name().created(), ZoneOffset.UTC);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(ObjectId.fromString(tree.hex()));
        commit.setParentId(ObjectId.fromString(base.hex()));
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setEncoding(StandardCharsets.UTF_8);
        commit.setMessage(request.title() + "\n\n" + RUN_TRAILER + ": "
                + request.name().run() + "\n" + EXPIRES_TRAILER + ": " + request.expires() + "\n");
        try (PackInserter inserter = store.newInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return new CommitId(id.name());
        } catch (IOException e) {
            throw store.unwritable(e);
        }
    }

    TemporaryBranch push(BranchPush push, BranchName name, CommitId commit)
            throws CrossCompileException, InterruptedException {
        TemporaryBranch branch = new TemporaryBranch(this, name, commit);
        try {
            retry(() -> push.push(commit));
            return branch;
        } catch (WorkFailedException | InterruptedException e) {
            // The push may have arrived nevertheless.
            try {
                branch.close();
            } catch (CrossCompileException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    /** Fails if {@code base}, from which the temporary branches start, is missing, as in an empty repository. */
    public void requireBase(String base) throws CrossCompileException, InterruptedException {
        String what = "The branch '" + base + "' cannot be looked up";
        boolean exists = retry(() -> inMemory(TIMEOUT).exchange(what, transport -> {
            try (FetchConnection fetch = transport.openFetch()) {
                return fetch.getRef(BranchPush.HEADS + base) != null;
            }
        }));
        if (!exists) {
            throw new ActionNeededException(what + ": " + GitErrors.noBranch(remote));
        }
    }

    /** Returns the branch's present commit on the remote, if it exists. */
    public Optional<CommitId> tip(BranchName name) throws CrossCompileException, InterruptedException {
        return retry(() -> inMemory(TIMEOUT)
                .exchange("The temporary branch " + name + " cannot be looked up", transport -> {
                    try (FetchConnection fetch = transport.openFetch()) {
                        return Optional.ofNullable(fetch.getRef(name.ref()))
                                .map(ref -> new CommitId(ref.getObjectId().name()));
                    }
                }));
    }

    /**
     * Returns the temporary branches on the remote, including those of live runs. A branch must match by its name and
     * by the trailers of its tip.
     */
    public List<FoundBranch> list() throws CrossCompileException, InterruptedException {
        GitConnection connection = inMemory(TIMEOUT);
        return retry(() -> connection.exchange("The temporary branches cannot be listed", transport -> {
            List<Ref> refs;
            try (FetchConnection fetch = transport.openFetch()) {
                refs = fetch.getRefs().stream()
                        .filter(ref -> BranchName.ofRef(ref.getName()).isPresent())
                        .toList();
            }
            if (refs.isEmpty()) {
                return List.of();
            }
            transport.setDepth(1);
            transport.setFilterSpec(FilterSpec.fromFilterLine("tree:0"));
            transport.fetch(
                    NullProgressMonitor.INSTANCE,
                    refs.stream().map(ref -> new RefSpec(ref.getName())).toList());
            return read(connection.repository(), refs);
        }));
    }

    private static List<FoundBranch> read(Repository memory, List<Ref> refs) throws IOException {
        List<FoundBranch> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(memory)) {
            for (Ref ref : refs) {
                RevCommit tip = walk.parseCommit(ref.getObjectId());
                BranchName.ofRef(ref.getName())
                        .flatMap(name -> found(name, tip))
                        .ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private static Optional<FoundBranch> found(BranchName name, RevCommit tip) {
        List<String> runs = tip.getFooterLines(RUN_TRAILER);
        List<String> expiries = tip.getFooterLines(EXPIRES_TRAILER);
        if (expiries.size() != 1 || !runs.equals(List.of(name.run().hex()))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FoundBranch(name, new CommitId(tip.name()), Instant.parse(expiries.get(0))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Deletes the branch of a dead run, unless it is gone already; fails if it changed since it was found. */
    public void delete(FoundBranch found) throws CrossCompileException {
        delete(found.name(), found.tip());
    }

    /** Takes only seconds, because it also runs while Maven shuts down. */
    void delete(BranchName name, CommitId expected) throws CrossCompileException {
        try {
            deleteOnce(name, expected);
        } catch (WorkFailedException e) {
            deleteOnce(name, expected);
        }
    }

    private void deleteOnce(BranchName name, CommitId expected) throws CrossCompileException {
        GitConnection connection = inMemory(HURRIED_TIMEOUT);
        String what = "The temporary branch " + name + " in " + remote.url() + " cannot be deleted";
        String remedy =
                " Delete it on the repository's page, or with `git push " + remote.url() + " --delete " + name + "`.";
        connection.exchange(what, transport -> {
            RemoteRefUpdate update = new RemoteRefUpdate(
                    connection.repository(),
                    null,
                    ObjectId.zeroId(),
                    name.ref(),
                    true,
                    null,
                    ObjectId.fromString(expected.hex()));
            PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            return switch (update.getStatus()) {
                case OK, NON_EXISTING -> true;
                case REJECTED_REMOTE_CHANGED ->
                    throw new ActionNeededException(
                            what + ": another push changed it since this plugin created it." + remedy);
                default ->
                    throw new WorkFailedException(what + ": "
                            + GitErrors.quote(remote, update.getMessage(), result.getMessages()) + "." + remedy);
            };
        });
    }

    private GitConnection inMemory(Duration timeout) {
        // Holds no resource but memory.
        return new GitConnection(new InMemoryRepository(new DfsRepositoryDescription()), remote, timeout);
    }
}
