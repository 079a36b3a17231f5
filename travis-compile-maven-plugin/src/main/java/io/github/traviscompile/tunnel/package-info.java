/** Ways from the internet to the upload endpoint on this machine: ngrok, ssh, or an address that already leads here. */
@NullMarked
package io.github.traviscompile.tunnel;

import org.jspecify.annotations.NullMarked;
