/** The snapshot of a working tree as a git tree, and its way back onto a disk; knows JGit and the vocabulary. */
@NullMarked
package io.github.traviscompile.git;

import org.jspecify.annotations.NullMarked;
