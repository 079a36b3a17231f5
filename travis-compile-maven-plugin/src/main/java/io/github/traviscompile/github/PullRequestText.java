package io.github.traviscompile.github;

import io.github.traviscompile.model.RunId;
import java.time.Instant;

/**
 * What a temporary pull request says of itself, for people who come across it.
 *
 * @param project name and version of what is compiled
 * @param expires when it may be closed though nobody knows whether its run still lives, by GitHub's clock
 */
public record PullRequestText(RunId run, String project, Instant expires) {

    public static final String TITLE = "travis-compile: do not merge";

    public PullRequestText {
        if (project.isBlank() || project.chars().anyMatch(c -> Character.isISOControl(c) || c == '`')) {
            throw new IllegalArgumentException("Not one line without back quotes: '" + project + "'.");
        }
    }

    /** Markdown. What comes from the project is code, so that it mentions nobody and links nowhere. */
    public String body() {
        return """
                This pull request was opened by travis-compile-maven-plugin, so that a CI service compiles `%s` for several \
                platforms. **Do not merge it:** its commit replaces everything in this repository.

                It will be closed, and its branch deleted, as soon as the files have arrived or the build has failed. \
                Nobody needs to review it. If it is still here after `%s`, the build was killed; then close it and delete its \
                branch, or run the goal `travis-compile:clean-up`.

                Tcmp-Run: %s
                """.formatted(project, expires, run);
    }
}
