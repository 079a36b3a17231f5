package io.github.traviscompile.ci.travis;

/** The events for which Travis CI builds the commit; the words are its own, in conditions and in API v3 alike. */
public enum TravisEvent {
    PULL_REQUEST("pull_request", "head_branch", "build_pull_requests", "Build pushed pull requests"),
    PUSH("push", "branch", "build_pushes", "Build pushed branches");

    private final String word;
    private final String branchAttribute;
    private final String setting;
    private final String settingTitle;

    TravisEvent(String word, String branchAttribute, String setting, String settingTitle) {
        this.word = word;
        this.branchAttribute = branchAttribute;
        this.setting = setting;
        this.settingTitle = settingTitle;
    }

    String id() {
        return word;
    }

    /** Returns the attribute of our branch in conditions; for a pull request, {@code branch} is the base. */
    String branchAttribute() {
        return branchAttribute;
    }

    /** Returns the repository's setting that must be on. */
    String setting() {
        return setting;
    }

    String settingTitle() {
        return settingTitle;
    }
}
