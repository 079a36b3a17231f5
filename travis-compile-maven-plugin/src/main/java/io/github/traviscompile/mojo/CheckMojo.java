package io.github.traviscompile.mojo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.mojo.console.Console;
import io.github.traviscompile.run.api.CheckResult;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.check.Check;
import java.time.InstantSource;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;

/**
 * Says whether {@code cross-compile} would have all that it needs with the same parameters: the project, this machine's
 * toolchain and linkers, tokens and their rights, the repository, each service, and the tunnel, which is opened and called.
 * Each is a line with a tick or with what to do, and where one is missing the goal fails. Compiles nothing, pushes nothing
 * and changes nothing anywhere. With {@code mvn -o}, only what this machine itself can tell is looked at.
 *
 * @since 1.0.0
 */
@Mojo(name = "check", threadSafe = true, requiresProject = false)
public final class CheckMojo extends CargoProjectMojo {

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
        CheckLines lines = CheckLines.forConsole();
        List<CheckResult> findings;
        try (Console console = MavenConsole.plain(session, getLog())) {
            findings = new Check(
                            console,
                            finding -> lines.show(finding, getLog()),
                            InstantSource.system(),
                            credentials(decrypter),
                            new MavenArtifactSource(
                                    repositorySystem,
                                    session.getRepositorySession(),
                                    project.getRemotePluginRepositories()))
                    .of(request);
        }
        List<CheckResult> bad = findings.stream().filter(CheckResult::isBad).toList();
        String verdict = CheckLines.verdict(findings);
        if (bad.isEmpty()) {
            getLog().info(verdict);
        } else if (bad.stream().anyMatch(finding -> finding.verdict() == CheckResult.State.MISSING)) {
            throw new ActionNeededException(verdict);
        } else {
            throw new WorkFailedException(verdict);
        }
    }
}
