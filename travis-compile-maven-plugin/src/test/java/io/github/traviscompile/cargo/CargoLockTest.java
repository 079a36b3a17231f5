package io.github.traviscompile.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CargoLockTest {

    private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    Path directory;

    static List<String> shapes() throws IOException {
        return Fixtures.names();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void agreesWithCargoMetadataOnTheGraph(String shape) throws Exception {
        assumeTrue(Cargo.isRecent(), "no cargo 1.94 or later on this machine to compare with");
        Path root = Fixtures.copy(shape, directory);
        for (Path manifest : Fixtures.manifestsBelow(root)) {
            Optional<JsonObject> metadata =
                    Cargo.metadata(Objects.requireNonNull(manifest.getParent()), "--all-features");
            if (metadata.isPresent()) {
                Path at = Path.of(metadata.get().get("workspace_root").getAsString());
                assertThat(graph(CargoLock.read(at))).as("%s", at).isEqualTo(graph(metadata.get()));
            }
        }
    }

    /** Version 4 is the default of today's cargo, 3 its choice for older compilers. */
    @ParameterizedTest
    @CsvSource({"1.94, 4", "1.60, 3"})
    void agreesWithCargoMetadataOnEverySortOfSource(String rustVersion, long version) throws Exception {
        assumeTrue(Cargo.isRecent(), "no cargo 1.94 or later on this machine to compare with");
        ManySources sources = ManySources.write(directory.toRealPath(), rustVersion);
        JsonObject metadata = sources.metadata();

        CargoLock lock = CargoLock.read(sources.project());

        assertThat(lock.version()).isEqualTo(version);
        assertThat(graph(lock)).isEqualTo(graph(metadata));
        assertThat(lock.packages())
                .filteredOn(p -> p.name().equals("itoa"))
                .extracting(p -> p.source().orElse("-") + " " + p.checksum().isPresent())
                .containsExactly("- false", CRATES_IO + " true", CRATES_IO + " true");
        assertThat(lock.packages())
                .filteredOn(p -> p.name().equals("forked"))
                .hasSize(2)
                .allSatisfy(
                        p -> assertThat(p.source().orElseThrow()).matches("git\\+file://.*\\?branch=.*#[0-9a-f]{40}"));
    }

    @Test
    void readsVersionOneWhoseDependenciesAreNamedInFull() throws Exception {
        CargoLock lock = read("""
                [root]
                name = "app"
                version = "0.1.0"
                dependencies = [
                 "both 0.1.0",
                 "both 0.1.0 (%1$s)",
                 "forked 0.2.0 (git+https://example.com/forked?branch=next#a1)",
                ]

                [[package]]
                name = "both"
                version = "0.1.0"

                [[package]]
                name = "both"
                version = "0.1.0"
                source = "%1$s"

                [[package]]
                name = "forked"
                version = "0.2.0"
                source = "git+https://example.com/forked?branch=next#a1"

                [metadata]
                "checksum both 0.1.0 (%1$s)" = "%2$s"
                "checksum forked 0.2.0 (git+https://example.com/forked?branch=next#a1)" = "<none>"
                """.formatted(CRATES_IO, DIGEST));

        assertThat(lock.version()).isEqualTo(1);
        String fork = "git+https://example.com/forked?branch=next#a1";
        assertThat(lock.packages())
                .containsExactly(
                        locked(
                                "app",
                                "0.1.0",
                                "",
                                "",
                                "both 0.1.0",
                                "both 0.1.0 (" + CRATES_IO + ")",
                                "forked 0.2.0 (" + fork + ")"),
                        locked("both", "0.1.0", "", ""),
                        locked("both", "0.1.0", CRATES_IO, DIGEST),
                        locked("forked", "0.2.0", fork, ""));
    }

    @Test
    void readsVersionTwoWhoseDependenciesAreShortened() throws Exception {
        CargoLock lock = read("""
                [[package]]
                name = "app"
                version = "0.1.0"
                dependencies = [
                 "both 0.1.0",
                 "forked 0.2.0 (git+https://example.com/forked?rev=a2)",
                 "gone",
                 "single",
                ]

                [[package]]
                name = "both"
                version = "0.1.0"
                source = "%1$s"
                checksum = "%2$s"

                [[package]]
                name = "both"
                version = "0.2.0"
                source = "%1$s"

                [[package]]
                name = "forked"
                version = "0.2.0"
                source = "git+https://example.com/forked?rev=a1#a100"

                [[package]]
                name = "forked"
                version = "0.2.0"
                source = "git+https://example.com/forked?rev=a2#a200"

                [[package]]
                name = "single"
                version = "1.0.0"
                dependencies = [
                 "both",
                ]
                """.formatted(CRATES_IO, DIGEST));

        assertThat(lock.packages().get(0).dependencies())
                .containsExactly(
                        "both 0.1.0 (" + CRATES_IO + ")",
                        "forked 0.2.0 (git+https://example.com/forked?rev=a2#a200)",
                        "single 1.0.0");
        assertThat(lock.packages().get(1)).isEqualTo(locked("both", "0.1.0", CRATES_IO, DIGEST));
        assertThat(lock.packages().get(5).dependencies()).as("an ambiguous one").isEmpty();
    }

    @Test
    void dependenciesAreReachedThroughCycles() throws Exception {
        CargoLock lock = read("""
                version = 4
                [[package]]
                name = "app"
                version = "0.1.0"
                dependencies = ["a"]
                [[package]]
                name = "a"
                version = "1.0.0"
                source = "registry+https://example.com/index"
                dependencies = ["b"]
                [[package]]
                name = "b"
                version = "1.0.0"
                source = "registry+https://example.com/index"
                dependencies = ["a"]
                [[package]]
                name = "other"
                version = "0.1.0"
                dependencies = ["app"]
                """);
        assertThat(lock.reachable(List.of("app")))
                .containsExactlyInAnyOrder(
                        "app 0.1.0",
                        "a 1.0.0 (registry+https://example.com/index)",
                        "b 1.0.0 (registry+https://example.com/index)");
        assertThat(lock.reachable(List.of("a"))).as("not of the workspace").isEmpty();
    }

    @Test
    void systemCratesAreNamedOnce() throws Exception {
        assertThat(read("""
                                version = 4
                                [[package]]
                                name = "openssl-sys"
                                version = "0.9.0"
                                [[package]]
                                name = "openssl-sys"
                                version = "0.10.0"
                                [[package]]
                                name = "log"
                                version = "1.0.0"
                                """).systemCrates()).singleElement().satisfies(library -> {
            assertThat(library.crate()).isEqualTo("openssl-sys");
            assertThat(library.packages()).containsEntry(PackageManager.APT, "libssl-dev");
        });
    }

    @Test
    void librariesOfEverySystemAreNotNamed() {
        assertThat(SystemLibrary.of("windows-sys")).isEmpty();
        assertThat(SystemLibrary.of("openssl")).isEmpty();
        assertThat(SystemLibrary.of("strange-sys")).contains(new SystemLibrary("strange-sys", Map.of()));
    }

    @Test
    void aFileWithoutPackagesHasNone() throws Exception {
        assertThat(read("version = 3\n")).isEqualTo(new CargoLock(3, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version = '1.0.0'",
                "name = 'a'",
                "name = 'a'\nversion = '1'\nchecksum = 'abc'",
                "name = 'a'\nversion = '1'\ndependencies = ['b 1 from somewhere']",
                "name = 'a'\nversion = '1'\ndependencies = ['']",
                "name = 'a'\nversion = '1'\ndependencies = 'b'",
                "name = 1\nversion = '1'"
            })
    void aDamagedFileIsNamed(String entry) {
        assertThatThrownBy(() -> read("version = 4\n[[package]]\n" + entry + "\n"))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining(directory.resolve("Cargo.lock").toString())
                .hasMessageMatching("(?s).*(Correct it|'cargo generate-lockfile')\\.");
    }

    private CargoLock read(String text) throws Exception {
        Files.writeString(directory.resolve("Cargo.lock"), text);
        return CargoLock.read(directory);
    }

    private static LockedPackage locked(
            String name, String version, String source, String checksum, String... dependencies) {
        return new LockedPackage(
                name,
                version,
                Optional.of(source).filter(text -> !text.isEmpty()),
                Optional.of(checksum).filter(text -> !text.isEmpty()).map(Sha256::new),
                List.of(dependencies));
    }

    /** Returns for each package, by name, version and source, the names, versions and sources of its dependencies. */
    private static SortedMap<String, Set<String>> graph(CargoLock lock) {
        SortedMap<String, Set<String>> graph = new TreeMap<>();
        lock.packages()
                .forEach(p -> graph.put(
                        decoded(p.id()),
                        p.dependencies().stream()
                                .map(CargoLockTest::decoded)
                                .collect(Collectors.toCollection(TreeSet::new))));
        return graph;
    }

    /** Version 4 encodes the branch of a git source; cargo metadata does not. */
    private static String decoded(String id) {
        return id.replace("%2F", "/").replace("%2B", "+");
    }

    private static SortedMap<String, Set<String>> graph(JsonObject metadata) {
        SortedMap<String, String> ids = new TreeMap<>();
        for (JsonElement element : metadata.getAsJsonArray("packages")) {
            JsonObject object = element.getAsJsonObject();
            JsonElement source = object.get("source");
            ids.put(
                    object.get("id").getAsString(),
                    object.get("name").getAsString() + " "
                            + object.get("version").getAsString()
                            + (source.isJsonNull() ? "" : " (" + source.getAsString() + ")"));
        }
        SortedMap<String, Set<String>> graph = new TreeMap<>();
        for (JsonElement element : metadata.getAsJsonObject("resolve").getAsJsonArray("nodes")) {
            JsonObject node = element.getAsJsonObject();
            Set<String> dependencies = new TreeSet<>();
            node.getAsJsonArray("dependencies").forEach(id -> dependencies.add(ids.get(id.getAsString())));
            graph.put(ids.get(node.get("id").getAsString()), dependencies);
        }
        return graph;
    }
}
