/** Checks compiled files against the rules of their platforms and the demands of their projects. */
@NullMarked
package io.github.traviscompile.verify.gate;

import org.jspecify.annotations.NullMarked;
