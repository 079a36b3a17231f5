package io.github.traviscompile.ci;

import io.github.traviscompile.model.Parameter;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The values of the services' parameters.
 *
 * @param values by parameter; URLs are checked, and without a slash at the end
 * @param now the time of the run's start, as services add and remove machines
 */
public record CiSettings(Map<Parameter, String> values, Instant now) {

    public CiSettings {
        values = Map.copyOf(values);
    }

    public Optional<String> text(Parameter parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    /** Returns the value of a URL parameter with a default. */
    public URI url(Parameter parameter) {
        return text(parameter)
                .map(URI::create)
                .orElseThrow(() -> new IllegalArgumentException("There is no value of " + parameter + "."));
    }
}
