/** Stores finished legs and finds reusable ones. */
@NullMarked
package io.github.traviscompile.run.reuse;

import org.jspecify.annotations.NullMarked;
