/** All requests to the network: bounded exchanges, retries and the passing of time. Uses {@code model} alone. */
@NullMarked
package io.github.traviscompile.http;

import org.jspecify.annotations.NullMarked;
