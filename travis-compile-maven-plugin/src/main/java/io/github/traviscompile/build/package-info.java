/** The sequence of a run, from a request to verified archives. Knows every leaf package and nothing of Maven. */
@NullMarked
package io.github.traviscompile.build;

import org.jspecify.annotations.NullMarked;
