package io.github.traviscompile.ci.travis;

import io.github.traviscompile.model.RepositoryName;

/**
 * A repository as Travis CI knows it.
 *
 * @param id its number there
 * @param name on GitHub
 * @param owner the account whose credits its builds use
 */
public record TravisRepository(long id, RepositoryName name, String owner, boolean isActive, boolean isPrivate) {

    String path() {
        return "/repo/" + id;
    }
}
