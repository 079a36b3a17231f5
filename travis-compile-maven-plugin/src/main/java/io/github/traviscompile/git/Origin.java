package io.github.traviscompile.git;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the remote {@code origin} of the git repository around a directory. */
public final class Origin {

    private Origin() {}

    /**
     * Returns the URL of the remote {@code origin} in the repository's own configuration.
     *
     * @param directory a directory of a working tree
     * @return empty without a repository or such a remote
     */
    public static Optional<String> of(Path directory) throws CrossCompileException {
        try {
            for (Path at = directory.toRealPath(); at != null; at = at.getParent()) {
                Optional<GitDirectory> repository = GitDirectory.at(at);
                if (repository.isPresent()) {
                    return repository.get().origin();
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The git repository of '" + directory + "' cannot be read", e, "Make it readable for this user.");
        }
    }
}
