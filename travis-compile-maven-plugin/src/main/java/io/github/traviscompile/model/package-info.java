/** The values that all packages share: platforms, legs, outputs, identities and the two kinds of failure. */
@NullMarked
package io.github.traviscompile.model;

import org.jspecify.annotations.NullMarked;
