package io.github.traviscompile.git;

import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.CrossCompileException;

/** A commit that lies in the store only: nothing has left the machine. Usable while its snapshot is open. */
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
     * Creates the branch on the remote, where no branch of its name may be. When this fails there is none, as far as the
     * remote can be reached: if it cannot, the suppressed exception names what may be left.
     */
    public TemporaryBranch push() throws CrossCompileException, InterruptedException {
        return branches.push(push, name, commit);
    }
}
