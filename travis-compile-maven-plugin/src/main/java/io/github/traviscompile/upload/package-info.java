/** The upload endpoint: the protocol tcmp1, its server, and the storage for received files. */
@NullMarked
package io.github.traviscompile.upload;

import org.jspecify.annotations.NullMarked;
