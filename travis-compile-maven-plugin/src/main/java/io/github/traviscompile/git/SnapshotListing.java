package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import java.util.List;

/**
 * What a snapshot would hold.
 *
 * @param files in git's order
 * @param secrets what would forbid to take it
 * @param warnings full sentences
 */
public record SnapshotListing(List<SnapshotFile> files, List<SecretFinding> secrets, List<String> warnings) {

    public SnapshotListing {
        files = List.copyOf(files);
        secrets = List.copyOf(secrets);
        warnings = List.copyOf(warnings);
    }

    /** Refuses what {@link Snapshot#take} would refuse for being secret, in the same words. */
    public void requireNoSecrets() throws ActionNeededException {
        SecretScan.requireNone(secrets);
    }

    /** The size of all files together. */
    public long bytes() {
        return files.stream().mapToLong(SnapshotFile::bytes).sum();
    }
}
