package io.github.traviscompile.mojo;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.plan.PlanReport;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Says what {@code cross-compile} would do with the same parameters: the platforms, the command for each, the outputs
 * that are expected, and what would be taken along. Uses no network, needs no cargo and writes nothing.
 *
 * @since 1.0.0
 */
@Mojo(name = "plan", threadSafe = true, requiresProject = false)
public final class PlanMojo extends CargoProjectMojo {

    /**
     * Whether every file of the snapshot is listed.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.verbose", defaultValue = "false")
    private boolean verbose;

    /**
     * How it is shown: {@code table} for lines and warnings, or {@code json} for one document on the standard output that
     * holds both; with {@code mvn -q}, nothing else is there.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.output", defaultValue = "table")
    private String output = "table";

    @Inject
    PlanMojo(MavenSession session, MavenProject project, MojoExecution execution) {
        super(session, project, execution);
    }

    @Override
    void execute(CrossCompileRequest request) throws CrossCompileException {
        boolean json = isJson(output);
        PlanReport preview = PlanReport.of(request, verbose);
        if (json) {
            System.out.print(preview.json());
            return;
        }
        preview.lines().forEach(getLog()::info);
        preview.warnings().forEach(getLog()::warn);
    }
}
