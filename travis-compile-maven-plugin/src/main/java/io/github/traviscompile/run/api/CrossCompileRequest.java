package io.github.traviscompile.run.api;

import static io.github.traviscompile.run.api.Switch.ACCEPT_PUBLIC;
import static io.github.traviscompile.run.api.Switch.FAIL_FAST;
import static io.github.traviscompile.run.api.Switch.JAR_WITH_ALL_PLATFORMS;
import static io.github.traviscompile.run.api.Switch.KEEP_ON_FAILURE;
import static io.github.traviscompile.run.api.Switch.LOCKED;
import static io.github.traviscompile.run.api.Switch.NO_DEFAULT_FEATURES;
import static io.github.traviscompile.run.api.Switch.OFFLINE;
import static io.github.traviscompile.run.api.Switch.PROVENANCE;
import static io.github.traviscompile.run.api.Switch.PULL_REQUEST;
import static io.github.traviscompile.run.api.Switch.SBOM;
import static io.github.traviscompile.run.api.Switch.WINDOWS_STATIC_CRT;

import io.github.traviscompile.ci.CiSettings;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.TransportKind;
import io.github.traviscompile.packaging.Format;
import io.github.traviscompile.packaging.JarLayout;
import io.github.traviscompile.run.plan.Plan;
import io.github.traviscompile.tunnel.TunnelAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The user's request for a run, each value checked by itself. {@link Plan} decides on their combination. Only
 * {@link CrossCompileRequestBuilder} makes one, so that every goal refuses the same words.
 */
public final class CrossCompileRequest {

    private final Path projectDirectory;
    private final Targets where;
    private final BuildOptions what;
    private final SnapshotScope source;
    private final Destination delivery;
    private final Execution running;
    private final Hosting hosting;
    private final Constraints promises;
    private final Host host;
    private final String pluginVersion;

    CrossCompileRequest(
            Path projectDirectory,
            Targets where,
            BuildOptions what,
            SnapshotScope source,
            Destination delivery,
            Execution running,
            Hosting hosting,
            Constraints promises,
            Host host,
            String pluginVersion) {
        this.projectDirectory = projectDirectory;
        this.where = where;
        this.what = what;
        this.source = source;
        this.delivery = delivery;
        this.running = running;
        this.hosting = hosting;
        this.promises = promises;
        this.host = host;
        this.pluginVersion = pluginVersion;
    }

    /** Returns the directory of Cargo.toml, absolute. */
    public Path projectDirectory() {
        return projectDirectory;
    }

    public Targets where() {
        return where;
    }

    public BuildOptions what() {
        return what;
    }

    public SnapshotScope source() {
        return source;
    }

    public Destination delivery() {
        return delivery;
    }

    public Execution running() {
        return running;
    }

    public Hosting hosting() {
        return hosting;
    }

    /** Returns the user's limits for the delivered files. */
    public Constraints promises() {
        return promises;
    }

    /** Returns the machine that runs Maven. */
    public Host host() {
        return host;
    }

    /** Returns the plugin's version, a part of the reuse key. */
    public String pluginVersion() {
        return pluginVersion;
    }

    /**
     * The platforms and the services that compile them.
     *
     * @param platforms each once; empty leaves the choice to the plan
     * @param ci the choice of services; empty leaves it to the plan
     * @param repository the GitHub repository that carries hosted builds
     * @param own the settings of single platforms
     */
    public record Targets(
            List<Platform> platforms,
            Optional<CiChoice> ci,
            Optional<RepositoryName> repository,
            Map<Platform, PlatformOverride> own) {
        public Targets {
            platforms = List.copyOf(platforms);
            own = Map.copyOf(own);
        }
    }

    /**
     * The options of cargo on every leg.
     *
     * @param packages the packages to deliver; empty takes cargo's own default
     * @param switches {@code LOCKED}, {@code NO_DEFAULT_FEATURES}
     * @param toolchain a rustup toolchain; empty takes that of the project or the machine
     * @param environment variables for the legs; not for secrets, because the provenance lists them
     * @param python the options for wheels
     * @param smokeTest the command by which each leg tries its outputs before it delivers them
     * @param systems the options for single systems
     */
    public record BuildOptions(
            List<String> packages,
            List<String> features,
            Set<Switch> switches,
            String profile,
            Optional<String> toolchain,
            Map<String, String> environment,
            Python python,
            Optional<SmokeTestCommand> smokeTest,
            Systems systems) {
        public BuildOptions {
            packages = List.copyOf(packages);
            features = List.copyOf(features);
            switches = Switch.among(switches, LOCKED, NO_DEFAULT_FEATURES);
            environment = Map.copyOf(environment);
        }

        public boolean noDefaultFeatures() {
            return switches.contains(NO_DEFAULT_FEATURES);
        }

        public boolean locked() {
            return switches.contains(LOCKED);
        }
    }

    /**
     * The options for wheels and the versions of Python.
     *
     * @param artifacts the kinds to deliver; empty takes the project's own kind
     * @param versions of Python, such as {@code 3.12}; empty takes the machine's
     */
    public record Python(Set<ArtifactKind> artifacts, List<String> versions) {
        public Python {
            artifacts = Set.copyOf(artifacts);
            versions = List.copyOf(versions);
        }
    }

    /**
     * The options for single systems, ignored on the others.
     *
     * @param switches {@code WINDOWS_STATIC_CRT}
     * @param packages the packages that hosted machines install, by package manager
     */
    public record Systems(Set<Switch> switches, Map<PackageManager, List<String>> packages) {
        public Systems {
            switches = Switch.among(switches, WINDOWS_STATIC_CRT);
            packages = Map.copyOf(packages);
        }

        /** Returns whether cargo links Microsoft's C run time into programs and C libraries. */
        public boolean windowsStaticCrt() {
            return switches.contains(WINDOWS_STATIC_CRT);
        }
    }

    /**
     * The files that the snapshot takes to the machines that compile.
     *
     * @param root the directory to take; empty takes the Cargo workspace's root
     * @param includes Ant patterns; empty includes everything
     * @param excludes Ant patterns
     * @param allowedSecrets files, relative to the root, that the snapshot may hold though they look like secrets
     * @param tokenFile a file with a token, which the snapshot never holds, not even if another option includes it
     */
    public record SnapshotScope(
            Optional<Path> root,
            List<String> includes,
            List<String> excludes,
            List<String> allowedSecrets,
            Optional<Path> tokenFile) {
        public SnapshotScope {
            includes = List.copyOf(includes);
            excludes = List.copyOf(excludes);
            allowedSecrets = List.copyOf(allowedSecrets);
        }
    }

    /**
     * The destination of the results.
     *
     * @param finalName the archives' name before the classifier; empty makes {@code <crate>-<version>}
     * @param outputDirectory for the archives, absolute; empty takes {@code target/travis-compile} of the Cargo project
     * @param buildDirectory Maven's own, absolute, kept out of the snapshot; empty where there is no Maven project
     * @param cacheDirectory for finished legs, absolute
     * @param taken the names of the Maven project's other artifacts
     * @param timestamp the time of every file in an archive; empty takes the same one on every day
     * @param project the Maven project that delivers; empty where there is none
     */
    public record Destination(
            Optional<String> finalName,
            Optional<Path> outputDirectory,
            Optional<Path> buildDirectory,
            Path cacheDirectory,
            Set<ArtifactName> taken,
            Optional<Instant> timestamp,
            Optional<Coordinates> project,
            ArchiveOptions form) {
        public Destination {
            taken = Set.copyOf(taken);
        }
    }

    /** The coordinates of a Maven project; the group is empty if there is no Maven project. */
    public record Coordinates(String groupId, String artifactId, String version) {}

    /**
     * The form of the delivered results.
     *
     * @param jarLayout the places of files in a jar; empty takes the default
     * @param switches {@code JAR_WITH_ALL_PLATFORMS}, {@code PROVENANCE}, {@code SBOM}
     */
    public record ArchiveOptions(Format format, Optional<JarLayout> jarLayout, Set<Switch> switches) {
        public ArchiveOptions {
            switches = Switch.among(switches, JAR_WITH_ALL_PLATFORMS, PROVENANCE, SBOM);
        }

        /** Returns whether the run adds a jar with the files of all platforms. */
        public boolean jarWithAllPlatforms() {
            return switches.contains(JAR_WITH_ALL_PLATFORMS);
        }

        /** Returns whether the run delivers provenance. */
        public boolean provenance() {
            return switches.contains(PROVENANCE);
        }

        /** Returns whether the run delivers bills of materials. */
        public boolean sbom() {
            return switches.contains(SBOM);
        }
    }

    /**
     * The behaviour of the run.
     *
     * @param switches {@code FAIL_FAST}, {@code OFFLINE}
     * @param localJobs the number of legs that this machine compiles at a time; empty takes half the cores
     * @param timeout the limit for all legs together
     */
    public record Execution(ReuseMode reuse, Set<Switch> switches, Optional<Integer> localJobs, Duration timeout) {
        public Execution {
            switches = Switch.among(switches, FAIL_FAST, OFFLINE);
        }

        /** Returns whether the first leg that fails ends the others. */
        public boolean failFast() {
            return switches.contains(FAIL_FAST);
        }

        /** Returns whether Maven runs offline. */
        public boolean offline() {
            return switches.contains(OFFLINE);
        }
    }

    /**
     * The options for hosted services, ignored if this machine compiles every leg.
     *
     * @param delivery the transport of outputs to this machine; empty leaves the choice to the plan
     * @param tunnel the user's own tunnel, if any
     * @param receiverPort the local port to which the user's tunnel leads; empty takes a free one
     * @param switches {@code ACCEPT_PUBLIC}, {@code KEEP_ON_FAILURE}, {@code PULL_REQUEST}
     * @param queueTimeout the limit of a leg's wait for a machine
     * @param accounts the services that the user has a token for
     * @param now the time of the request, because services add and retire machines
     */
    public record Hosting(
            Optional<TransportKind> delivery,
            Optional<TunnelAddress> tunnel,
            Optional<Integer> receiverPort,
            Set<Switch> switches,
            Duration queueTimeout,
            Set<Service> accounts,
            Instant now,
            Services services) {
        public Hosting {
            switches = Switch.among(switches, ACCEPT_PUBLIC, KEEP_ON_FAILURE, PULL_REQUEST);
            accounts = Set.copyOf(accounts);
        }

        /** Returns the settings that open the services. */
        public CiSettings settings() {
            return services.settings(now);
        }

        /** Returns whether the run opens a pull request; otherwise it only pushes the branch. */
        public boolean pullRequest() {
            return switches.contains(PULL_REQUEST);
        }

        /** Returns whether the snapshot may go to a public repository. */
        public boolean acceptPublic() {
            return switches.contains(ACCEPT_PUBLIC);
        }

        /** Returns whether branch and pull request stay for inspection after a failed run. */
        public boolean keepOnFailure() {
            return switches.contains(KEEP_ON_FAILURE);
        }
    }

    /**
     * The values of the services' parameters.
     *
     * @param values by parameter; the builder has checked URLs and removed a slash at the end
     */
    public record Services(Map<Parameter, String> values) {
        public Services {
            values = Map.copyOf(values);
        }

        /** Returns the address of GitHub's REST API. */
        public URI githubApi() {
            return url(Parameter.GITHUB_API_URL);
        }

        /** Returns the address of GitHub's pages, below which git finds repositories. */
        public URI githubWeb() {
            return url(Parameter.GITHUB_WEB_URL);
        }

        private URI url(Parameter parameter) {
            return settings(Instant.EPOCH).url(parameter);
        }

        /**
         * Returns the settings that open the services.
         *
         * @param now the time of the request
         */
        public CiSettings settings(Instant now) {
            return new CiSettings(values, now);
        }
    }
}
