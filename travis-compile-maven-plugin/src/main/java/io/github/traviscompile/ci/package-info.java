/** What every machine that compiles a leg finds in its checkout, and what the ways it can end mean. */
@NullMarked
package io.github.traviscompile.ci;

import org.jspecify.annotations.NullMarked;
