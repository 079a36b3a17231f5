package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import java.util.List;

/**
 * The content of a snapshot before it is taken.
 *
 * @param files in git's order
 * @param secrets the secrets that would make it fail
 * @param warnings full sentences
 */
public record SnapshotListing(List<SnapshotFile> files, List<SecretFinding> secrets, List<String> warnings) {

    public SnapshotListing {
        files = List.copyOf(files);
        secrets = List.copyOf(secrets);
        warnings = List.copyOf(warnings);
    }

    /** Fails with the message of {@link Snapshot#take} if there are secrets. */
    public void requireNoSecrets() throws ActionNeededException {
        SecretScan.requireNone(secrets);
    }

    /** Returns the size of all files together. */
    public long bytes() {
        return files.stream().mapToLong(SnapshotFile::bytes).sum();
    }
}
