package io.github.traviscompile.git;

import io.github.traviscompile.model.RunId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a temporary branch, {@code travis-compile/<yyyymmddThhmmssZ>-<run>}, which contains its run and age.
 * Never only hex digits: Travis CI withholds its secrets if a branch name begins like the id of its tip.
 *
 * @param created by the clock of the remote's service, in whole seconds
 */
public record BranchName(Instant created, RunId run) {

    /** The prefix of all temporary branches. */
    public static final String PREFIX = "travis-compile/";

    private static final String HEADS = "refs/heads/";
    private static final int RUN_DIGITS = 32;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public BranchName {
        created = created.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Parses a name; empty if it is not that of a temporary branch of this plugin. */
    public static Optional<BranchName> parse(String name) {
        int run = name.length() - RUN_DIGITS;
        if (!name.startsWith(PREFIX) || run <= PREFIX.length() + 1 || name.charAt(run - 1) != '-') {
            return Optional.empty();
        }
        try {
            Instant created = Instant.from(TIME.parse(name.substring(PREFIX.length(), run - 1)));
            BranchName parsed = new BranchName(created, new RunId(name.substring(run)));
            // A name in any other spelling is not this plugin's.
            return Optional.of(parsed).filter(branch -> branch.toString().equals(name));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the full name, {@code refs/heads/…}. */
    public String ref() {
        return HEADS + this;
    }

    static Optional<BranchName> ofRef(String ref) {
        return ref.startsWith(HEADS) ? parse(ref.substring(HEADS.length())) : Optional.empty();
    }

    /** Returns the short name, as services show it. */
    @Override
    public String toString() {
        return PREFIX + TIME.format(created) + "-" + run;
    }
}
