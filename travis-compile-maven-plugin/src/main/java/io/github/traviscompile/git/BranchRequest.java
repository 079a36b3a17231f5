package io.github.traviscompile.git;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * The properties of a temporary branch.
 *
 * @param base short name of the branch whose head becomes the parent, usually the default branch
 * @param title first line of the commit's message
 * @param expires the time from which any run may delete the branch, in whole seconds of the remote's clock
 */
public record BranchRequest(BranchName name, String base, String title, Instant expires) {

    private static final int LONGEST_TITLE = 200;

    /** The phrases that skip all CI services, as our supported services define them. */
    private static final Pattern SKIPS_ALL =
            Pattern.compile("\\[\\s*((skip|no)\\s+ci|ci\\s+skip)\\s*\\]", Pattern.CASE_INSENSITIVE);

    public BranchRequest {
        expires = expires.truncatedTo(ChronoUnit.SECONDS);
        if (base.isBlank() || base.startsWith("refs/")) {
            throw new IllegalArgumentException("Not the short name of a branch: '" + base + "'.");
        }
        if (title.isBlank()
                || title.length() > LONGEST_TITLE
                || title.chars().anyMatch(Character::isISOControl)
                || SKIPS_ALL.matcher(title).find()) {
            throw new IllegalArgumentException("Not a commit title for CI services: '" + title + "'.");
        }
    }
}
