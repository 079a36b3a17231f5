package io.github.traviscompile.run.api;

import io.github.traviscompile.model.RepositoryName;
import java.nio.file.Path;

/**
 * Where the goal {@code clean-up} looks for what killed runs left.
 *
 * @param repository carried their builds
 * @param cacheDirectory holds their journals, absolute
 */
public record CleanUpRequest(RepositoryName repository, CrossCompileRequest.Services services, Path cacheDirectory) {}
