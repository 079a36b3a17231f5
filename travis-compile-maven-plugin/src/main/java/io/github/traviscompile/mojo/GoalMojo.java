package io.github.traviscompile.mojo;

import static io.github.traviscompile.model.Parameter.OUTPUT;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Base class of all goals. It skips a goal by the parameter {@code skip} and translates failures into Maven's
 * exceptions.
 */
abstract class GoalMojo extends AbstractMojo {

    /**
     * Whether the goal does nothing.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.skip", defaultValue = "false")
    private boolean skip;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped, as travis-compile.skip is set.");
            return;
        }
        try {
            run();
        } catch (ActionNeededException e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (CrossCompileException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    abstract void run() throws CrossCompileException;

    /** Returns whether the parameter {@code output} asks for a document rather than for lines. */
    static boolean isJson(String output) throws ActionNeededException {
        if (!output.equals("table") && !output.equals("json")) {
            throw new ActionNeededException("The parameter " + OUTPUT + " is '" + output
                    + "', which is neither 'table' nor 'json'. Set it to one of them, or leave it out.");
        }
        return output.equals("json");
    }

    static Optional<Path> path(@Nullable File file) {
        return Optional.ofNullable(file).map(File::toPath);
    }
}
