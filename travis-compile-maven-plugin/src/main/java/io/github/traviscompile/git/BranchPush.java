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

/** Creates one branch on a remote, once, whatever gets lost on the way. */
final class BranchPush {

    static final String HEADS = "refs/heads/";

    /** Where the store remembers the base, which tells JGit what the remote has already. */
    private static final String BASE = "refs/travis-compile/base";

    private final GitConnection connection;
    private final BranchRequest request;

    BranchPush(GitConnection connection, BranchRequest request) {
        this.connection = connection;
        this.request = request;
    }

    /** The head of the base, its directories and no file of it. */
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

    /** Is harmless when repeated: a branch that is there already is not sent again. */
    boolean push(CommitId commit) throws CrossCompileException {
        return connection.exchange("The temporary branch " + request.name() + " cannot be pushed", transport -> {
            while (!pushOnto(transport, commit)) {
                // Someone pushed to the base meanwhile. Its way from the commit that we know to its new head tells JGit
                // again what the remote has already.
                fetchBase(transport);
            }
            return true;
        });
    }

    /** Does nothing if the base's head is not in the store. */
    private boolean pushOnto(Transport transport, CommitId commit) throws IOException, CrossCompileException {
        String ref = request.name().ref();
        try (PushConnection remote = transport.openPush()) {
            Ref there = remote.getRef(ref);
            if (there != null) {
                return sameOrRefused(there, commit);
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

    private boolean sameOrRefused(Ref there, CommitId commit) throws ActionNeededException {
        if (!there.getObjectId().name().equals(commit.hex())) {
            throw new ActionNeededException("Someone else created the branch " + request.name() + " in "
                    + connection.remote().url() + ". It is left as it is; run the build again.");
        }
        return true;
    }
}
