/** Creates a hosted run's branch and pull request outside this machine, journals them first, and removes them. */
@NullMarked
package io.github.traviscompile.run.remote;

import org.jspecify.annotations.NullMarked;
