/** Runs legs on this machine: its Rust toolchain, and the processes of the leg script. */
@NullMarked
package io.github.traviscompile.ci.local;

import org.jspecify.annotations.NullMarked;
