package io.github.traviscompile.mojo;

import io.github.traviscompile.mojo.console.Console;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Where and how Maven shows what a run does. */
final class MavenConsole {

    /** How Maven 3's start script passes its arguments on. */
    private static final String ARGUMENTS = "MAVEN_CMD_LINE_ARGS";

    private static final Pattern TO_FILE = Pattern.compile("(^|\\s)(-l|--log-file)(\\s|=)");
    private static final Pattern COLOURLESS = Pattern.compile("(^|\\s)--color[\\s=]+never(\\s|$)");

    private MavenConsole() {}

    /** Opens it; whoever does closes it. */
    static Console open(MavenSession session, Log log, Map<String, String> environment) {
        return isLive(session, log, environment)
                ? Console.live(InstantSource.system(), log::info, log::warn, hasColours(session, environment))
                : plain(log);
    }

    /** Plain lines, whatever there is. */
    static Console plain(Log log) {
        return Console.plain(InstantSource.system(), log::info, log::warn);
    }

    /**
     * Whether lines may be drawn again: nobody else writes meanwhile, as modules at the same time and details of everything
     * ({@code -X}) do, and there is a person who looks.
     */
    private static boolean isLive(MavenSession session, Log log, Map<String, String> environment) {
        return log.isInfoEnabled()
                && !log.isDebugEnabled()
                && session.getRequest().isInteractiveMode()
                && session.getRequest().getDegreeOfConcurrency() <= 1
                && !isSet(environment.get("CI"))
                && !TO_FILE.matcher(environment.getOrDefault(ARGUMENTS, "")).find();
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank() && !value.equalsIgnoreCase("false");
    }

    /** As Maven's own, which both properties and, in Maven 3.9 and later, an option decide on. */
    private static boolean hasColours(MavenSession session, Map<String, String> environment) {
        Properties properties = session.getUserProperties();
        String style = Optional.ofNullable(properties.getProperty("maven.style.color"))
                .orElseGet(() -> properties.getProperty("style.color", "auto"));
        return !style.equals("never")
                && !COLOURLESS.matcher(environment.getOrDefault(ARGUMENTS, "")).find();
    }
}
