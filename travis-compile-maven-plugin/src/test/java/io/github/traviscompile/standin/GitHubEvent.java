package io.github.traviscompile.standin;

import java.util.OptionalInt;

/**
 * What GitHub tells the services that listen to a repository: that a branch was pushed, or a pull request opened.
 *
 * @param branch short, the head of a pull request
 * @param commit its tip
 * @param pullRequest the number, unless it is a push
 */
public record GitHubEvent(StandInRepository repository, String branch, String commit, OptionalInt pullRequest) {}
