/** Opens the upload session, runs legs on this machine, and awaits the end of every leg. */
@NullMarked
package io.github.traviscompile.run.legs;

import org.jspecify.annotations.NullMarked;
