package io.github.traviscompile.git;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * What a temporary branch is to be.
 *
 * @param base short name of the branch whose head becomes the parent, usually the default branch
 * @param title first line of the commit's message
 * @param expires when whoever finds the branch may delete it, in whole seconds of the remote's clock
 */
public record BranchRequest(BranchName name, String base, String title, Instant expires) {

    private static final int LONGEST_TITLE = 200;

    /** What silences every CI service at once, in the words of those that we serve. */
    private static final Pattern SILENCES_ALL =
            Pattern.compile("\\[\\s*((skip|no)\\s+ci|ci\\s+skip)\\s*\\]", Pattern.CASE_INSENSITIVE);

    public BranchRequest {
        expires = expires.truncatedTo(ChronoUnit.SECONDS);
        if (base.isBlank() || base.startsWith("refs/")) {
            throw new IllegalArgumentException("Not the short name of a branch: '" + base + "'.");
        }
        if (title.isBlank()
                || title.length() > LONGEST_TITLE
                || title.chars().anyMatch(Character::isISOControl)
                || SILENCES_ALL.matcher(title).find()) {
            throw new IllegalArgumentException(
                    "Not the first line of a message that CI services obey: '" + title + "'.");
        }
    }
}
