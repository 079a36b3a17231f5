package io.github.traviscompile.git;

import io.github.traviscompile.platform.ActionNeededException;
import io.github.traviscompile.platform.CommitId;
import io.github.traviscompile.platform.CrossCompileException;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;

/** Creates one branch on a remote, once, whatever gets lost on the way. */
final class BranchPush {

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
        RefSpec head = new RefSpec("+refs/heads/" + request.base() + ":" + BASE);
        FetchResult result = transport.fetch(NullProgressMonitor.INSTANCE, List.of(head));
        return new CommitId(
                result.getAdvertisedRef(head.getSource()).getObjectId().name());
    }

    /** Is harmless when repeated: what the remote has already is not sent again. */
    boolean push(CommitId commit) throws CrossCompileException {
        return connection.exchange("The temporary branch " + request.name() + " cannot be pushed", transport -> {
            try {
                return pushOnce(transport, commit);
            } catch (TransportException e) {
                if (!isBaseMoved(e)) {
                    throw e;
                }
            }
            // Someone pushed to the base meanwhile. Its way from the commit that we know to its new head tells JGit
            // again that the remote has what we know.
            fetchBase(transport);
            return pushOnce(transport, commit);
        });
    }

    private boolean pushOnce(Transport transport, CommitId commit) throws IOException, CrossCompileException {
        RemoteRefUpdate update = new RemoteRefUpdate(
                connection.repository(),
                commit.hex(),
                ObjectId.fromString(commit.hex()),
                request.name().ref(),
                false,
                null,
                ObjectId.zeroId());
        PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE -> true;
            case REJECTED_REMOTE_CHANGED ->
                throw new ActionNeededException("Someone else created the branch " + request.name() + " in "
                        + connection.remote().url() + ". It is left as it is; run the build again.");
            default ->
                throw GitRefusal.ofPush(request.name(), connection.remote(), update.getMessage(), result.getMessages());
        };
    }

    private static boolean isBaseMoved(Throwable failure) {
        return failure instanceof MissingObjectException
                || (failure.getCause() != null && isBaseMoved(failure.getCause()));
    }
}
