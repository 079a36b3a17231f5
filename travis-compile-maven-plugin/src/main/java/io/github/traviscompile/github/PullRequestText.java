package io.github.traviscompile.github;

import io.github.traviscompile.model.RunId;
import java.time.Instant;

/**
 * The text of a temporary pull request, for users who find it.
 *
 * @param project name and version of the compiled project
 * @param expires the time, by GitHub's clock, after which it may be closed even if its run's state is unknown
 */
public record PullRequestText(RunId run, String project, Instant expires) {

    public static final String TITLE = "travis-compile: do not merge";

    public PullRequestText {
        if (project.isBlank() || project.chars().anyMatch(c -> Character.isISOControl(c) || c == '`')) {
            throw new IllegalArgumentException("Not one line without back quotes: '" + project + "'.");
        }
    }

    /** Returns Markdown. The project's own text is set as code, so that it mentions no user and links nowhere. */
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
