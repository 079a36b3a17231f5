/**
 * Legs on GitHub Actions: the workflow in the commit, the client that follows its run, and the judge of the tokens by which
 * a job proves which leg it is.
 */
@NullMarked
package io.github.traviscompile.ci.actions;

import org.jspecify.annotations.NullMarked;
