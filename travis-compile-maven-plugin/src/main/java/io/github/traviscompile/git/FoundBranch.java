package io.github.traviscompile.git;

import io.github.traviscompile.model.CommitId;
import java.time.Instant;

/**
 * A temporary branch of an earlier run, recognised by its name and its tip's trailers, as found.
 *
 * @param expires the time, by the remote's clock, from which it may be deleted without knowing whether its run is alive
 */
public record FoundBranch(BranchName name, CommitId tip, Instant expires) {}
