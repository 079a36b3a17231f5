/** Compares what a compiled file is with what its platform and its users need. */
@NullMarked
package io.github.traviscompile.verify.gate;

import org.jspecify.annotations.NullMarked;
