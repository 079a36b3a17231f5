package io.github.traviscompile.git;

import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.CrossCompileException;

/** A commit in the local store, before anything is pushed. Usable while its snapshot is open. */
public final class PreparedBranch {

    private final RemoteBranches branches;
    private final BranchPush push;
    private final BranchName name;
    private final CommitId commit;

    PreparedBranch(RemoteBranches branches, BranchPush push, BranchName name, CommitId commit) {
        this.branches = branches;
        this.push = push;
        this.name = name;
        this.commit = commit;
    }

    public BranchName name() {
        return name;
    }

    public CommitId commit() {
        return commit;
    }

    /**
     * Creates the branch on the remote; fails if a branch of its name exists. After a failure the branch is removed
     * from the remote. If the remote cannot be reached, the suppressed exception names the branch that may remain.
     */
    public TemporaryBranch push() throws CrossCompileException, InterruptedException {
        return branches.push(push, name, commit);
    }
}
