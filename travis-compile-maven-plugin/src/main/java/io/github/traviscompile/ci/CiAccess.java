package io.github.traviscompile.ci;

import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.model.RepositoryName;
import java.security.PublicKey;
import java.util.Optional;

/**
 * What a service is opened with for one run.
 *
 * @param repository carries the builds
 * @param pullRequest whether a pull request is opened for the branch, or was
 * @param helloKey to which legs wrap their keys that make them themselves; empty where none is to be let in
 */
public record CiAccess(
        CiSettings settings,
        RepositoryName repository,
        boolean pullRequest,
        Optional<PublicKey> helloKey,
        HttpSettings http) {}
