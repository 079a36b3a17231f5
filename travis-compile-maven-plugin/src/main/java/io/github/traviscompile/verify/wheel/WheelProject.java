package io.github.traviscompile.verify.wheel;

import java.util.Optional;

/**
 * The project that a wheel should be of.
 *
 * @param name as its manifest has it
 * @param version nothing where only the build backend knows it
 */
public record WheelProject(ProjectName name, Optional<ProjectVersion> version) {}
