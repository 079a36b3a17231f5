/**
 * Legs on GitHub Actions: the workflow in the commit, the client that follows its run, and the verifier of jobs'
 * identity tokens.
 */
@NullMarked
package io.github.traviscompile.ci.actions;

import org.jspecify.annotations.NullMarked;
