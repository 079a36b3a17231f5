/** Runs a cross-compile from the request to the verified archives. The rooms below hold its parts; none knows Maven. */
@NullMarked
package io.github.traviscompile.run;

import org.jspecify.annotations.NullMarked;
