/** Python wheels, read without trusting them and held to what their names, their tags and their projects promise. */
@NullMarked
package io.github.traviscompile.verify.wheel;

import org.jspecify.annotations.NullMarked;
