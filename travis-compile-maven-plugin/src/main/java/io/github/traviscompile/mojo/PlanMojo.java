package io.github.traviscompile.mojo;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.plan.PlanReport;
import java.io.File;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Shows the plan of {@code cross-compile} for the same parameters: the platforms, the command for each, the expected
 * outputs, and the snapshot. Uses no network, needs no cargo and writes nothing.
 *
 * @since 1.0.0
 */
@Mojo(name = "plan", threadSafe = true, requiresProject = false)
public final class PlanMojo extends CargoProjectMojo {

    /**
     * Whether the goal lists every file of the snapshot.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.verbose", defaultValue = "false")
    private boolean verbose;

    /**
     * The form of the plan: {@code table} for lines and warnings, or {@code json} for one document that holds both. The
     * document goes to the standard output unless {@code outputFile} is set.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.output", defaultValue = "table")
    private String output = "table";

    /**
     * A file for the plan instead of the console, in UTF-8 and with nothing else in it. A relative path starts at the
     * module's directory; without a POM, at the current directory. The goal creates missing folders, and replaces an
     * existing file in one step.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.outputFile")
    private @Nullable File outputFile;

    @Inject
    PlanMojo(MavenSession session, MavenProject project, MojoExecution execution) {
        super(session, project, execution);
    }

    @Override
    void execute(CrossCompileRequest request) throws CrossCompileException {
        GoalOutput shown = GoalOutput.of(isJson(output), outputFile, session, execution);
        PlanReport plan = PlanReport.of(request, verbose);
        shown.show(plan::json, plan.lines(), plan.warnings(), getLog());
    }
}
