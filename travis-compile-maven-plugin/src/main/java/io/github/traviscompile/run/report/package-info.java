/** Writes the report of a run: run.json and the page. */
@NullMarked
package io.github.traviscompile.run.report;

import org.jspecify.annotations.NullMarked;
