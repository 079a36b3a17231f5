/** Stand-ins for what cannot run in a test: GitHub, Travis CI, and servers that others run. Tests only. */
@NullMarked
package io.github.traviscompile.standin;

import org.jspecify.annotations.NullMarked;
