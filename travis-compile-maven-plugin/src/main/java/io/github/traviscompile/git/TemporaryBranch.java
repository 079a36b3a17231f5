package io.github.traviscompile.git;

import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.CrossCompileException;

/** A branch on a remote that exists as long as its run. The caller that pushed it closes it, which deletes it there. */
public final class TemporaryBranch implements AutoCloseable {

    private final RemoteBranches remote;
    private final BranchName name;
    private final CommitId commit;
    private boolean kept;

    TemporaryBranch(RemoteBranches remote, BranchName name, CommitId commit) {
        this.remote = remote;
        this.name = name;
        this.commit = commit;
    }

    public BranchName name() {
        return name;
    }

    public CommitId commit() {
        return commit;
    }

    /** Whether the branch still exists with the commit that was pushed. */
    public boolean isUnchanged() throws CrossCompileException, InterruptedException {
        return remote.tip(name).filter(commit::equals).isPresent();
    }

    /** Makes closing leave the branch in place. */
    public void keep() {
        kept = true;
    }

    /**
     * Deletes the branch, unless it is gone already.
     *
     * @throws CrossCompileException if it still exists; the message names it and how to delete it
     */
    @Override
    public void close() throws CrossCompileException {
        if (!kept) {
            remote.delete(name, commit);
            kept = true;
        }
    }
}
