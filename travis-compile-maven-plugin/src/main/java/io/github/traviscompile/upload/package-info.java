/** The upload endpoint: the protocol tcmp1, the server that speaks it, and the inbox it fills. */
@NullMarked
package io.github.traviscompile.upload;

import org.jspecify.annotations.NullMarked;
