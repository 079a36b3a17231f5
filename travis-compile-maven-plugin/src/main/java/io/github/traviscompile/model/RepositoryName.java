package io.github.traviscompile.model;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository as GitHub names it, {@code owner/name}. */
public record RepositoryName(String owner, String name) {

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** The host and path of what git takes for the address of a remote (git-clone(1), "GIT URLS"). */
    private static final Pattern REMOTE = Pattern.compile(
            "(?:(?:https?|ssh|git)://(?:[^@/]*@)?([^:/]+)(?::\\d+)?/|(?:[^@/]*@)?([^:/]+):)/?([^/]+)/([^/]+?)(?:\\.git)?/?");

    public RepositoryName {
        if (!isWellFormed(owner, name)) {
            throw new IllegalArgumentException("Not the name of a GitHub repository: '" + owner + "/" + name + "'.");
        }
    }

    private static boolean isWellFormed(String owner, String name) {
        return OWNER.matcher(owner).matches() && NAME.matcher(name).matches() && !name.matches("\\.{1,2}");
    }

    /** What the user wrote into the parameter {@code repository}. */
    public static RepositoryName parse(String text) throws ActionNeededException {
        int slash = text.indexOf('/');
        if (slash < 0 || !isWellFormed(text.substring(0, slash), text.substring(slash + 1))) {
            throw new ActionNeededException(
                    "'" + text + "' does not name a repository on GitHub. Write its owner, a slash "
                            + "and its name, such as alice/builds, into " + Parameter.REPOSITORY + ".");
        }
        return new RepositoryName(text.substring(0, slash), text.substring(slash + 1));
    }

    /**
     * The repository that a git remote's address leads to.
     *
     * @param remote in any of git's forms, such as {@code git@github.com:alice/rand.git}
     * @param web of the GitHub that counts, such as {@code https://github.com}
     * @return nothing if it leads elsewhere
     */
    public static Optional<RepositoryName> ofRemote(String remote, URI web) {
        Matcher matcher = REMOTE.matcher(remote.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        if (!host.equalsIgnoreCase(web.getHost()) || !isWellFormed(matcher.group(3), matcher.group(4))) {
            return Optional.empty();
        }
        return Optional.of(new RepositoryName(matcher.group(3), matcher.group(4)));
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
