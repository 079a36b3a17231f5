package io.github.traviscompile.mojo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.mojo.console.Console;
import io.github.traviscompile.run.api.CheckResult;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.check.Check;
import java.io.File;
import java.time.InstantSource;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether {@code cross-compile} would have all its prerequisites with the same parameters. These are the
 * project, this machine's toolchain and linkers, the tokens and their rights, the repository, each service, and the
 * tunnel. The goal opens the tunnel and sends a request through it. It shows a line for each prerequisite, with a tick
 * or with the remedy, and fails if one is missing. Compiles nothing, pushes nothing and changes nothing anywhere. With
 * {@code mvn -o}, the goal checks only the prerequisites that need no network.
 *
 * @since 1.0.0
 */
@Mojo(name = "check", threadSafe = true, requiresProject = false)
public final class CheckMojo extends CargoProjectMojo {

    /**
     * The form of the results: {@code table}, a line for each as soon as it is known, or {@code json} for one document.
     * The document goes to the standard output unless {@code outputFile} is set.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.output", defaultValue = "table")
    private String output = "table";

    /**
     * A file for the results instead of the console, in UTF-8 and with nothing else in it. A relative path starts at
     * the module's directory; without a POM, at the current directory. The goal creates missing folders, and replaces
     * an existing file in one step.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.outputFile")
    private @Nullable File outputFile;

    private final SettingsDecrypter decrypter;
    private final RepositorySystem repositorySystem;

    @Inject
    CheckMojo(
            MavenSession session,
            MavenProject project,
            MojoExecution execution,
            SettingsDecrypter decrypter,
            RepositorySystem repositorySystem) {
        super(session, project, execution);
        this.decrypter = decrypter;
        this.repositorySystem = repositorySystem;
    }

    @Override
    void execute(CrossCompileRequest request) throws CrossCompileException, InterruptedException {
        GoalOutput shown = GoalOutput.of(isJson(output), outputFile, session, execution);
        CheckLines lines = CheckLines.forConsole();
        List<CheckResult> results;
        try (Console progress = MavenConsole.plain(session, getLog())) {
            results = new Check(
                            progress,
                            shown.isLines() ? result -> lines.show(result, getLog()) : result -> {},
                            InstantSource.system(),
                            credentials(decrypter, request),
                            new MavenArtifactSource(
                                    repositorySystem,
                                    session.getRepositorySession(),
                                    project.getRemotePluginRepositories()))
                    .of(request);
        }
        if (!shown.isLines()) {
            shown.write(
                    shown.json() ? CheckJson.of(execution.getVersion(), results) : CheckLines.text(results), getLog());
        }
        String verdict = CheckLines.verdict(results, shown.place());
        if (results.stream().noneMatch(CheckResult::isBad)) {
            getLog().info(verdict);
        } else if (results.stream().anyMatch(result -> result.verdict() == CheckResult.State.MISSING)) {
            throw new ActionNeededException(verdict);
        } else {
            throw new WorkFailedException(verdict);
        }
    }
}
