/** Creates what a hosted run leaves outside of this machine, journals it first, and removes it. */
@NullMarked
package io.github.traviscompile.run.remote;

import org.jspecify.annotations.NullMarked;
