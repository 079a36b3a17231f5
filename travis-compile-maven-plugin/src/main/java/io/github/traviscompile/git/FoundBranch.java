package io.github.traviscompile.git;

import io.github.traviscompile.model.CommitId;
import java.time.Instant;

/**
 * A temporary branch that a run of this plugin left, as it was when looked at: both its name and its tip's trailers say so.
 *
 * @param expires when it may be deleted though nobody knows whether its run still lives, by the remote's clock
 */
public record FoundBranch(BranchName name, CommitId tip, Instant expires) {}
