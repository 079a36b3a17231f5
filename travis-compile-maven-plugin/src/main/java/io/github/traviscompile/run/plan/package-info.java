/** Decides, without the network, which legs compile what, where, and into which artifacts; reports the plan. */
@NullMarked
package io.github.traviscompile.run.plan;

import org.jspecify.annotations.NullMarked;
