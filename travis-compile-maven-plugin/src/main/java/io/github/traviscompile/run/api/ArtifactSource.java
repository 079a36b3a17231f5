package io.github.traviscompile.run.api;

import java.io.IOException;
import java.nio.file.Path;

/** A source of the files that only some runs need, at run time. */
public interface ArtifactSource {

    /**
     * Makes an artifact available on this machine, without its dependencies.
     *
     * @param coordinates {@code group:artifact[:extension[:classifier]]:version}
     * @throws IOException if the artifact is unavailable, with the reason in words
     */
    Path resolve(String coordinates) throws IOException;
}
