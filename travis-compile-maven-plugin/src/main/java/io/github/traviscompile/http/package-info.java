/** The one way of requests to the network: bounded exchanges, retries and the passing of time. Knows the vocabulary alone. */
@NullMarked
package io.github.traviscompile.http;

import org.jspecify.annotations.NullMarked;
