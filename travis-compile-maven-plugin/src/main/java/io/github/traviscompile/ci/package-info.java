/** The shared parts of all hosted services and the files of every leg's checkout. */
@NullMarked
package io.github.traviscompile.ci;

import org.jspecify.annotations.NullMarked;
