package io.github.traviscompile.mojo;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.mojo.console.Console;
import io.github.traviscompile.run.api.CheckResult;
import io.github.traviscompile.run.api.CleanUpRequest;
import io.github.traviscompile.run.remote.CleanUp;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Removes the remains of killed runs from the GitHub repository: temporary branches, their pull requests and their
 * builds. Lists them first. Removes only what this plugin made, and nothing that a run may still use.
 *
 * @since 1.0.0
 */
@Mojo(name = "clean-up", threadSafe = true, requiresProject = false)
public final class CleanUpMojo extends HostingMojo {

    /**
     * Whether the goal only lists the remains.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.dryRun", defaultValue = "false")
    private boolean dryRun;

    private final SettingsDecrypter decrypter;

    @Inject
    CleanUpMojo(MavenSession session, SettingsDecrypter decrypter) {
        super(session);
        this.decrypter = decrypter;
    }

    @Override
    void run() throws CrossCompileException {
        try {
            sweep(hosting().cleanUp());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailedException(
                    "Interrupted before all was removed. Run the goal again for what is left.", e);
        }
    }

    private void sweep(CleanUpRequest request) throws CrossCompileException, InterruptedException {
        try (Console console = MavenConsole.plain(session, getLog())) {
            MavenCredentials credentials =
                    credentials(decrypter, Optional.of(request.repository()), request.services());
            sweep(new CleanUp(console, InstantSource.system(), credentials), request);
        }
    }

    private void sweep(CleanUp sweep, CleanUpRequest request) throws CrossCompileException, InterruptedException {
        CleanUp.CleanUpScope place = sweep.open(request);
        String repository = request.repository().toString();
        List<String> left = sweep.find(place);
        CheckLines lines = CheckLines.forConsole();
        if (left.isEmpty()) {
            lines.show(
                    new CheckResult(repository, CheckResult.State.READY, "nothing is left by earlier runs."), getLog());
            return;
        }
        left.forEach(each -> lines.show(new CheckResult("left", CheckResult.State.REMARK, each), getLog()));
        if (dryRun) {
            getLog().info("Nothing was removed, as travis-compile.dryRun is set.");
            return;
        }
        CleanUp.Outcome outcome = sweep.remove(place);
        if (outcome.left() == 0) {
            lines.show(
                    new CheckResult(
                            repository,
                            CheckResult.State.READY,
                            outcome.removed() + " branches and pull requests were removed."),
                    getLog());
        } else {
            throw new WorkFailedException("Not everything could be removed from " + repository
                    + "; the warnings above name what is left. Run the goal again, or remove it there.");
        }
    }
}
