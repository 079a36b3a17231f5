/** Legs on AppVeyor: the file in the commit, whose secrets the service encrypts, and the client that follows the build. */
@NullMarked
package io.github.traviscompile.ci.appveyor;

import org.jspecify.annotations.NullMarked;
