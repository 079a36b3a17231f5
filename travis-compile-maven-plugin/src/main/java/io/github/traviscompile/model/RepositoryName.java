package io.github.traviscompile.model;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository's name on GitHub, {@code owner/name}. */
public record RepositoryName(String owner, String name) {

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** The name, and the permitted ends of an address. */
    private static final String PATH = "([^/:@]+)/([^/:@]+?)(?:\\.git)?/?";

    private static final Pattern SHORT = Pattern.compile(PATH);

    /** The host and path of a remote's address for git (git-clone(1), "GIT URLS"). */
    private static final Pattern REMOTE = Pattern.compile(
            "(?:(?:https?|ssh|git)://(?:[^@/]*@)?([^:/]+)(?::\\d+)?/|(?:[^@/]*@)?([^:/]+):)/?([^/]+)/([^/]+?)(?:\\.git)?/?");

    /** The address in a browser without its scheme, as users copy it. */
    private static final Pattern HOST_AND_PATH = Pattern.compile("[^/:@]+\\.[^/:@]+(?::\\d+)?/" + PATH);

    /** A web address with a user name, which may be a token, or an ssh address with a password. */
    private static final Pattern WITH_SECRET = Pattern.compile("(?:https?://[^/]*@|[a-z]+://[^/@]*:[^/]*@).*");

    public RepositoryName {
        if (!isWellFormed(owner, name)) {
            throw new IllegalArgumentException("Not the name of a GitHub repository: '" + owner + "/" + name + "'.");
        }
    }

    private static boolean isWellFormed(String owner, String name) {
        return OWNER.matcher(owner).matches() && NAME.matcher(name).matches() && !name.matches("\\.{1,2}|\\.git");
    }

    /**
     * Parses the parameter {@code repository} in each usual form: {@code alice/builds}, its address in a browser, with
     * or without the scheme, and each address of git.
     *
     * @param web of the configured GitHub, such as {@code https://github.com}
     */
    public static RepositoryName parse(String text, URI web) throws ActionNeededException {
        String word = text.strip();
        if (WITH_SECRET.matcher(word).matches()) {
            throw new ActionNeededException("The address in " + Parameter.REPOSITORY + " has a user or a password"
                    + " before its @. Write owner and name alone, such as alice/builds, and put a token where "
                    + Parameter.GITHUB_SERVER_ID + " says.");
        }
        Matcher matcher = SHORT.matcher(word);
        if (matcher.matches() && isWellFormed(matcher.group(1), matcher.group(2))) {
            return new RepositoryName(matcher.group(1), matcher.group(2));
        }
        String address = HOST_AND_PATH.matcher(word).matches() ? "https://" + word : word;
        return ofRemote(address, web)
                .orElseThrow(() -> new ActionNeededException("'" + text + "' does not name a repository on GitHub"
                        + otherHost(address, web)
                        + ". Write its owner, a slash and its name, such as alice/builds, into "
                        + Parameter.REPOSITORY + "."));
    }

    private static String otherHost(String address, URI web) {
        Matcher matcher = REMOTE.matcher(address);
        return matcher.matches() && !isHost(host(matcher), web)
                ? ", which is at " + web + " according to " + Parameter.GITHUB_WEB_URL
                : "";
    }

    /**
     * Returns the repository at a git remote's address.
     *
     * @param remote in any of git's forms, such as {@code git@github.com:alice/rand.git}
     * @param web of the configured GitHub, such as {@code https://github.com}
     * @return empty if the address is on another host
     */
    public static Optional<RepositoryName> ofRemote(String remote, URI web) {
        Matcher matcher = REMOTE.matcher(remote.strip());
        if (!matcher.matches() || !isHost(host(matcher), web) || !isWellFormed(matcher.group(3), matcher.group(4))) {
            return Optional.empty();
        }
        return Optional.of(new RepositoryName(matcher.group(3), matcher.group(4)));
    }

    private static String host(Matcher remote) {
        return remote.group(1) == null ? remote.group(2) : remote.group(1);
    }

    /**
     * Whether {@code host} is GitHub's: github.com also serves browsers as www.github.com, and git as ssh.github.com.
     * Source: GitHub Docs, "SSH over HTTPS port".
     */
    private static boolean isHost(String host, URI web) {
        return host.equalsIgnoreCase(web.getHost())
                || ("github.com".equals(web.getHost()) && host.matches("(?i)(www|ssh)\\.github\\.com"));
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
