package io.github.traviscompile.ci.actions;

import io.github.traviscompile.model.RepositoryName;

/**
 * A repository as GitHub knows it.
 *
 * @param id its number, which stays when it is renamed
 * @param ownerId the number of its owner
 * @param name as GitHub spells it
 */
record ActionsRepository(long id, long ownerId, RepositoryName name, boolean isFork) {}
