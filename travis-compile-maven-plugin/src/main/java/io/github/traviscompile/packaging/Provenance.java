package io.github.traviscompile.packaging;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The origin of one platform's files: an in-toto Statement v1 (in-toto Attestation Framework, spec/v1/statement) with
 * an SLSA Provenance v1 predicate (slsa.dev/spec/v1.0/provenance). It is unsigned and claims no SLSA level. It states
 * the request, the sources sent and the leg's report, as known to the machine that runs Maven.
 *
 * @param subjects the files and the archive with them, by name; at least one
 */
public record Provenance(SortedMap<String, Sha256> subjects, Request request, Materials materials, Run run) {

    /** The page that defines the names below. */
    private static final String PAGE =
            "https://github.com/travis-compile/travis-compile-maven-plugin/blob/main/src/site/"
                    + "markdown/provenance.md#";

    /** Identifies the meaning of {@link Request}, {@link Materials} and {@link Run#reported}. */
    public static final URI BUILD_TYPE = URI.create(PAGE + "cargo-build-v1");

    /**
     * The request, {@code externalParameters}.
     *
     * @param cargoArguments the arguments of cargo
     * @param toolchain the requested Rust toolchain; empty if the project or the machine decided
     * @param environment the plain variables for the leg
     * @param smokeTest the command run between compiling and delivering
     * @param packages the system packages installed before compiling, by name
     * @param rustFlags rustc's flags after those of the project and the environment
     */
    public record Request(
            Platform platform,
            List<String> cargoArguments,
            Optional<String> toolchain,
            SortedMap<String, String> environment,
            Optional<String> smokeTest,
            List<String> packages,
            List<String> rustFlags) {

        public Request {
            packages = List.copyOf(packages);
            rustFlags = List.copyOf(rustFlags);
            cargoArguments = List.copyOf(cargoArguments);
            environment = sorted(environment);
        }

        private JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("platform", platform.id());
            json.addProperty("target", platform.target().triple());
            json.add("cargoArguments", JsonFile.array(cargoArguments));
            toolchain.ifPresent(name -> json.addProperty("toolchain", name));
            if (!environment.isEmpty()) {
                json.add("environment", JsonFile.object(environment));
            }
            smokeTest.ifPresent(command -> json.addProperty("smokeTest", command));
            if (!packages.isEmpty()) {
                json.add("systemPackages", JsonFile.array(packages));
            }
            if (!rustFlags.isEmpty()) {
                json.add("rustFlags", JsonFile.array(rustFlags));
            }
            return json;
        }
    }

    /**
     * A commit that files were taken from.
     *
     * @param repository its public location, without credentials
     */
    public record Commit(CommitId id, Optional<URI> repository) {

        public Commit {
            requirePublic(repository);
        }

        private JsonObject toJson(String name) {
            JsonObject json = Materials.material(name, "gitCommit", id.hex());
            repository.ifPresent(uri -> json.addProperty("uri", "git+" + uri));
            return json;
        }
    }

    /**
     * The sources, {@code resolvedDependencies}.
     *
     * @param snapshot the compiled tree: all sources, with the user's uncommitted changes
     * @param base the commit that was checked out when the snapshot was taken
     * @param pushed the temporary commit that carried the snapshot to a hosted service
     * @param cargoLock the digest of Cargo.lock, which pins the crates and their checksums
     */
    public record Materials(
            TreeId snapshot, Optional<Commit> base, Optional<Commit> pushed, Optional<Sha256> cargoLock) {

        private JsonArray toJson() {
            JsonArray json = new JsonArray();
            json.add(material("snapshot", "gitTree", snapshot.hex()));
            base.ifPresent(commit -> json.add(commit.toJson("base commit")));
            pushed.ifPresent(commit -> json.add(commit.toJson("pushed commit")));
            cargoLock.ifPresent(digest -> json.add(material("Cargo.lock", "sha256", digest.hex())));
            return json;
        }

        private static JsonObject material(String name, String algorithm, String digest) {
            JsonObject json = new JsonObject();
            json.addProperty("name", name);
            json.add("digest", JsonFile.object(Map.of(algorithm, digest)));
            return json;
        }
    }

    /**
     * The builder and its run, {@code runDetails}.
     *
     * @param pluginVersion the version of this plugin
     * @param invocation the page of the run or of its job, without credentials
     * @param reported the leg's own report, {@code internalParameters}: its image, its rustc and cargo
     */
    public record Run(
            Service service,
            String pluginVersion,
            Optional<URI> invocation,
            Optional<Instant> started,
            Optional<Instant> finished,
            SortedMap<String, String> reported) {

        public Run {
            requirePublic(invocation);
            reported = sorted(reported);
            if (started.isPresent() && finished.isPresent() && finished.get().isBefore(started.get())) {
                throw new IllegalArgumentException(
                        "A run that started at " + started.get() + " did not finish at " + finished.get() + ".");
            }
        }

        private JsonObject toJson() {
            JsonObject builder = new JsonObject();
            builder.addProperty("id", builderId(service).toString());
            builder.add("version", JsonFile.object(Map.of("travis-compile-maven-plugin", pluginVersion)));
            JsonObject metadata = new JsonObject();
            invocation.ifPresent(uri -> metadata.addProperty("invocationId", uri.toString()));
            started.ifPresent(time -> metadata.addProperty("startedOn", JsonFile.timestamp(time)));
            finished.ifPresent(time -> metadata.addProperty("finishedOn", JsonFile.timestamp(time)));
            JsonObject json = new JsonObject();
            json.add("builder", builder);
            if (!metadata.isEmpty()) {
                json.add("metadata", metadata);
            }
            return json;
        }
    }

    public Provenance {
        subjects = sorted(subjects);
        if (subjects.isEmpty() || subjects.containsKey("")) {
            throw new IllegalArgumentException("A statement needs at least one file, and each needs a name.");
        }
    }

    /**
     * Returns the id of the builder: this plugin on the user's machine, together with the machines of {@code service}.
     */
    public static URI builderId(Service service) {
        return URI.create(PAGE + "builder-" + service.id() + "-v1");
    }

    /** Writes the statement to {@code target}, whole or not at all; the same values give the same bytes. */
    public Sha256 write(Path target) throws WorkFailedException {
        return JsonFile.write("The provenance", target, toJson());
    }

    JsonObject toJson() {
        JsonArray files = new JsonArray();
        subjects.forEach((name, digest) -> {
            JsonObject file = new JsonObject();
            file.addProperty("name", name);
            file.add("digest", JsonFile.object(Map.of("sha256", digest.hex())));
            files.add(file);
        });
        JsonObject definition = new JsonObject();
        definition.addProperty("buildType", BUILD_TYPE.toString());
        definition.add("externalParameters", request.toJson());
        if (!run.reported().isEmpty()) {
            definition.add("internalParameters", JsonFile.object(run.reported()));
        }
        definition.add("resolvedDependencies", materials.toJson());
        JsonObject predicate = new JsonObject();
        predicate.add("buildDefinition", definition);
        predicate.add("runDetails", run.toJson());
        JsonObject statement = new JsonObject();
        statement.addProperty("_type", "https://in-toto.io/Statement/v1");
        statement.add("subject", files);
        statement.addProperty("predicateType", "https://slsa.dev/provenance/v1");
        statement.add("predicate", predicate);
        return statement;
    }

    private static <T> SortedMap<String, T> sorted(SortedMap<String, T> values) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(values)));
    }

    /** Requires a URI without credentials, as the statement is published. The message does not repeat the URI. */
    private static void requirePublic(Optional<URI> uri) {
        if (uri.filter(u ->
                        !u.isAbsolute() || String.valueOf(u.getRawAuthority()).contains("@"))
                .isPresent()) {
            throw new IllegalArgumentException("A URI in a provenance is absolute and has no user or password.");
        }
    }
}
