/** Stand-ins for the services that the plugin talks to: real servers on the loopback address, with faults on demand. */
@NullMarked
package io.github.traviscompile.standin;

import org.jspecify.annotations.NullMarked;
