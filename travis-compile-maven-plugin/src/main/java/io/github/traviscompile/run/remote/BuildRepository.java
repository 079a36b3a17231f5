package io.github.traviscompile.run.remote;

import io.github.traviscompile.git.GitRemote;
import io.github.traviscompile.git.Origin;
import io.github.traviscompile.git.RemoteBranches;
import io.github.traviscompile.github.GitHubAccess;
import io.github.traviscompile.github.GitHubApi;
import io.github.traviscompile.github.GitHubRepository;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The user's GitHub repository for builds.
 *
 * @param repository the API's view of it
 * @param branches git's view of its temporary branches
 */
public record BuildRepository(GitHubRepository repository, RemoteBranches branches) {

    /**
     * Looks up the repository.
     *
     * @param lasting the longest wait for GitHub in the whole run
     */
    public static BuildRepository open(
            RepositoryName name,
            CrossCompileRequest.Services services,
            Secret token,
            Duration lasting,
            EventPublisher listener,
            HttpSettings http)
            throws CrossCompileException {
        GitHubAccess access = new GitHubAccess(services.githubApi(), services.githubWeb(), token);
        GitHubApi api = new GitHubApi(access, http.lasting(lasting));
        GitHubRepository repository = GitHubRepository.open(api, name, listener::info);
        return new BuildRepository(
                repository, new RemoteBranches(new GitRemote(repository.git(), token), http.pause()));
    }

    /** Returns the scope for cleaning up this repository. */
    public CleanUp.CleanUpScope place(CrossCompileRequest.Services services, Path cacheDirectory) {
        return new CleanUp.CleanUpScope(repository, branches, services, cacheDirectory);
    }

    /**
     * Refuses a public repository, because a pushed snapshot can never be withdrawn. Allowed if the user accepts that
     * or the project's own origin is public.
     *
     * @param project a directory of the project to push
     * @param web the URL of GitHub's pages
     */
    public void requireMayHold(Path project, URI web, boolean acceptPublic) throws CrossCompileException {
        if (!repository.isPublic() || acceptPublic) {
            return;
        }
        Optional<RepositoryName> origin = Origin.of(project).flatMap(url -> RepositoryName.ofRemote(url, web));
        if (origin.isPresent() && repository.isPublic(origin.get())) {
            return;
        }
        throw new ActionNeededException(
                "The repository " + repository.name() + " is public, and the snapshot of " + project
                        + " would stay readable there for everyone, even after its branch is deleted. Name a private"
                        + " repository in " + Parameter.REPOSITORY + ", or set " + Parameter.ACCEPT_PUBLIC.setTo("true")
                        + " to accept that.");
    }
}
