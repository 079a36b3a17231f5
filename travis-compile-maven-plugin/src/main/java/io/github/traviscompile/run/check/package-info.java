/** Checks the prerequisites of a run, for the goal {@code check}. */
@NullMarked
package io.github.traviscompile.run.check;

import org.jspecify.annotations.NullMarked;
