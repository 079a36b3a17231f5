/** Reads bounded pieces of untrusted files. */
@NullMarked
package io.github.traviscompile.verify.bytes;

import org.jspecify.annotations.NullMarked;
