package io.github.traviscompile.ci.local;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A leg to run on this machine.
 *
 * @param checkout a directory with {@code source/} and {@code .travis-compile/}, prepared by the caller
 * @param targetDirectory Cargo's target directory, kept between runs so that Cargo compiles incrementally
 * @param log receives Cargo's complete output, from the start of the file
 * @param endpoint the upload endpoint's base URI, without a path
 * @param environment the toolchain's variables for this leg, see {@link LocalToolchain#environmentFor}
 */
public record LocalJob(
        Leg leg,
        Path checkout,
        Path targetDirectory,
        Path log,
        LegKey key,
        URI endpoint,
        SortedMap<String, String> environment) {

    public LocalJob {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }
}
