/** Verifies received files, packs them into artifacts, and writes their provenance and SBOM. */
@NullMarked
package io.github.traviscompile.run.deliver;

import org.jspecify.annotations.NullMarked;
