/** Reads bounded pieces of files that nobody has verified yet. */
@NullMarked
package io.github.traviscompile.verify.bytes;

import org.jspecify.annotations.NullMarked;
