/** The snapshot of a working tree as a git tree, its way back onto a disk, and onto a branch of a remote for one run; knows JGit and the vocabulary. */
@NullMarked
package io.github.traviscompile.git;

import org.jspecify.annotations.NullMarked;
