/** Cargo projects as their manifests say, read without running cargo. */
@NullMarked
package io.github.traviscompile.cargo;

import org.jspecify.annotations.NullMarked;
