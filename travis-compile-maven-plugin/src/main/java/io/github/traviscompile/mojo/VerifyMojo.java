package io.github.traviscompile.mojo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.Constraints;
import io.github.traviscompile.run.api.InspectedFile;
import io.github.traviscompile.run.deliver.FileVerification;
import java.io.File;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Checks existing files by the rules that {@code cross-compile} applies to its outputs, and shows the facts of each
 * file. Fails if a file is not what it claims to be, or breaks another rule. Needs neither a Maven nor a Cargo project,
 * and no network.
 *
 * @since 1.0.0
 */
@Mojo(name = "verify", threadSafe = true, requiresProject = false)
public final class VerifyMojo extends GoalMojo {

    /**
     * The files: executables, shared and static libraries of any system, and Python wheels.
     *
     * <pre>{@code
     * <files>
     *   <file>lib/libgreet.so</file>
     * </files>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.files")
    private List<File> files = List.of();

    /**
     * The platform that all files are for, by its word or its Rust target. The default is, for each file, the platform
     * that the file itself states.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.platform")
    private @Nullable String platform;

    /**
     * The newest glibc that the files for Linux may need, such as {@code 2.17}. The default is any version.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.glibc")
    private @Nullable String glibc;

    /**
     * The oldest macOS that has to run the files, such as {@code 11.0}. The default is any version.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.macosDeploymentTarget")
    private @Nullable String macosDeploymentTarget;

    /**
     * Libraries that the files may need although not every system of their platform has them. Write the names as the
     * files have them, without directories. {@code *} stands for any characters.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.allowedLibraries")
    private List<String> allowedLibraries = List.of();

    /**
     * Names that every library has to export, as C spells them.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.requiredExports")
    private List<String> requiredExports = List.of();

    /**
     * The form of the result: {@code table}, or {@code json} for one document with all known facts of the files. The
     * document goes to the standard output unless {@code outputFile} is set.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.output", defaultValue = "table")
    private String output = "table";

    /**
     * A file for the result instead of the console, in UTF-8 and with nothing else in it. A relative path starts at the
     * module's directory; without a POM, at the current directory. The goal creates missing folders, and replaces an
     * existing file in one step.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.outputFile")
    private @Nullable File outputFile;

    private final MavenSession session;
    private final MojoExecution execution;

    @Inject
    VerifyMojo(MavenSession session, MojoExecution execution) {
        this.session = session;
        this.execution = execution;
    }

    @Override
    void run() throws CrossCompileException {
        GoalOutput shown = GoalOutput.of(isJson(output), outputFile, session, execution);
        List<InspectedFile> inspected = new FileVerification(
                        files.stream().map(File::toPath).toList(),
                        Optional.ofNullable(platform),
                        Constraints.NONE
                                .withGlibc(glibc)
                                .withMacos(macosDeploymentTarget)
                                .withAllowedLibraries(allowedLibraries)
                                .withRequiredExports(requiredExports))
                .inspect();
        List<String> warnings = inspected.stream()
                .flatMap(file -> file.warnings().stream())
                .distinct()
                .toList();
        shown.show(() -> InspectionReport.json(inspected), InspectionReport.table(inspected), warnings, getLog());
        List<String> errors = inspected.stream()
                .flatMap(file -> file.errors().stream())
                .distinct()
                .toList();
        if (!errors.isEmpty()) {
            throw new ActionNeededException(String.join("\n", errors));
        }
    }
}
