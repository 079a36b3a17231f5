/** Shows a run on the console while it lasts: a redrawn line for each leg, or plain lines. Independent of Maven. */
@NullMarked
package io.github.traviscompile.mojo.console;

import org.jspecify.annotations.NullMarked;
