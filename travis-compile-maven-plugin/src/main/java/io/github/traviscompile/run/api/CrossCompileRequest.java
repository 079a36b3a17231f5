package io.github.traviscompile.run.api;

import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.plan.Plan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a run is asked for, as the user said it; what it means is decided by {@link Plan}.
 *
 * @param cargoProject the directory that holds Cargo.toml
 * @param pluginVersion part of the reuse key
 * @param promises what is wanted of the files that are delivered
 * @param host the machine Maven runs on
 */
public record CrossCompileRequest(
        Path cargoProject,
        Targets where,
        BuildOptions what,
        SnapshotScope source,
        Destination delivery,
        Execution running,
        Hosting hosting,
        Constraints promises,
        Host host,
        String pluginVersion) {

    /**
     * Which platforms, compiled by whom.
     *
     * @param platforms words, triples and presets; empty leaves the choice to the plan
     * @param ci the word of a service, or {@code auto}
     * @param repository the GitHub repository that carries hosted builds, {@code owner/name}
     * @param own what holds for some of the platforms alone, by the word that names them
     */
    public record Targets(
            List<String> platforms,
            Optional<String> ci,
            Optional<String> repository,
            Map<String, PlatformOverride> own) {
        public Targets {
            platforms = List.copyOf(platforms);
            own = Map.copyOf(own);
        }

        /** What holds for all platforms alike. */
        public Targets(List<String> platforms, Optional<String> ci, Optional<String> repository) {
            this(platforms, ci, repository, Map.of());
        }
    }

    /**
     * What holds for one platform instead of what the parameters of the same names say for all.
     *
     * @param ci the word of a service, or {@code auto}
     * @param features of Cargo; empty takes those of all
     */
    public record PlatformOverride(Optional<String> ci, Optional<String> toolchain, List<String> features) {

        public static final PlatformOverride NOTHING =
                new PlatformOverride(Optional.empty(), Optional.empty(), List.of());

        public PlatformOverride {
            features = List.copyOf(features);
        }
    }

    /**
     * What cargo is asked for on every leg.
     *
     * @param packages the packages to deliver; empty takes those cargo itself would build
     * @param toolchain a rustup toolchain; empty takes the project's or the machine's
     * @param environment plain variables for the legs
     * @param python the Python side
     * @param smokeTest what each leg tries its outputs with before it delivers them
     * @param systems what is wanted on single systems
     */
    public record BuildOptions(
            List<String> packages,
            List<String> features,
            boolean noDefaultFeatures,
            String profile,
            boolean locked,
            Optional<String> toolchain,
            Map<String, String> environment,
            Python python,
            Optional<String> smokeTest,
            Systems systems) {
        public BuildOptions {
            packages = List.copyOf(packages);
            features = List.copyOf(features);
            environment = Map.copyOf(environment);
        }

        /** Without a word about Python and single systems. */
        public BuildOptions(
                List<String> packages,
                List<String> features,
                boolean noDefaultFeatures,
                String profile,
                boolean locked,
                Optional<String> toolchain,
                Map<String, String> environment,
                Optional<String> smokeTest) {
            this(
                    packages,
                    features,
                    noDefaultFeatures,
                    profile,
                    locked,
                    toolchain,
                    environment,
                    new Python(List.of(), List.of()),
                    smokeTest,
                    Systems.DEFAULT);
        }
    }

    /**
     * Whether wheels are built, and with which Pythons.
     *
     * @param artifacts {@code cargo}, {@code wheel} or both; empty takes what the project is
     * @param versions of Python, such as {@code 3.12}; empty takes the one that is there
     */
    public record Python(List<String> artifacts, List<String> versions) {
        public Python {
            artifacts = List.copyOf(artifacts);
            versions = List.copyOf(versions);
        }
    }

    /**
     * What is wanted on single systems; of no account on the others.
     *
     * @param windowsStaticCrt whether Microsoft's C run time is linked into programs and C libraries
     * @param macosDeploymentTarget the oldest macOS that shall run the files; empty leaves it to rustc
     * @param packages what hosted machines install, by their package manager
     */
    public record Systems(
            boolean windowsStaticCrt,
            Optional<String> macosDeploymentTarget,
            Map<PackageManager, List<String>> packages) {

        /** What holds where nothing is said. */
        public static final Systems DEFAULT = new Systems(true, Optional.empty(), Map.of());

        public Systems {
            packages = Map.copyOf(packages);
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
     * @param outputDirectory for the archives; empty takes {@code target/travis-compile} of the Cargo project
     * @param buildDirectory Maven's own, kept out of the snapshot; empty where there is no Maven project
     * @param cacheDirectory for finished legs; empty takes the user's cache directory
     * @param taken what other artifacts of the same Maven project are called already
     * @param timestamp the time of every file in an archive; empty takes the same one on every day
     * @param project the Maven project that delivers; empty where there is none
     */
    public record Destination(
            Optional<String> finalName,
            Optional<Path> outputDirectory,
            Optional<Path> buildDirectory,
            Optional<Path> cacheDirectory,
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
     * @param jarWithAllPlatforms whether there is one jar more, with the files of all platforms
     * @param provenance whether it is told where the files came from
     * @param sbom whether it is told which crates they may hold
     */
    public record ArchiveOptions(
            String format, Optional<String> jarLayout, boolean jarWithAllPlatforms, boolean provenance, boolean sbom) {}

    /**
     * How the run behaves.
     *
     * @param reuse whether finished legs may be taken from the store
     * @param forceBuild whether every leg is compiled though the store has it
     * @param failFast whether the first leg that fails ends the others
     * @param offline whether Maven was told to use no network
     * @param localJobs how many legs are compiled here at a time; empty takes half the cores
     * @param timeout the longest the legs may take in all
     */
    public record Execution(
            boolean reuse,
            boolean forceBuild,
            boolean failFast,
            boolean offline,
            Optional<Integer> localJobs,
            Duration timeout) {}

    /**
     * What legs on hosted services need besides; of no account where every leg is compiled on this machine.
     *
     * @param delivery {@code tunnel} or {@code artifacts}; empty leaves the choice to the plan
     * @param tunnel {@code ngrok}, {@code ssh://…} or {@code https://…}; empty where the user has none
     * @param receiverPort the port on this machine that a tunnel of the user's leads to; empty takes a free one
     * @param pullRequest whether a pull request is opened, or the branch only pushed
     * @param acceptPublic whether the snapshot may go to a repository that everybody can read
     * @param keepOnFailure whether branch and pull request stay for inspection when the run fails
     * @param queueTimeout the longest a leg may wait for a machine
     * @param accounts the services that the user has a token for
     * @param now when the run was asked for, as machines of services come and go
     */
    public record Hosting(
            Optional<String> delivery,
            Optional<String> tunnel,
            Optional<Integer> receiverPort,
            boolean pullRequest,
            boolean acceptPublic,
            boolean keepOnFailure,
            Duration queueTimeout,
            Set<Service> accounts,
            Instant now,
            Services services) {
        public Hosting {
            accounts = Set.copyOf(accounts);
        }
    }

    /**
     * Where the services are.
     *
     * @param githubApi GitHub's REST API
     * @param githubWeb GitHub's pages, below which git finds repositories
     * @param travisApi API v3 of Travis CI
     * @param appveyorApi AppVeyor's API
     * @param appveyorAccount whose project it is there; empty takes the repository's owner
     * @param oidcIssuer of the tokens by which jobs of GitHub Actions prove who they are; empty takes the one that is known
     */
    public record Services(
            URI githubApi,
            URI githubWeb,
            URI travisApi,
            URI appveyorApi,
            Optional<String> appveyorAccount,
            Optional<URI> oidcIssuer) {}
}
