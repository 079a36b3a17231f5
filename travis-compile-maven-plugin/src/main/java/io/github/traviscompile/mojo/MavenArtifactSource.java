package io.github.traviscompile.mojo;

import io.github.traviscompile.run.api.ArtifactSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * Gets artifacts from Maven's repositories for plugins, with Maven's own mirrors, proxies and credentials. It works
 * offline if Maven does.
 *
 * @param repositories the repositories for plugins, in the order of requests
 */
record MavenArtifactSource(
        RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> repositories)
        implements ArtifactSource {

    MavenArtifactSource {
        repositories = List.copyOf(repositories);
    }

    @Override
    public Path resolve(String coordinates) throws IOException {
        ArtifactRequest request = new ArtifactRequest(new DefaultArtifact(coordinates), repositories, null);
        try {
            return system.resolveArtifact(session, request)
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
