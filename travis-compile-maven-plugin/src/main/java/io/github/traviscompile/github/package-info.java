/** A repository on GitHub and the pull request that lives in it for one run; knows github-api and the vocabulary. */
@NullMarked
package io.github.traviscompile.github;

import org.jspecify.annotations.NullMarked;
