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

/** Opens the console that fits Maven's options and its terminal. */
final class MavenConsole {

    /**
     * The variable in which Maven 3's start script passes its arguments on, with those of {@code .mvn/maven.config}.
     */
    private static final String ARGUMENTS = "MAVEN_CMD_LINE_ARGS";

    /** The JVM's property with its command line, the only source of the arguments in Maven 4. */
    private static final String COMMAND = "sun.java.command";

    private static final Pattern TO_FILE = Pattern.compile("(^|\\s)(-l|--log-file)(\\s|=)");
    private static final Pattern COLOURLESS = Pattern.compile("(^|\\s)--color[\\s=]+never(\\s|$)");

    private MavenConsole() {}

    /** Opens a live console if the terminal can redraw lines, else a plain one. The caller closes it. */
    static Console open(MavenSession session, Log log, Map<String, String> environment) {
        return isLive(session, log, environment)
                ? Console.live(InstantSource.system(), log::info, log::warn, hasColours(session, environment))
                : plain(session, log);
    }

    /** Opens a console of plain lines on any terminal. The caller closes it. */
    static Console plain(MavenSession session, Log log) {
        String module = module(session);
        return Console.plain(InstantSource.system(), line -> log.info(module + line), line -> log.warn(module + line));
    }

    /**
     * Returns the prefix of lines: the module's name if Maven builds several modules at the same time, else nothing.
     */
    static String module(MavenSession session) {
        return session.getRequest().getDegreeOfConcurrency() > 1
                        && session.getProjects().size() > 1
                ? session.getCurrentProject().getArtifactId() + ": "
                : "";
    }

    /**
     * Returns whether the console may redraw lines. This needs a user who watches, and no other writer. Parallel
     * modules and the details of {@code -X} are other writers.
     */
    private static boolean isLive(MavenSession session, Log log, Map<String, String> environment) {
        return log.isInfoEnabled()
                && !log.isDebugEnabled()
                && session.getRequest().isInteractiveMode()
                && session.getRequest().getDegreeOfConcurrency() <= 1
                && !isSet(environment.get("CI"))
                && !TO_FILE.matcher(arguments(session, environment)).find();
    }

    /** Returns Maven's command line, because Maven offers plugins no other access to these options. */
    private static String arguments(MavenSession session, Map<String, String> environment) {
        return environment.getOrDefault(ARGUMENTS, "") + " "
                + session.getSystemProperties().getProperty(COMMAND, "");
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank() && !value.equalsIgnoreCase("false");
    }

    /**
     * Returns whether Maven itself uses colours. Both properties and, in Maven 3.9 and later, an option decide this.
     */
    private static boolean hasColours(MavenSession session, Map<String, String> environment) {
        Properties properties = session.getUserProperties();
        String style = Optional.ofNullable(properties.getProperty("maven.style.color"))
                .orElseGet(() -> properties.getProperty("style.color", "auto"));
        return !style.equals("never")
                && !COLOURLESS.matcher(arguments(session, environment)).find();
    }
}
