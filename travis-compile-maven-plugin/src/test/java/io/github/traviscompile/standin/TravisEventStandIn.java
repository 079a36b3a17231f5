package io.github.traviscompile.standin;

/**
 * What GitHub told.
 *
 * @param branch ours, the head of a pull request
 * @param base the branch that a pull request goes to
 * @param number of the pull request; 0 for a push
 */
record TravisEventStandIn(
        String type, String origin, String branch, String base, String commit, long number, boolean fork) {

    /** The attributes of docs.travis-ci.com, "Conditions v1", that a file of ours may ask for. */
    String attribute(String name) {
        return switch (name) {
            case "type" -> type;
            case "branch" -> number == 0 ? branch : base;
            case "head_branch" -> number == 0 ? "" : branch;
            default -> throw new IllegalStateException("The attribute '" + name + "' is beyond this stand-in.");
        };
    }
}
