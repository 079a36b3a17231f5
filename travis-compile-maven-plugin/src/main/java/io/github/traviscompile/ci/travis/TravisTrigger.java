package io.github.traviscompile.ci.travis;

/**
 * The only event that starts a build.
 *
 * @param branch the temporary branch, without {@code refs/heads/}
 */
public record TravisTrigger(TravisEvent event, String branch) {

    public TravisTrigger {
        // Travis CI withholds secrets from a commit whose id starts with the branch's name.
        if (!branch.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}") || branch.matches("[0-9a-f]+")) {
            throw new IllegalArgumentException("Not a temporary branch: '" + branch + "'.");
        }
    }

    /** Returns the value of the key {@code if} (docs.travis-ci.com, "Conditions v1"). */
    String condition() {
        return "type = " + event.id() + " AND " + event.branchAttribute() + " = \"" + branch + "\"";
    }
}
