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
 * Everything a run is asked for, each value checked by itself; what they mean together is decided by {@link Plan}. Only a
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

    /** The directory that holds Cargo.toml, absolute. */
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

    /** What is wanted of the files that are delivered. */
    public Constraints promises() {
        return promises;
    }

    /** The machine Maven runs on. */
    public Host host() {
        return host;
    }

    /** Part of the reuse key. */
    public String pluginVersion() {
        return pluginVersion;
    }

    /**
     * Which platforms, compiled by whom.
     *
     * @param platforms each once; empty leaves the choice to the plan
     * @param ci who compiles; empty leaves the choice to the plan
     * @param repository the GitHub repository that carries hosted builds
     * @param own what holds for some of the compiled platforms alone
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
     * What cargo is asked for on every leg.
     *
     * @param packages the packages to deliver; empty takes those cargo itself would build
     * @param switches {@code LOCKED}, {@code NO_DEFAULT_FEATURES}
     * @param toolchain a rustup toolchain; empty takes the project's or the machine's
     * @param environment plain variables for the legs
     * @param python the Python side
     * @param smokeTest what each leg tries its outputs with before it delivers them
     * @param systems what is wanted on single systems
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
     * Whether wheels are built, and with which Pythons.
     *
     * @param artifacts what is delivered; empty takes what the project is
     * @param versions of Python, such as {@code 3.12}; empty takes the one that is there
     */
    public record Python(Set<ArtifactKind> artifacts, List<String> versions) {
        public Python {
            artifacts = Set.copyOf(artifacts);
            versions = List.copyOf(versions);
        }
    }

    /**
     * What is wanted on single systems; of no account on the others.
     *
     * @param switches {@code WINDOWS_STATIC_CRT}
     * @param packages what hosted machines install, by their package manager
     */
    public record Systems(Set<Switch> switches, Map<PackageManager, List<String>> packages) {
        public Systems {
            switches = Switch.among(switches, WINDOWS_STATIC_CRT);
            packages = Map.copyOf(packages);
        }

        /** Whether Microsoft's C run time is linked into programs and C libraries. */
        public boolean windowsStaticCrt() {
            return switches.contains(WINDOWS_STATIC_CRT);
        }
    }

    /**
     * What is taken along to the machines that compile.
     *
     * @param root the directory to take; empty takes the Cargo workspace's root
     * @param includes Ant patterns; empty includes everything
     * @param excludes Ant patterns
     * @param allowedSecrets files, relative to the root, that may leave though they look like secrets
     * @param tokenFile holds a token, and never leaves whatever else is said
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
     * Where results go.
     *
     * @param finalName the archives' name before the classifier; empty makes {@code <crate>-<version>}
     * @param outputDirectory for the archives, absolute; empty takes {@code target/travis-compile} of the Cargo project
     * @param buildDirectory Maven's own, absolute, kept out of the snapshot; empty where there is no Maven project
     * @param cacheDirectory for finished legs, absolute
     * @param taken what other artifacts of the same Maven project are called already
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

    /** What a Maven project is known by; without a group where there is no Maven project. */
    public record Coordinates(String groupId, String artifactId, String version) {}

    /**
     * In which form results are delivered.
     *
     * @param jarLayout where files lie in a jar; empty takes the default
     * @param switches {@code JAR_WITH_ALL_PLATFORMS}, {@code PROVENANCE}, {@code SBOM}
     */
    public record ArchiveOptions(Format format, Optional<JarLayout> jarLayout, Set<Switch> switches) {
        public ArchiveOptions {
            switches = Switch.among(switches, JAR_WITH_ALL_PLATFORMS, PROVENANCE, SBOM);
        }

        /** Whether there is one jar more, with the files of all platforms. */
        public boolean jarWithAllPlatforms() {
            return switches.contains(JAR_WITH_ALL_PLATFORMS);
        }

        /** Whether it is told where the files came from. */
        public boolean provenance() {
            return switches.contains(PROVENANCE);
        }

        /** Whether it is told which crates they may hold. */
        public boolean sbom() {
            return switches.contains(SBOM);
        }
    }

    /**
     * How the run behaves.
     *
     * @param switches {@code FAIL_FAST}, {@code OFFLINE}
     * @param localJobs how many legs are compiled here at a time; empty takes half the cores
     * @param timeout the longest the legs may take in all
     */
    public record Execution(ReuseMode reuse, Set<Switch> switches, Optional<Integer> localJobs, Duration timeout) {
        public Execution {
            switches = Switch.among(switches, FAIL_FAST, OFFLINE);
        }

        /** Whether the first leg that fails ends the others. */
        public boolean failFast() {
            return switches.contains(FAIL_FAST);
        }

        /** Whether Maven was told to use no network. */
        public boolean offline() {
            return switches.contains(OFFLINE);
        }
    }

    /**
     * What legs on hosted services need besides; of no account where every leg is compiled on this machine.
     *
     * @param delivery how their files come here; empty leaves the choice to the plan
     * @param tunnel empty where the user has none
     * @param receiverPort the port on this machine that a tunnel of the user's leads to; empty takes a free one
     * @param switches {@code ACCEPT_PUBLIC}, {@code KEEP_ON_FAILURE}, {@code PULL_REQUEST}
     * @param queueTimeout the longest a leg may wait for a machine
     * @param accounts the services that the user has a token for
     * @param now when the run was asked for, as machines of services come and go
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

        /** What the services are opened with. */
        public CiSettings settings() {
            return services.settings(now);
        }

        /** Whether a pull request is opened, or the branch only pushed. */
        public boolean pullRequest() {
            return switches.contains(PULL_REQUEST);
        }

        /** Whether the snapshot may go to a repository that everybody can read. */
        public boolean acceptPublic() {
            return switches.contains(ACCEPT_PUBLIC);
        }

        /** Whether branch and pull request stay for inspection when the run fails. */
        public boolean keepOnFailure() {
            return switches.contains(KEEP_ON_FAILURE);
        }
    }

    /**
     * What the parameters of the services say.
     *
     * @param values by parameter; URLs are checked, and without a slash at the end
     */
    public record Services(Map<Parameter, String> values) {
        public Services {
            values = Map.copyOf(values);
        }

        /** GitHub's REST API. */
        public URI githubApi() {
            return url(Parameter.GITHUB_API_URL);
        }

        /** GitHub's pages, below which git finds repositories. */
        public URI githubWeb() {
            return url(Parameter.GITHUB_WEB_URL);
        }

        private URI url(Parameter parameter) {
            return settings(Instant.EPOCH).url(parameter);
        }

        /**
         * What the services are opened with.
         *
         * @param now when the run was asked for
         */
        public CiSettings settings(Instant now) {
            return new CiSettings(values, now);
        }
    }
}
