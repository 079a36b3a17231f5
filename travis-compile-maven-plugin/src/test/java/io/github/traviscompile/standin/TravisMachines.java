package io.github.traviscompile.standin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The machines that jobs of {@link TravisStandIn} run on.
 *
 * @param tools folders that come first on {@code PATH}, by operating system: {@code linux}, {@code osx}, {@code windows}
 * @param environment variables of every job besides
 * @param silence after which a job that says nothing is killed; ten minutes on the real service
 */
public record TravisMachines(Map<String, List<Path>> tools, Map<String, String> environment, Duration silence) {

    public TravisMachines {
        tools = Map.copyOf(tools);
        environment = Map.copyOf(environment);
    }
}
