/** Declares what the goals exchange with a run: the request, the events and the results. */
@NullMarked
package io.github.traviscompile.run.api;

import org.jspecify.annotations.NullMarked;
