package io.github.traviscompile.git;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the git repository that a directory belongs to comes from. */
public final class Origin {

    private Origin() {}

    /**
     * The address of the remote {@code origin} as the repository's own configuration has it.
     *
     * @param directory of a working tree, or below one
     * @return nothing where there is no repository or no such remote
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
