package io.github.traviscompile.verify.wheel;

import java.util.Optional;

/**
 * The intended project of a wheel.
 *
 * @param name in the manifest's spelling
 * @param version empty if only the build backend knows it
 */
public record WheelProject(ProjectName name, Optional<ProjectVersion> version) {}
