/** Checks, for the goal check, whether everything is in place that a run needs. */
@NullMarked
package io.github.traviscompile.run.check;

import org.jspecify.annotations.NullMarked;
