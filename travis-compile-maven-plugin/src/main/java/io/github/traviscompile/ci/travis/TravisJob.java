package io.github.traviscompile.ci.travis;

import io.github.traviscompile.platform.Leg;
import java.net.URI;

/**
 * The job of one leg.
 *
 * @param page where a person sees it
 */
public record TravisJob(long id, Leg leg, TravisJobState state, URI page) {}
