/** The vocabulary: platforms, legs, outputs, identities and the two ways to fail. Knows no other package. */
@NullMarked
package io.github.traviscompile.platform;

import org.jspecify.annotations.NullMarked;
