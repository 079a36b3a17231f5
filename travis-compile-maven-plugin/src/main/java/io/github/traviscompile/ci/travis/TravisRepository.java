package io.github.traviscompile.ci.travis;

/**
 * A repository as Travis CI knows it.
 *
 * @param id its number there
 * @param slug {@code owner/name}
 * @param owner the account whose credits its builds use
 */
public record TravisRepository(long id, String slug, String owner, boolean isActive, boolean isPrivate) {

    String path() {
        return "/repo/" + id;
    }
}
