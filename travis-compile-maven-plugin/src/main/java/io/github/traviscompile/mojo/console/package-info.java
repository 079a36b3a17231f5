/** What a person sees of a run while it lasts: a line for each leg, drawn again and again, or plain lines. Knows no Maven. */
@NullMarked
package io.github.traviscompile.mojo.console;

import org.jspecify.annotations.NullMarked;
