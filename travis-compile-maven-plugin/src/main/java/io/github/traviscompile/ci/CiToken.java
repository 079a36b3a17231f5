package io.github.traviscompile.ci;

import io.github.traviscompile.model.Parameter;

/**
 * The place of a service's token.
 *
 * @param serverId the parameter that names its {@code <server>} in settings.xml
 * @param variable the environment variable that has it otherwise
 */
public record CiToken(Parameter serverId, String variable) {}
