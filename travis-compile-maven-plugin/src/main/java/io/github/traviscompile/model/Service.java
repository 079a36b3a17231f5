package io.github.traviscompile.model;

import java.util.Arrays;
import java.util.Optional;

/** A place that compiles legs. */
public enum Service {
    TRAVIS("travis", "Travis CI"),
    GITHUB_ACTIONS("github-actions", "GitHub Actions"),
    APPVEYOR("appveyor", "AppVeyor"),
    LOCAL("local", "this machine");

    private final String word;
    private final String title;

    Service(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** The word users write in the parameter {@code ci}. */
    public String id() {
        return word;
    }

    /** How a sentence names it. */
    public String title() {
        return title;
    }

    /** The service whose word is {@code word}. */
    public static Optional<Service> ofId(String word) {
        return Arrays.stream(values())
                .filter(service -> service.word.equals(word))
                .findFirst();
    }

    @Override
    public String toString() {
        return word;
    }
}
