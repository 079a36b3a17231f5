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

/** The base of the goals on a Cargo project: its parameters, and the request that they make. */
abstract class CargoProjectMojo extends HostingMojo {

    /**
     * The directory that holds Cargo.toml, or that file. By default the Maven project's own directory; without a Maven project, the
     * current directory.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.cargoProject")
    private @Nullable File cargoProject;

    /**
     * The platforms to deliver: classifier words ({@code linux-x86_64}), Rust targets
     * ({@code x86_64-unknown-linux-gnu}) or the presets {@code classic} and {@code modern}. {@code osx-universal2} is
     * merged from {@code osx-x86_64} and {@code osx-aarch_64}, which are delivered themselves only where they are named
     * too. With {@code ci=local}, this machine's own platform by default.
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
     * What is written for one platform holds for it instead of the parameter of that name.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.platforms")
    private List<PlatformParameter> platforms = List.of();

    /**
     * Who compiles: {@code travis}, {@code github-actions}, {@code appveyor}, {@code local} (the machine that runs Maven),
     * or {@code auto}: for each platform the first hosted service that has a machine for it and a token of yours. By default {@code auto} where {@code repository} is set; where neither this nor {@code platforms}
     * nor {@code repository} is set, this machine compiles for its own platform, with a warning.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.ci")
    private @Nullable String ci;

    /**
     * The packages of a Cargo workspace to deliver. By default those that {@code cargo build} would build in
     * {@code cargoProject}: the package there, else the workspace's default members. A virtual workspace without these
     * needs the choice made here where more than one of its packages has something to deliver.
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
     * Cargo features to switch on, {@code feature} or {@code package/feature}.
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
     * Whether the packages' default features stay off.
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
     * Whether cargo runs with {@code --locked}, so that Cargo.lock must be there and fit. A project without Cargo.lock
     * is built without it, with a warning.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.locked", defaultValue = "true")
    private boolean locked;

    /**
     * The Rust toolchain, as rustup names it ({@code stable}, {@code 1.85.0}). By default the one of
     * {@code rust-toolchain.toml}, else what this machine has.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.toolchain")
    private @Nullable String toolchain;

    /**
     * Plain environment variables for the builds; never put a secret here, as they are told in the provenance, too.
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
     * What is delivered: {@code cargo}, the files that cargo makes; {@code wheel}, Python wheels, built by maturin or
     * setuptools-rust; or both. By default wheels where pyproject.toml has one of these, else the files of cargo.
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
     * The Pythons to build wheels with, one wheel for each; where the wheels are of the stable ABI, the first builds the
     * one that fits all. By default the Python that the machine has as {@code python3}, or that the environment variable
     * {@code PYTHON} names.
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
     * What each machine tries its outputs with before it delivers them, so that a leg fails whose files do not work:
     * {@code java} loads the libraries in a JVM; {@code python} installs the wheels and imports them; anything else is a command for bash, run in the Cargo workspace with
     * the outputs in the directory {@code TRAVIS_COMPILE_OUTPUTS}. A machine that compiled for another system or
     * processor than its own cannot run what it made and skips this, which is said.
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
     * The directory whose files are taken to where the legs compile. By default the Cargo workspace's root; set it
     * higher where path dependencies lie beside that.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.snapshotRoot")
    private @Nullable File snapshotRoot;

    /**
     * Ant patterns, relative to the snapshot's root, of the files to take. By default all that git tracks or would
     * track.
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
     * Files, relative to the snapshot's root, that are taken along though they look like secrets.
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
     * In which form the files of a platform are delivered: {@code tar.gz}, {@code zip} or {@code jar}, one archive with
     * the platform's word as classifier; or {@code raw}, each file by itself with the classifier
     * {@code <platform>-<name>} and its extension as type, executables {@code exe} everywhere.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.format", defaultValue = "tar.gz")
    private String format = "tar.gz";

    /**
     * Where files lie in a jar: {@code default} means <code>META-INF/native/{os}-{arch}/</code>, {@code jna} where JNA
     * looks by itself; anything else is a folder with placeholders: <code>{platform}</code>, <code>{os}</code>,
     * <code>{arch}</code> and <code>{jna}</code>.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.jarLayout")
    private @Nullable String jarLayout;

    /**
     * Whether there is one jar more, of classifier {@code all}, with the files of all platforms. Needs the format
     * {@code jar}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.jarWithAllPlatforms", defaultValue = "false")
    private boolean jarWithAllPlatforms;

    /**
     * Whether it is told where the files of each platform came from, in an in-toto statement with SLSA provenance, of
     * the platform's classifier and type {@code intoto.json}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.provenance", defaultValue = "true")
    private boolean provenance = true;

    /**
     * Whether it is told which crates Cargo.lock lets the files hold, in a CycloneDX bill of materials, of the platform's
     * classifier and type {@code cdx.json}. There is none where cargo runs without {@code --locked}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.sbom", defaultValue = "true")
    private boolean sbom = true;

    /**
     * Where what is delivered and {@code SHA256SUMS} are written. By default the Maven project's build directory; without a
     * Maven project, {@code target/travis-compile} in the Cargo project.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.outputDirectory")
    private @Nullable File outputDirectory;

    /**
     * Whether a leg whose source, definition and toolchain have not changed is taken from the store of finished legs.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.reuse", defaultValue = "true")
    private boolean reuse;

    /**
     * Whether every leg is compiled though the store has it.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.forceBuild", defaultValue = "false")
    private boolean forceBuild;

    /**
     * Whether the first leg that fails ends the others.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.failFast", defaultValue = "true")
    private boolean failFast;

    /**
     * How many legs are compiled on this machine at a time. By default half its cores, at least one.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.localJobs")
    private @Nullable Integer localJobs;

    /**
     * The longest that all legs together may take, in minutes.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.timeoutMinutes", defaultValue = "120")
    private int timeoutMinutes = 120;

    /**
     * The newest glibc that the files for Linux may need, such as {@code 2.17}. Hosted machines, and this one where it has
     * cargo-zigbuild and zig, link for it. By default any; the table at the end of a run shows what they need.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.glibc")
    private @Nullable String glibc;

    /**
     * What hosted machines install before they compile, such as the C libraries that crates bind: packages of
     * {@code apt} for the platforms of Linux, of {@code brew} for those of macOS, of {@code choco} for those of Windows.
     * Behind a colon, apt takes a processor other than the machine's. This machine installs nothing: with
     * {@code ci=local}, what it has is what there is.
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
     * The oldest macOS that shall run the files, such as {@code 11.0}: the variable {@code MACOSX_DEPLOYMENT_TARGET} of
     * the legs for macOS, whose files are held to it. By default what rustc takes for the target; for Apple's own
     * processors there is none below 11.0.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.macosDeploymentTarget")
    private @Nullable String macosDeploymentTarget;

    /**
     * Whether Microsoft's C run time is linked into programs and {@code cdylib}s for the Windows platforms of MSVC, so
     * that nobody needs its redistributable package. A word on {@code crt-static} in the {@code RUSTFLAGS} of
     * {@code environment} goes before this.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.windowsStaticCrt", defaultValue = "true")
    private boolean windowsStaticCrt = true;

    /**
     * Libraries that the files may need though not every system of their platform has them: names as the files have them,
     * without directories; {@code *} stands for any characters.
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
     * Names that every library exports on every platform, as C spells them.
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

    /** Returns the names that other artifacts of this project have already. */
    Set<ArtifactName> taken() {
        return Set.of();
    }

    /** Without a POM, Maven gives a project of its own that has no file, and leaves project expressions unresolved. */
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
