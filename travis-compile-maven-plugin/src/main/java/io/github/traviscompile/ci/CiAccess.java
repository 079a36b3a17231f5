package io.github.traviscompile.ci;

import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.model.RepositoryName;
import java.security.PublicKey;
import java.util.Optional;

/**
 * The inputs of a service for one run.
 *
 * @param repository holds the pushed commits
 * @param pullRequest whether the run opens a pull request for the branch, or opened one
 * @param helloKey encrypts the keys that legs make themselves; empty if no leg authenticates to an endpoint
 */
public record CiAccess(
        CiSettings settings,
        RepositoryName repository,
        boolean pullRequest,
        Optional<PublicKey> helloKey,
        HttpSettings http) {}
