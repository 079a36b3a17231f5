package io.github.traviscompile.mojo;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.mojo.console.Console;
import io.github.traviscompile.mojo.console.CtrlC;
import io.github.traviscompile.run.CrossCompiler;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.ArtifactSource;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.Delivered;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;

/**
 * Compiles a Cargo project for every requested platform and attaches its files to the Maven build. The goals
 * {@code install}, {@code deploy} and {@code gpg:sign} then include these files. Each platform has one archive whose
 * classifier is the platform's word, unless {@code format} selects another form. Attaches all files or none: if one
 * output of one platform is missing or fails a check, the goal attaches nothing.
 *
 * @since 1.0.0
 */
@Mojo(name = "cross-compile", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true, requiresProject = false)
public final class CrossCompileMojo extends CargoProjectMojo {

    /**
     * Whether the goal attaches the files to the Maven project. Without a Maven project, it only writes them.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.attach", defaultValue = "true")
    private boolean attach;

    private final MavenProjectHelper projectHelper;
    private final SettingsDecrypter decrypter;
    private final RepositorySystem repositorySystem;

    @Inject
    CrossCompileMojo(
            MavenSession session,
            MavenProject project,
            MojoExecution execution,
            MavenProjectHelper projectHelper,
            SettingsDecrypter decrypter,
            RepositorySystem repositorySystem) {
        super(session, project, execution);
        this.projectHelper = projectHelper;
        this.decrypter = decrypter;
        this.repositorySystem = repositorySystem;
    }

    @Override
    void execute(CrossCompileRequest request) throws CrossCompileException, InterruptedException {
        CtrlC.runHooks();
        Delivered delivered;
        try (Console console = MavenConsole.open(session, getLog(), processEnvironment())) {
            delivered =
                    new CrossCompiler(console, InstantSource.system(), credentials(request), artifacts()).run(request);
        }
        if (attaches()) {
            delivered
                    .files()
                    .forEach(file -> projectHelper.attachArtifact(
                            project,
                            file.name().type(),
                            file.name().classifier(),
                            file.path().toFile()));
        }
        String module = MavenConsole.module(session);
        DeliveryTable.of(delivered).forEach(line -> getLog().info(module + line));
    }

    Credentials credentials(CrossCompileRequest request) {
        return credentials(decrypter, request);
    }

    ArtifactSource artifacts() {
        return new MavenArtifactSource(
                repositorySystem, session.getRepositorySession(), project.getRemotePluginRepositories());
    }

    /**
     * Returns the names of the attached artifacts. Maven 3.9 and later replace an artifact of the same type and
     * classifier with only a warning.
     */
    @Override
    Set<ArtifactName> taken() {
        return attaches()
                ? project.getAttachedArtifacts().stream()
                        .filter(Artifact::hasClassifier)
                        .map(artifact -> new ArtifactName(artifact.getClassifier(), artifact.getType()))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private boolean attaches() {
        return attach && hasPom();
    }
}
