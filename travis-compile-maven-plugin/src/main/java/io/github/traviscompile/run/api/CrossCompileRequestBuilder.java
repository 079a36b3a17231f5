package io.github.traviscompile.run.api;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.PlatformSelection;
import io.github.traviscompile.packaging.Format;
import io.github.traviscompile.packaging.JarLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of the goals on a Cargo project: {@code plan}, {@code check} and {@code cross-compile}. Takes
 * the user's words, null for a missing one; {@link #build} refuses wrong ones.
 */
public final class CrossCompileRequestBuilder {

    /** An element of the parameter {@code platforms}. */
    private record Named(@Nullable String word, PlatformOverride own) {}

    private final Path projectDirectory;
    private final String pluginVersion;
    private final HostingBuilder hosting;

    private final List<Named> platforms = new ArrayList<>();
    private final Set<Switch> switches =
            EnumSet.of(Switch.LOCKED, Switch.FAIL_FAST, Switch.PROVENANCE, Switch.SBOM, Switch.WINDOWS_STATIC_CRT);
    private @Nullable String ci;
    private List<String> packages = List.of();
    private List<String> features = List.of();
    private String profile = "release";
    private @Nullable String toolchain;
    private Map<String, String> environment = Map.of();
    private List<String> artifacts = List.of();
    private List<String> pythonVersions = List.of();
    private @Nullable String smokeTest;
    private Map<PackageManager, List<String>> systemPackages = Map.of();
    private @Nullable Path snapshotRoot;
    private List<String> includes = List.of();
    private List<String> excludes = List.of();
    private List<String> allowedSecrets = List.of();
    private @Nullable Path tokenFile;
    private @Nullable String finalName;
    private @Nullable Path outputDirectory;
    private @Nullable Path buildDirectory;
    private Set<ArtifactName> taken = Set.of();
    private @Nullable String outputTimestamp;
    private CrossCompileRequest.@Nullable Coordinates project;
    private String format = "tar.gz";
    private @Nullable String jarLayout;
    private boolean reuse = true;
    private boolean forceBuild;
    private @Nullable Integer localJobs;
    private Duration timeout = Duration.ofHours(2);
    private @Nullable String glibc;
    private @Nullable String macosDeploymentTarget;
    private List<String> allowedLibraries = List.of();
    private List<String> requiredExports = List.of();
    private @Nullable Path javaClasses;

    /**
     * Starts with the default of every parameter and reads nothing yet.
     *
     * @param cargoProject the directory that holds Cargo.toml, or that file
     */
    public CrossCompileRequestBuilder(Path cargoProject, String pluginVersion, HostingBuilder hosting) {
        Path absolute = cargoProject.toAbsolutePath();
        this.projectDirectory = Files.isRegularFile(absolute) ? absolute.resolveSibling("") : absolute;
        this.pluginVersion = pluginVersion;
        this.hosting = hosting;
    }

    /** Returns the directory of Cargo.toml, absolute. */
    public Path projectDirectory() {
        return projectDirectory;
    }

    /** Adds {@code words} to the parameter {@code platforms}. */
    public CrossCompileRequestBuilder platforms(String... words) {
        for (String word : words) {
            platform(word, PlatformOverride.NOTHING);
        }
        return this;
    }

    /** Adds a platform with settings of its own. */
    public CrossCompileRequestBuilder platform(@Nullable String word, PlatformOverride own) {
        platforms.add(new Named(word, own));
        return this;
    }

    public CrossCompileRequestBuilder ci(@Nullable String word) {
        this.ci = word;
        return this;
    }

    public CrossCompileRequestBuilder packages(List<String> names) {
        this.packages = List.copyOf(names);
        return this;
    }

    public CrossCompileRequestBuilder features(List<String> names) {
        this.features = List.copyOf(names);
        return this;
    }

    public CrossCompileRequestBuilder noDefaultFeatures(boolean on) {
        return set(Switch.NO_DEFAULT_FEATURES, on);
    }

    public CrossCompileRequestBuilder profile(String name) {
        this.profile = name;
        return this;
    }

    public CrossCompileRequestBuilder locked(boolean on) {
        return set(Switch.LOCKED, on);
    }

    public CrossCompileRequestBuilder toolchain(@Nullable String name) {
        this.toolchain = name;
        return this;
    }

    public CrossCompileRequestBuilder environment(Map<String, String> variables) {
        this.environment = Map.copyOf(variables);
        return this;
    }

    public CrossCompileRequestBuilder artifacts(List<String> words) {
        this.artifacts = List.copyOf(words);
        return this;
    }

    public CrossCompileRequestBuilder pythonVersions(List<String> versions) {
        this.pythonVersions = List.copyOf(versions);
        return this;
    }

    public CrossCompileRequestBuilder smokeTest(@Nullable String word) {
        this.smokeTest = word;
        return this;
    }

    public CrossCompileRequestBuilder systemPackages(Map<PackageManager, List<String>> names) {
        this.systemPackages = Map.copyOf(names);
        return this;
    }

    public CrossCompileRequestBuilder windowsStaticCrt(boolean on) {
        return set(Switch.WINDOWS_STATIC_CRT, on);
    }

    public CrossCompileRequestBuilder snapshotRoot(@Nullable Path directory) {
        this.snapshotRoot = directory;
        return this;
    }

    public CrossCompileRequestBuilder includes(List<String> patterns) {
        this.includes = List.copyOf(patterns);
        return this;
    }

    public CrossCompileRequestBuilder excludes(List<String> patterns) {
        this.excludes = List.copyOf(patterns);
        return this;
    }

    public CrossCompileRequestBuilder allowedSecrets(List<String> files) {
        this.allowedSecrets = List.copyOf(files);
        return this;
    }

    /** Sets the file with a token, which the snapshot never holds. */
    public CrossCompileRequestBuilder tokenFile(@Nullable Path file) {
        this.tokenFile = file;
        return this;
    }

    public CrossCompileRequestBuilder finalName(@Nullable String name) {
        this.finalName = name;
        return this;
    }

    public CrossCompileRequestBuilder outputDirectory(@Nullable Path directory) {
        this.outputDirectory = directory;
        return this;
    }

    public CrossCompileRequestBuilder buildDirectory(@Nullable Path directory) {
        this.buildDirectory = directory;
        return this;
    }

    /** Sets the names of the Maven project's other artifacts. */
    public CrossCompileRequestBuilder taken(Set<ArtifactName> names) {
        this.taken = Set.copyOf(names);
        return this;
    }

    /** Sets the value of Maven's property {@code project.build.outputTimestamp}. */
    public CrossCompileRequestBuilder outputTimestamp(@Nullable String text) {
        this.outputTimestamp = text;
        return this;
    }

    /** Sets the Maven project that delivers. */
    public CrossCompileRequestBuilder project(CrossCompileRequest.Coordinates coordinates) {
        this.project = coordinates;
        return this;
    }

    public CrossCompileRequestBuilder format(String word) {
        this.format = word;
        return this;
    }

    public CrossCompileRequestBuilder jarLayout(@Nullable String word) {
        this.jarLayout = word;
        return this;
    }

    public CrossCompileRequestBuilder jarWithAllPlatforms(boolean on) {
        return set(Switch.JAR_WITH_ALL_PLATFORMS, on);
    }

    public CrossCompileRequestBuilder provenance(boolean on) {
        return set(Switch.PROVENANCE, on);
    }

    public CrossCompileRequestBuilder sbom(boolean on) {
        return set(Switch.SBOM, on);
    }

    public CrossCompileRequestBuilder reuse(boolean on) {
        this.reuse = on;
        return this;
    }

    public CrossCompileRequestBuilder forceBuild(boolean on) {
        this.forceBuild = on;
        return this;
    }

    public CrossCompileRequestBuilder failFast(boolean on) {
        return set(Switch.FAIL_FAST, on);
    }

    public CrossCompileRequestBuilder offline(boolean on) {
        return set(Switch.OFFLINE, on);
    }

    public CrossCompileRequestBuilder localJobs(@Nullable Integer count) {
        this.localJobs = count;
        return this;
    }

    public CrossCompileRequestBuilder timeout(Duration longest) {
        this.timeout = longest;
        return this;
    }

    public CrossCompileRequestBuilder glibc(@Nullable String version) {
        this.glibc = version;
        return this;
    }

    public CrossCompileRequestBuilder macosDeploymentTarget(@Nullable String version) {
        this.macosDeploymentTarget = version;
        return this;
    }

    public CrossCompileRequestBuilder allowedLibraries(List<String> names) {
        this.allowedLibraries = List.copyOf(names);
        return this;
    }

    public CrossCompileRequestBuilder requiredExports(List<String> names) {
        this.requiredExports = List.copyOf(names);
        return this;
    }

    /** Sets the directory of the Maven project's classes. */
    public CrossCompileRequestBuilder javaClasses(@Nullable Path directory) {
        this.javaClasses = directory;
        return this;
    }

    private CrossCompileRequestBuilder set(Switch which, boolean on) {
        if (on) {
            switches.add(which);
        } else {
            switches.remove(which);
        }
        return this;
    }

    /**
     * Makes the request.
     *
     * @throws ActionNeededException if a word is wrong; the message names the word, its parameter and the known words
     */
    public CrossCompileRequest build() throws ActionNeededException {
        HostingBuilder.Parts hosted = hosting.build();
        return new CrossCompileRequest(
                projectDirectory,
                targets(hosted),
                buildOptions(),
                new CrossCompileRequest.SnapshotScope(
                        Optional.ofNullable(snapshotRoot),
                        includes,
                        excludes,
                        allowedSecrets,
                        Optional.ofNullable(tokenFile)),
                destination(hosted),
                new CrossCompileRequest.Execution(
                        ReuseMode.of(reuse, forceBuild),
                        switches,
                        jobs(),
                        HostingBuilder.someTime(Parameter.TIMEOUT_MINUTES, timeout)),
                hosted.hosting(),
                constraints(),
                hosting.host,
                pluginVersion);
    }

    /** Resolves the platforms. Of two elements for one platform, the later one's settings hold. */
    private CrossCompileRequest.Targets targets(HostingBuilder.Parts hosted) throws ActionNeededException {
        Set<Platform> selected = new LinkedHashSet<>();
        Map<Platform, PlatformOverride> own = new EnumMap<>(Platform.class);
        for (Named named : platforms) {
            if (named.word() == null || named.word().isBlank()) {
                throw new ActionNeededException("A platform in " + Parameter.PLATFORMS + " has no <name>."
                        + " Write its word there, such as linux-x86_64.");
            }
            List<Platform> those = PlatformSelection.parse(List.of(named.word()));
            selected.addAll(those);
            if (!named.own().equals(PlatformOverride.NOTHING)) {
                those.forEach(platform -> platform.compiled().forEach(each -> own.put(each, named.own())));
            }
        }
        return new CrossCompileRequest.Targets(
                List.copyOf(selected),
                ci == null ? Optional.empty() : Optional.of(CiChoice.parse(ci)),
                hosted.repository(),
                own);
    }

    private CrossCompileRequest.BuildOptions buildOptions() throws ActionNeededException {
        Set<ArtifactKind> kinds = EnumSet.noneOf(ArtifactKind.class);
        for (String word : artifacts) {
            kinds.add(ArtifactKind.parse(word));
        }
        return new CrossCompileRequest.BuildOptions(
                packages,
                features,
                switches,
                profile,
                Optional.ofNullable(toolchain),
                environment,
                new CrossCompileRequest.Python(kinds, pythonVersions),
                smokeTest == null ? Optional.empty() : Optional.of(SmokeTestCommand.parse(smokeTest)),
                new CrossCompileRequest.Systems(switches, systemPackages));
    }

    private CrossCompileRequest.Destination destination(HostingBuilder.Parts hosted) throws ActionNeededException {
        return new CrossCompileRequest.Destination(
                Optional.ofNullable(finalName),
                absolute(outputDirectory),
                absolute(buildDirectory),
                hosted.cacheDirectory(),
                taken,
                timestamp(),
                Optional.ofNullable(project),
                new CrossCompileRequest.ArchiveOptions(
                        Format.parse(format),
                        jarLayout == null ? Optional.empty() : Optional.of(JarLayout.parse(jarLayout)),
                        switches));
    }

    private Optional<Integer> jobs() throws ActionNeededException {
        if (localJobs != null && localJobs < 1) {
            throw HostingBuilder.nothing(Parameter.LOCAL_JOBS, localJobs);
        }
        return Optional.ofNullable(localJobs);
    }

    private static Optional<Path> absolute(@Nullable Path path) {
        return path == null
                ? Optional.empty()
                : Optional.of(path.toAbsolutePath().normalize());
    }

    private Constraints constraints() throws ActionNeededException {
        Constraints constraints = Constraints.NONE
                .withGlibc(glibc)
                .withMacos(macosDeploymentTarget)
                .withAllowedLibraries(allowedLibraries)
                .withRequiredExports(requiredExports);
        return javaClasses == null ? constraints : constraints.withJavaClasses(javaClasses);
    }

    /** Reads Maven's form of the property: ISO 8601 or seconds since 1970. A single character means "not set". */
    private Optional<Instant> timestamp() throws ActionNeededException {
        if (outputTimestamp == null || outputTimestamp.strip().length() < 2) {
            return Optional.empty();
        }
        String text = outputTimestamp.strip();
        try {
            return Optional.of(
                    text.matches("\\d+")
                            ? Instant.ofEpochSecond(Long.parseLong(text))
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | NumberFormatException e) {
            throw new ActionNeededException(
                    "The property project.build.outputTimestamp is '" + outputTimestamp
                            + "', which is neither ISO 8601 nor seconds"
                            + " since 1970. Write it like 2026-11-22T00:00:00Z.",
                    e);
        }
    }
}
