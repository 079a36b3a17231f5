/**
 * Takes the snapshot of a working tree as a git tree, writes it to a disk, and pushes it to a remote's temporary
 * branch. Uses JGit and, of this plugin, only the model.
 */
@NullMarked
package io.github.traviscompile.git;

import org.jspecify.annotations.NullMarked;
