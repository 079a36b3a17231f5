package io.github.traviscompile.mojo;

import static io.github.traviscompile.model.Parameter.OUTPUT_FILE;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.OutputFile;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.eclipse.aether.SessionData;
import org.jspecify.annotations.Nullable;

/**
 * The form and the place of a goal's result, from the parameters {@code output} and {@code outputFile}.
 *
 * @param goal the goal's name
 * @param json whether the result is a JSON document rather than lines
 * @param file the file that receives the result instead of the console
 */
record GoalOutput(String goal, boolean json, Optional<OutputFile> file) {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * Reserves {@code outputFile} before the goal does its work.
     *
     * @throws ActionNeededException if no file can be written there, or another goal or module of this build wrote it
     */
    static GoalOutput of(boolean json, @Nullable File outputFile, MavenSession session, MojoExecution execution)
            throws ActionNeededException {
        if (outputFile == null) {
            return new GoalOutput(execution.getGoal(), json, Optional.empty());
        }
        OutputFile file = OutputFile.at(outputFile);
        String writer = execution.getGoal() + " (" + execution.getExecutionId() + ") of "
                + session.getCurrentProject().getArtifactId();
        reserve(file, writer, session.getRepositorySession().getData());
        return new GoalOutput(execution.getGoal(), json, Optional.of(file));
    }

    /**
     * Records in the build's session that {@code writer} writes {@code file}. A forked lifecycle may run the same
     * execution again, which then replaces its own file.
     */
    static void reserve(OutputFile file, String writer, SessionData build) throws ActionNeededException {
        String key = OUTPUT_FILE.property() + "=" + file.path();
        if (!build.set(key, null, writer) && !writer.equals(build.get(key))) {
            throw new ActionNeededException("The goal " + writer + " would replace '" + file.path()
                    + "', which the goal " + build.get(key)
                    + " writes in the same build. Give each a file of its own by "
                    + OUTPUT_FILE + ": a relative path starts at each module's directory.");
        }
    }

    /** Returns {@code document}, a record, as JSON with a line feed at its end. */
    static String toJson(Object document) {
        return GSON.toJson(document) + "\n";
    }

    /** Returns whether the result is lines on the console. */
    boolean isLines() {
        return !json && file.isEmpty();
    }

    /** Returns the place that shows the result, with its verb, for a sentence that refers to it. */
    String place() {
        return file.map(each -> each.path() + " says").orElse(json ? "the document above says" : "the lines above say");
    }

    /** Shows {@code document} if the result is JSON, else {@code lines} and {@code warnings}. */
    void show(Supplier<String> document, List<String> lines, List<String> warnings, Log log)
            throws CrossCompileException {
        if (isLines()) {
            lines.forEach(log::info);
            warnings.forEach(log::warn);
        } else {
            write(json ? document.get() : text(lines, warnings), log);
        }
    }

    /** Writes {@code document}, whole, to the file, or else to the standard output. */
    void write(String document, Log log) throws CrossCompileException {
        if (file.isPresent()) {
            file.get().write(document);
            log.info("The goal " + goal + " wrote its result to " + file.get().path() + ".");
        } else {
            System.out.print(document);
        }
    }

    private static String text(List<String> lines, List<String> warnings) {
        return Stream.concat(lines.stream(), warnings.stream().map(warning -> "Warning: " + warning))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
