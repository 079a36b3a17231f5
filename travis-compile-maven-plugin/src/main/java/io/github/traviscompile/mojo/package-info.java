/** The goals, their parameters, attaching and the console: the only package that sees Maven. */
@NullMarked
package io.github.traviscompile.mojo;

import org.jspecify.annotations.NullMarked;
