/** Declares the goals and their parameters, attaches artifacts and writes the console. No other package sees Maven. */
@NullMarked
package io.github.traviscompile.mojo;

import org.jspecify.annotations.NullMarked;
