/** What a compiled file really is, read from its own tables without trusting them, and whether its platform takes it. */
@NullMarked
package io.github.traviscompile.verify;

import org.jspecify.annotations.NullMarked;
