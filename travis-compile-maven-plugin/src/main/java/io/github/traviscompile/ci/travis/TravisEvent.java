package io.github.traviscompile.ci.travis;

/** What makes Travis CI build the commit; the words are its own, in conditions and in API v3 alike. */
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

    /** What conditions call our branch; for a pull request, {@code branch} is the base. */
    String branchAttribute() {
        return branchAttribute;
    }

    /** The repository's setting that must be on. */
    String setting() {
        return setting;
    }

    String settingTitle() {
        return settingTitle;
    }
}
