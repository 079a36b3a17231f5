package io.github.traviscompile.mojo;

import static io.github.traviscompile.model.Parameter.REPOSITORY;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.mojo.console.Console;
import io.github.traviscompile.run.api.CheckResult;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.plan.Directories;
import io.github.traviscompile.run.remote.CleanUp;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Removes what runs that were killed have left in the GitHub repository: temporary branches, their pull requests and
 * the builds of them. Lists first; takes only what this plugin made, and of that nothing that a run may still use.
 *
 * @since 1.0.0
 */
@Mojo(name = "clean-up", threadSafe = true, requiresProject = false)
public final class CleanUpMojo extends HostingMojo {

    /**
     * Whether what is left is only listed.
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
        String repository = repository()
                .orElseThrow(() -> new ActionNeededException("There is nowhere to clean up, as " + REPOSITORY
                        + " is not set. Set it to the GitHub repository that carries your hosted builds, such as"
                        + " alice/builds."));
        try {
            sweep(repository, services(), Directories.cache(cacheDirectory(), Host.current(processEnvironment())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailedException(
                    "Interrupted before all was removed. Run the goal again for what is left.", e);
        }
    }

    private void sweep(String repository, CrossCompileRequest.Services services, Path cache)
            throws CrossCompileException, InterruptedException {
        try (Console console = MavenConsole.plain(session, getLog())) {
            sweep(new CleanUp(console, InstantSource.system(), credentials(decrypter)), repository, services, cache);
        }
    }

    private void sweep(CleanUp sweep, String repository, CrossCompileRequest.Services services, Path cache)
            throws CrossCompileException, InterruptedException {
        CleanUp.CleanUpScope place = sweep.open(services, repository, cache);
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
