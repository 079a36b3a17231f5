/** Cargo projects, read from their manifests without running cargo. */
@NullMarked
package io.github.traviscompile.cargo;

import org.jspecify.annotations.NullMarked;
