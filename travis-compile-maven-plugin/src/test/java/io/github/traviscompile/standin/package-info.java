/** The outside world, for tests: servers that behave like the real ones, in one place. */
package io.github.traviscompile.standin;
