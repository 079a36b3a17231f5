/** Stores finished legs and finds those that a run can use again. */
@NullMarked
package io.github.traviscompile.run.reuse;

import org.jspecify.annotations.NullMarked;
