package io.github.traviscompile.platform;

/** A place that compiles legs. */
public enum Service {
    TRAVIS("travis"),
    GITHUB_ACTIONS("github-actions"),
    APPVEYOR("appveyor"),
    LOCAL("local");

    private final String word;

    Service(String word) {
        this.word = word;
    }

    /** The word users write in the parameter {@code ci}. */
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
