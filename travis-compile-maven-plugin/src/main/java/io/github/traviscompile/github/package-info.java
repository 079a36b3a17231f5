/** A repository on GitHub and a run's temporary pull request in it; uses github-api and {@code model}. */
@NullMarked
package io.github.traviscompile.github;

import org.jspecify.annotations.NullMarked;
