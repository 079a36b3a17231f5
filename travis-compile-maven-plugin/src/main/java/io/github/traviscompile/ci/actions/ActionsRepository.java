package io.github.traviscompile.ci.actions;

import io.github.traviscompile.model.RepositoryName;

/**
 * A repository in GitHub's terms.
 *
 * @param id its number, which a rename keeps
 * @param ownerId the number of its owner
 * @param name in GitHub's spelling
 */
record ActionsRepository(long id, long ownerId, RepositoryName name, boolean isFork) {}
