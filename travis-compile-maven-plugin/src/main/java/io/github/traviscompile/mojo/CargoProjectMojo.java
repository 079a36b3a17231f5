package io.github.traviscompile.mojo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.CrossCompileRequestBuilder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the goals that read a Cargo project. It declares their common parameters and makes the request from all
 * parameters.
 */
abstract class CargoProjectMojo extends HostingMojo {

    /**
     * The directory that holds Cargo.toml, or that file. The default is the Maven project's own directory; without a
     * Maven project, the current directory.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.cargoProject")
    private @Nullable File cargoProject;

    /**
     * The platforms to deliver: classifier words ({@code linux-x86_64}), Rust targets
     * ({@code x86_64-unknown-linux-gnu}) or the presets {@code classic} and {@code modern}. The plugin merges
     * {@code osx-universal2} from {@code osx-x86_64} and {@code osx-aarch_64}, and delivers these two only where they
     * are named too. With {@code ci=local}, the default is this machine's own platform.
     *
     * <pre>{@code
     * <platforms>
     *   <platform>linux-x86_64</platform>
     *   <platform>linux-aarch_64</platform>
     *   <platform>
     *     <name>windows-x86_64</name>
     *     <ci>appveyor</ci>
     *     <toolchain>1.85.0</toolchain>
     *     <features>
     *       <feature>tls-native</feature>
     *     </features>
     *   </platform>
     * </platforms>
     * }</pre>
     *
     * A setting inside a {@code <platform>} replaces the parameter of the same name for that platform.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.platforms")
    private List<PlatformParameter> platforms = List.of();

    /**
     * The service that compiles: {@code travis}, {@code github-actions}, {@code appveyor}, {@code local} or
     * {@code auto}. {@code local} is the machine that runs Maven. With {@code auto}, each platform goes to the first
     * hosted service with a machine for it and a configured token. The default is {@code auto} where {@code repository}
     * is set. If neither {@code ci} nor {@code platforms} nor {@code repository} is set, this machine compiles for its
     * own platform, with a warning.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.ci")
    private @Nullable String ci;

    /**
     * The packages of a Cargo workspace to deliver. The default is the packages that {@code cargo build} would build in
     * {@code cargoProject}: the package there, else the workspace's default members. In a virtual workspace without
     * default members, set this where more than one package has something to deliver.
     *
     * <pre>{@code
     * <packages>
     *   <package>greet-ffi</package>
     * </packages>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.packages")
    private List<String> packages = List.of();

    /**
     * The Cargo features to enable, as {@code feature} or {@code package/feature}.
     *
     * <pre>{@code
     * <features>
     *   <feature>tls</feature>
     * </features>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.features")
    private List<String> features = List.of();

    /**
     * Whether cargo leaves the packages' default features off.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.noDefaultFeatures", defaultValue = "false")
    private boolean noDefaultFeatures;

    /**
     * The Cargo profile to build with.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.profile", defaultValue = "release")
    private String profile = "release";

    /**
     * Whether cargo runs with {@code --locked}, which fails if Cargo.lock is missing or out of date. For a project
     * without Cargo.lock, the plugin leaves the option out and warns.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.locked", defaultValue = "true")
    private boolean locked;

    /**
     * The Rust toolchain, as rustup names it ({@code stable}, {@code 1.85.0}). The default is the toolchain of
     * {@code rust-toolchain.toml}, else the one of this machine.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.toolchain")
    private @Nullable String toolchain;

    /**
     * Plain environment variables for the builds. Never put a secret here: the provenance lists them, too.
     *
     * <pre>{@code
     * <environment>
     *   <GREETING>hello</GREETING>
     * </environment>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter
    private Map<String, String> environment = Map.of();

    /**
     * The kinds of files to deliver: {@code cargo}, the files that cargo makes; {@code wheel}, Python wheels; or both.
     * Either maturin or setuptools-rust builds the wheels. The default is wheels where pyproject.toml names one of
     * these two, else the files of cargo.
     *
     * <pre>{@code
     * <artifacts>
     *   <artifact>cargo</artifact>
     *   <artifact>wheel</artifact>
     * </artifacts>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.artifacts")
    private List<String> artifacts = List.of();

    /**
     * The Pythons to build wheels with, one wheel for each. If the wheels use the stable ABI, the first Python builds
     * the one wheel that fits all. The default is the machine's {@code python3}, or the Python that the environment
     * variable {@code PYTHON} names.
     *
     * <pre>{@code
     * <pythonVersions>
     *   <pythonVersion>3.12</pythonVersion>
     *   <pythonVersion>3.13</pythonVersion>
     * </pythonVersions>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.pythonVersions")
    private List<String> pythonVersions = List.of();

    /**
     * The test that each machine runs on its outputs before it delivers them. A leg fails if its files fail the test.
     * {@code java} loads the libraries in a JVM. {@code python} installs the wheels and imports them. Any other value
     * is a command for bash, run in the Cargo workspace with the outputs in the directory
     * {@code TRAVIS_COMPILE_OUTPUTS}. A machine cannot run files for another system or processor than its own. It then
     * skips the test, and the plugin reports this.
     *
     * <pre>{@code
     * <smokeTest>"$TRAVIS_COMPILE_OUTPUTS/greet" --version</smokeTest>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.smokeTest")
    private @Nullable String smokeTest;

    /**
     * The directory whose files the legs receive. The default is the Cargo workspace's root. Set a parent directory
     * where path dependencies lie outside of that root.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.snapshotRoot")
    private @Nullable File snapshotRoot;

    /**
     * Ant patterns, relative to the snapshot's root, of the files to take. The default is all files that git tracks or
     * would track.
     *
     * <pre>{@code
     * <includes>
     *   <include>crates/**</include>
     * </includes>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.includes")
    private List<String> includes = List.of();

    /**
     * Ant patterns, relative to the snapshot's root, of files to leave out.
     *
     * <pre>{@code
     * <excludes>
     *   <exclude>fixtures/large/**</exclude>
     * </excludes>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.excludes")
    private List<String> excludes = List.of();

    /**
     * Files, relative to the snapshot's root, that the snapshot takes although they look like secrets.
     *
     * <pre>{@code
     * <allowedSecrets>
     *   <allowedSecret>tests/fixtures/expired.pem</allowedSecret>
     * </allowedSecrets>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.allowedSecrets")
    private List<String> allowedSecrets = List.of();

    /**
     * The form in which the goal delivers the files of a platform. {@code tar.gz}, {@code zip} and {@code jar} make one
     * archive with the platform's word as classifier. {@code raw} delivers each file by itself, with the classifier
     * {@code <platform>-<name>} and the file's extension as type. With {@code raw}, executables have the type
     * {@code exe} on every platform.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.format", defaultValue = "tar.gz")
    private String format = "tar.gz";

    /**
     * The folder of the files in a jar. {@code default} means <code>META-INF/native/{os}-{arch}/</code>. {@code jna}
     * means the folder in which JNA looks by itself. Any other value is a folder with the placeholders
     * <code>{platform}</code>, <code>{os}</code>, <code>{arch}</code> and <code>{jna}</code>.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.jarLayout")
    private @Nullable String jarLayout;

    /**
     * Whether the goal makes one more jar, with the classifier {@code all} and the files of all platforms. This needs
     * the format {@code jar}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.jarWithAllPlatforms", defaultValue = "false")
    private boolean jarWithAllPlatforms;

    /**
     * Whether the goal documents the origin of each platform's files. The document is an in-toto statement with SLSA
     * provenance, with the platform's classifier and the type {@code intoto.json}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.provenance", defaultValue = "true")
    private boolean provenance = true;

    /**
     * Whether the goal lists the crates that Cargo.lock lets the files hold. The list is a CycloneDX bill of materials,
     * with the platform's classifier and the type {@code cdx.json}. There is none where cargo runs without
     * {@code --locked}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.sbom", defaultValue = "true")
    private boolean sbom = true;

    /**
     * The directory for the delivered files and {@code SHA256SUMS}. The default is the Maven project's build directory;
     * without a Maven project, {@code target/travis-compile} in the Cargo project.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.outputDirectory")
    private @Nullable File outputDirectory;

    /**
     * Whether the run takes a leg from the store of finished legs if its source, definition and toolchain have not
     * changed.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.reuse", defaultValue = "true")
    private boolean reuse;

    /**
     * Whether the run compiles every leg, even if the store has it.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.forceBuild", defaultValue = "false")
    private boolean forceBuild;

    /**
     * Whether the first failure of a leg ends the other legs.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.failFast", defaultValue = "true")
    private boolean failFast;

    /**
     * The number of legs that this machine compiles at a time. The default is half its cores, at least one.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.localJobs")
    private @Nullable Integer localJobs;

    /**
     * The time limit for all legs together, in minutes.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.timeoutMinutes", defaultValue = "120")
    private int timeoutMinutes = 120;

    /**
     * The newest glibc that the files for Linux may need, such as {@code 2.17}. Hosted machines link for this version,
     * and so does this machine where it has cargo-zigbuild and zig. The default is any version. The table at the end of
     * a run shows the version that the files need.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.glibc")
    private @Nullable String glibc;

    /**
     * The packages that hosted machines install before they compile, such as the C libraries that crates bind.
     * {@code apt} holds packages for the platforms of Linux, {@code brew} for those of macOS, {@code choco} for those
     * of Windows. After a colon, apt accepts a processor other than the machine's. This machine installs nothing: with
     * {@code ci=local}, the build uses the packages that are installed already.
     *
     * <pre>{@code
     * <systemPackages>
     *   <apt>
     *     <package>libssl-dev</package>
     *   </apt>
     *   <brew>
     *     <package>openssl@3</package>
     *   </brew>
     * </systemPackages>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter
    private SystemPackages systemPackages = new SystemPackages();

    /**
     * The oldest macOS that has to run the files, such as {@code 11.0}. The legs for macOS get it as the variable
     * {@code MACOSX_DEPLOYMENT_TARGET}, and the plugin checks their files against it. The default is rustc's default
     * for the target. For Apple's own processors, the lowest value is 11.0.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.macosDeploymentTarget")
    private @Nullable String macosDeploymentTarget;

    /**
     * Whether programs and {@code cdylib}s for the Windows platforms of MSVC contain Microsoft's C run time. They then
     * run without its redistributable package. A setting of {@code crt-static} in the {@code RUSTFLAGS} of
     * {@code environment} takes precedence.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.windowsStaticCrt", defaultValue = "true")
    private boolean windowsStaticCrt = true;

    /**
     * Libraries that the files may need although not every system of their platform has them. Write the names as the
     * files have them, without directories. {@code *} stands for any characters.
     *
     * <pre>{@code
     * <allowedLibraries>
     *   <allowedLibrary>libssl.so.3</allowedLibrary>
     * </allowedLibraries>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.allowedLibraries")
    private List<String> allowedLibraries = List.of();

    /**
     * Names that every library has to export on every platform, as C spells them.
     *
     * <pre>{@code
     * <requiredExports>
     *   <requiredExport>greet_version</requiredExport>
     * </requiredExports>
     * }</pre>
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.requiredExports")
    private List<String> requiredExports = List.of();

    final MavenProject project;
    final MojoExecution execution;

    CargoProjectMojo(MavenSession session, MavenProject project, MojoExecution execution) {
        super(session);
        this.project = project;
        this.execution = execution;
    }

    @Override
    final void run() throws CrossCompileException {
        CrossCompileRequestBuilder builder = builder();
        if (project.getPackaging().equals("pom")
                && hasPom()
                && !Files.exists(builder.projectDirectory().resolve("Cargo.toml"))) {
            getLog().info("Nothing to compile: there is no Cargo.toml in " + builder.projectDirectory()
                    + ", and this project, of packaging pom, only gathers others.");
            return;
        }
        try {
            execute(request(builder));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailedException("Interrupted before the run was over; its legs were ended.", e);
        }
    }

    abstract void execute(CrossCompileRequest request) throws CrossCompileException, InterruptedException;

    /** Returns the names that files of this run cannot have, because other artifacts of this project have them. */
    Set<ArtifactName> taken() {
        return Set.of();
    }

    /**
     * Returns whether Maven read a POM. Without one, Maven makes a project that has no file, and leaves project
     * expressions unresolved.
     */
    final boolean hasPom() {
        return project.getFile() != null;
    }

    final MavenCredentials credentials(SettingsDecrypter decrypter, CrossCompileRequest request) {
        return credentials(
                decrypter, request.where().repository(), request.hosting().services());
    }

    private CrossCompileRequestBuilder builder() {
        Path here = hasPom() ? project.getBasedir().toPath() : Path.of(session.getExecutionRootDirectory());
        return new CrossCompileRequestBuilder(path(cargoProject).orElse(here), execution.getVersion(), hosting());
    }

    final CrossCompileRequest request() throws ActionNeededException {
        return request(builder());
    }

    private CrossCompileRequest request(CrossCompileRequestBuilder builder) throws ActionNeededException {
        for (PlatformParameter platform : platforms) {
            platform.addTo(builder);
        }
        if (hasPom()) {
            Path buildDirectory = Path.of(project.getBuild().getDirectory());
            builder.finalName(project.getBuild().getFinalName())
                    .buildDirectory(buildDirectory)
                    .outputDirectory(buildDirectory)
                    .javaClasses(Path.of(project.getBuild().getOutputDirectory()))
                    .project(new CrossCompileRequest.Coordinates(
                            project.getGroupId(), project.getArtifactId(), project.getVersion()));
        }
        path(outputDirectory).ifPresent(builder::outputDirectory);
        return builder.ci(ci)
                .packages(packages)
                .features(features)
                .noDefaultFeatures(noDefaultFeatures)
                .profile(profile)
                .locked(locked)
                .toolchain(toolchain)
                .environment(environment)
                .artifacts(artifacts)
                .pythonVersions(pythonVersions)
                .smokeTest(smokeTest)
                .systemPackages(systemPackages.byManager())
                .windowsStaticCrt(windowsStaticCrt)
                .snapshotRoot(path(snapshotRoot).orElse(null))
                .includes(includes)
                .excludes(excludes)
                .allowedSecrets(allowedSecrets)
                .tokenFile(githubTokenFile().orElse(null))
                .taken(taken())
                .outputTimestamp(project.getProperties().getProperty("project.build.outputTimestamp"))
                .format(format)
                .jarLayout(jarLayout)
                .jarWithAllPlatforms(jarWithAllPlatforms)
                .provenance(provenance)
                .sbom(sbom)
                .reuse(reuse)
                .forceBuild(forceBuild)
                .failFast(failFast)
                .offline(session.isOffline())
                .localJobs(localJobs)
                .timeout(Duration.ofMinutes(timeoutMinutes))
                .glibc(glibc)
                .macosDeploymentTarget(macosDeploymentTarget)
                .allowedLibraries(allowedLibraries)
                .requiredExports(requiredExports)
                .build();
    }
}
