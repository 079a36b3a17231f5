package io.github.traviscompile.ci.travis;

import java.util.OptionalLong;

/**
 * What started the build to follow.
 *
 * @param commit the commit that was pushed, 40 hexadecimal digits
 * @param pullRequest its number on GitHub, for that event alone
 */
public record TravisStart(TravisTrigger trigger, String commit, OptionalLong pullRequest) {

    public TravisStart {
        if (!commit.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("Not a commit: '" + commit + "'.");
        }
        if (pullRequest.isPresent() != (trigger.event() == TravisEvent.PULL_REQUEST)) {
            throw new IllegalArgumentException("A pull request has a number, and a push has none.");
        }
    }

    /** How a sentence names it. */
    String inWords() {
        return pullRequest.isPresent()
                ? "the pull request #" + pullRequest.getAsLong()
                : "the branch '" + trigger.branch() + "'";
    }
}
