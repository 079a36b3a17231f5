/** Archives of the legs' files; the same content gives the same bytes on every run. */
@NullMarked
package io.github.traviscompile.packaging;

import org.jspecify.annotations.NullMarked;
