package io.github.traviscompile.ci.travis;

import io.github.traviscompile.model.RepositoryName;

/**
 * A repository in Travis CI's terms.
 *
 * @param id its number there
 * @param name on GitHub
 * @param owner the account that pays its builds with credits
 */
public record TravisRepository(long id, RepositoryName name, String owner, boolean isActive, boolean isPrivate) {

    String path() {
        return "/repo/" + id;
    }
}
