package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.CrossCompileException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;

/** Creates one branch on a remote, once, even if answers get lost. */
final class BranchPush {

    static final String HEADS = "refs/heads/";

    /** The store's reference to the base, which tells JGit what the remote has already. */
    private static final String BASE = "refs/travis-compile/base";

    private final GitConnection connection;
    private final BranchRequest request;

    BranchPush(GitConnection connection, BranchRequest request) {
        this.connection = connection;
        this.request = request;
    }

    /** Fetches the head of the base with its directories and without file contents. */
    CommitId fetchBase() throws CrossCompileException {
        return connection.exchange("The branch '" + request.base() + "' cannot be fetched", transport -> {
            transport.setDepth(1);
            return fetchBase(transport);
        });
    }

    private CommitId fetchBase(Transport transport) throws IOException {
        transport.setFilterSpec(FilterSpec.fromFilterLine("blob:none"));
        RefSpec head = new RefSpec("+" + HEADS + request.base() + ":" + BASE);
        FetchResult result = transport.fetch(NullProgressMonitor.INSTANCE, List.of(head));
        return new CommitId(
                result.getAdvertisedRef(head.getSource()).getObjectId().name());
    }

    /** Pushes the commit. Can be repeated: an existing branch is not sent again. */
    boolean push(CommitId commit) throws CrossCompileException {
        return connection.exchange("The temporary branch " + request.name() + " cannot be pushed", transport -> {
            while (!pushOnto(transport, commit)) {
                // The base has new commits. Their path from the known commit to the new head tells JGit again what the
                // remote has already.
                fetchBase(transport);
            }
            return true;
        });
    }

    /** Pushes once; does nothing and returns {@code false} if the base's head is not in the store. */
    private boolean pushOnto(Transport transport, CommitId commit) throws IOException, CrossCompileException {
        String ref = request.name().ref();
        try (PushConnection remote = transport.openPush()) {
            Ref existing = remote.getRef(ref);
            if (existing != null) {
                return sameOrRefused(existing, commit);
            }
            Ref base = remote.getRef(HEADS + request.base());
            if (base != null && !connection.repository().getObjectDatabase().has(base.getObjectId())) {
                return false;
            }
            RemoteRefUpdate update = new RemoteRefUpdate(
                    connection.repository(),
                    commit.hex(),
                    ObjectId.fromString(commit.hex()),
                    ref,
                    false,
                    null,
                    ObjectId.zeroId());
            remote.push(NullProgressMonitor.INSTANCE, Map.of(ref, update));
            if (update.getStatus() != RemoteRefUpdate.Status.OK) {
                throw GitErrors.ofPush(request.name(), connection.remote(), update.getMessage(), remote.getMessages());
            }
            return true;
        }
    }

    private boolean sameOrRefused(Ref existing, CommitId commit) throws ActionNeededException {
        if (!existing.getObjectId().name().equals(commit.hex())) {
            throw new ActionNeededException("Another push created the branch " + request.name() + " in "
                    + connection.remote().url() + ". It was not changed; run the build again.");
        }
        return true;
    }
}
