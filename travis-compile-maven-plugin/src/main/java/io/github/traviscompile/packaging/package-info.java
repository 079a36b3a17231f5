/** Archives of what legs delivered, the same bytes for the same content on every run. */
@NullMarked
package io.github.traviscompile.packaging;

import org.jspecify.annotations.NullMarked;
