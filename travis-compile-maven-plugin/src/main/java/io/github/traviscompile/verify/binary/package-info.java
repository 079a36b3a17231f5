/** Reads the tables of ELF, Mach-O, PE and static libraries without trusting them. */
@NullMarked
package io.github.traviscompile.verify.binary;

import org.jspecify.annotations.NullMarked;
