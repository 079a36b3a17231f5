package io.github.traviscompile.ci;

import java.util.OptionalLong;

/**
 * A pushed commit, which starts builds.
 *
 * @param branch the temporary branch, without {@code refs/heads/}
 * @param commit its tip, 40 hexadecimal digits
 * @param pullRequest the number of its pull request on GitHub, if the run opened one
 */
public record PushedCommit(String branch, String commit, OptionalLong pullRequest) {

    public PushedCommit {
        // Travis CI withholds secrets from a commit whose id starts with the branch's name.
        if (!branch.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}") || branch.matches("[0-9a-f]+")) {
            throw new IllegalArgumentException("Not a temporary branch: '" + branch + "'.");
        }
        if (!commit.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("Not a commit: '" + commit + "'.");
        }
    }
}
