package io.github.traviscompile.run.api;

import io.github.traviscompile.model.RepositoryName;
import java.nio.file.Path;

/**
 * The places in which the goal {@code clean-up} looks for leftovers of killed runs.
 *
 * @param repository the repository that carried their builds
 * @param cacheDirectory the directory of their journals, absolute
 */
public record CleanUpRequest(RepositoryName repository, CrossCompileRequest.Services services, Path cacheDirectory) {}
