/** Reads Python wheels without trusting them and checks them against their names, tags and projects. */
@NullMarked
package io.github.traviscompile.verify.wheel;

import org.jspecify.annotations.NullMarked;
