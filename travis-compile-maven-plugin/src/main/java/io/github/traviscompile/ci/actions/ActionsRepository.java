package io.github.traviscompile.ci.actions;

/**
 * A repository as GitHub knows it.
 *
 * @param id its number, which stays when it is renamed
 * @param ownerId the number of its owner
 * @param fullName {@code owner/name}, as GitHub spells it
 */
record ActionsRepository(long id, long ownerId, String fullName, boolean isFork) {}
