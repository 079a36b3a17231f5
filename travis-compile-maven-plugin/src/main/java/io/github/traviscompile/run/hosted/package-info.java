/** Runs legs on hosted CI services: readiness, transport, the pushed branch, and the proof of what they compiled. */
@NullMarked
package io.github.traviscompile.run.hosted;

import org.jspecify.annotations.NullMarked;
