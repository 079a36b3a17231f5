/** Legs on Travis CI: the file in the commit, the encryption of its secrets, and the client that follows the build. */
@NullMarked
package io.github.traviscompile.ci.travis;

import org.jspecify.annotations.NullMarked;
