/** Defines the words that all packages share: platforms, legs, outputs, identities and the two ways to fail. */
@NullMarked
package io.github.traviscompile.model;

import org.jspecify.annotations.NullMarked;
