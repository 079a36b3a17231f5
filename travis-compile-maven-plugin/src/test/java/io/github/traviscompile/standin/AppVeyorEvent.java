package io.github.traviscompile.standin;

import java.util.Optional;

/**
 * What {@link AppVeyorStandIn} hears from GitHub.
 *
 * @param origin what git clones
 * @param branch the one pushed to, or the base of a pull request
 * @param pullRequest its number
 */
record AppVeyorEvent(String origin, String branch, String commit, Optional<Long> pullRequest) {}
