package io.github.traviscompile.run.api;

import java.io.IOException;
import java.nio.file.Path;

/** Where files come from that are needed at run time by some runs only. */
public interface ArtifactSource {

    /**
     * Makes an artifact available on this machine, without its dependencies.
     *
     * @param coordinates {@code group:artifact[:extension[:classifier]]:version}
     * @throws IOException if it cannot be had, with the reason in words
     */
    Path resolve(String coordinates) throws IOException;
}
