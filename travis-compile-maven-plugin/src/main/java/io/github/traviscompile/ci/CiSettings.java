package io.github.traviscompile.ci;

import io.github.traviscompile.model.Parameter;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the parameters of the services say.
 *
 * @param values by parameter; URLs are checked, and without a slash at the end
 * @param now when the run was asked for, as machines of services come and go
 */
public record CiSettings(Map<Parameter, String> values, Instant now) {

    public CiSettings {
        values = Map.copyOf(values);
    }

    public Optional<String> text(Parameter parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    /** The value of a parameter that is a URL and has a default. */
    public URI url(Parameter parameter) {
        return text(parameter)
                .map(URI::create)
                .orElseThrow(() -> new IllegalArgumentException("There is no value of " + parameter + "."));
    }
}
