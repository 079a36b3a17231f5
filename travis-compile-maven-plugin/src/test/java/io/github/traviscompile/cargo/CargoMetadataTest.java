package io.github.traviscompile.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.FileNaming;
import io.github.traviscompile.model.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares our reading of a project with cargo's own. */
class CargoMetadataTest {

    /** Kept between the tests of this class, so that cargo compiles each shape once. */
    @TempDir
    static Path builds;

    @TempDir
    Path directory;

    @BeforeAll
    static void needsCargo() {
        assumeTrue(Cargo.isRecent(), "no cargo 1.94 or later on this machine to compare with");
    }

    static List<String> shapes() throws IOException {
        return Fixtures.names();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void agreesWithCargoMetadataFromEveryManifest(String shape) throws Exception {
        Path root = Fixtures.copy(shape, directory);
        int compared = 0;
        for (Path manifest : Fixtures.manifestsBelow(root)) {
            Path at = Objects.requireNonNull(manifest.getParent());
            Optional<JsonObject> metadata = Cargo.metadata(at);
            if (metadata.isPresent()) {
                assertThat(description(CargoProject.read(at)))
                        .as("%s", at)
                        .containsExactlyElementsOf(description(metadata.get()));
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    @Test
    void agreesWithCargoMetadataOnGeneratedProjects() throws Exception {
        int shapes = Integer.getInteger("cargo.shapes", 20);
        int accepted = 0;
        for (int seed = 0; seed < shapes; seed++) {
            Path root = directory.toRealPath().resolve("seed-" + seed);
            new RandomProject(seed).write(root);
            for (Path at : List.of(root, root.resolve("packages").resolve("p0"))) {
                Optional<JsonObject> metadata = Cargo.metadata(at);
                if (metadata.isPresent()) {
                    assertThat(description(CargoProject.read(at)))
                            .as("seed %d, %s", seed, at)
                            .containsExactlyElementsOf(description(metadata.get()));
                    accepted++;
                }
            }
        }
        assertThat(accepted).as("projects that cargo accepts").isGreaterThan(shapes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "members = ['crates/**']",
                "members = ['**']",
                "members = ['**/er']",
                "members = ['**/**/er']",
                "members = ['crates/*']",
                "members = ['crates/*/']",
                "members = ['crates/*/er']",
                "members = ['crates/../crates/ab']",
                "members = ['./crates/ab', 'crates/ab']",
                "members = ['crates/a[a-c]']",
                "members = ['crates/[!a]*']",
                "members = ['crates/[!.]*']",
                "members = ['crates/a]']",
                "members = ['crates/a[']",
                "members = ['crates/a**']",
                "members = ['crates/{ab,deep}']",
                "members = ['crates/AB']",
                "members = ['crates/A?']",
                "members = ['nope/*']",
                "members = ['crates/*.txt']",
                "members = ['crates/ab', 'crates/deep']\nexclude = ['crates']",
                "members = ['crates/*']\nexclude = ['crates/deep', 'crates/.hidden']",
                "members = ['crates/*']\nexclude = ['crates/d*']",
                "members = ['crates/**']\nexclude = ['crates/deep']",
                "members = ['crates/ab']\ndefault-members = ['crates/*']",
                "members = ['crates/*']\ndefault-members = ['crates/d*', 'crates/ab']",
                "members = ['crates/*']\nexclude = ['crates/deep']\ndefault-members = ['crates/*']",
                "members = ['crates/*']\ndefault-members = []",
                "members = []",
                "exclude = ['.']",
            })
    void agreesWithCargoOnMembersAndRefusals(String workspace) throws Exception {
        Path root = directory.toRealPath();
        for (String member : List.of("crates", "crates/.hidden", "crates/ab", "crates/deep", "crates/deep/er")) {
            Path manifest = root.resolve(member).resolve("Cargo.toml");
            Files.createDirectories(manifest.getParent());
            String name = member.replaceAll("[^a-z]", "-").replace("--", "-");
            Files.writeString(
                    manifest,
                    "[package]\nname = \"" + name + "\"\nedition = \"2021\"\n[[bin]]\nname = \"" + name
                            + "\"\npath = \"main.rs\"\n");
        }
        Files.writeString(root.resolve("crates/notes.txt"), "");
        Files.createSymbolicLink(root.resolve("crates/ab/link"), root.resolve("crates/deep/er"));
        Files.writeString(root.resolve("Cargo.toml"), "[workspace]\nresolver = \"2\"\n" + workspace + "\n");

        Optional<List<String>> cargo = Cargo.metadata(root).map(CargoMetadataTest::description);
        Optional<List<String>> ours;
        try {
            ours = Optional.of(description(CargoProject.read(root)));
        } catch (ActionNeededException refused) {
            ours = Optional.empty();
        }

        assertThat(ours).isEqualTo(cargo);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "one-binary       | one-binary       |",
                "renamed-library  | renamed-library  |",
                "several-binaries | several-binaries |",
                "several-binaries | several-binaries | --features fancy",
                "several-binaries | several-binaries | --no-default-features",
                "autobins-off     | autobins-off     |",
                "virtual-workspace| one two cmd-a cmd-c app1 |",
                "inheritance      | app core         |",
                "other-targets    | other-targets    |",
                "features         | app              |",
                "features         | app net          | --features window",
                "features         | app net gui      | --features full",
                "features         | app net          | --features full --no-default-features",
                "features         | app              | --features tls",
                "features         | app net          | --features app/loud",
                "features         | net              | --features net/loud",
                "features         | app build-only   |",
                "features         | app net gui      | --features full --features shown",
                "resolver-one     | resolver-one side| --features extra",
                "resolver-one     | resolver-one side| --no-default-features --features side/extra",
                "resolver-one     | side             |",
                "größe und 'mehr' | maß größe        |",
            })
    void agreesWithWhatCargoBuilds(String shape, String packages, String arguments) throws Exception {
        assumeTrue(
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux"),
                "cargo names its files for this machine");
        Path root = builds.toRealPath().resolve(shape);
        if (!Files.exists(root)) {
            Fixtures.copy(shape, builds);
        }
        List<String> words = arguments == null ? List.of() : List.of(arguments.split(" ", -1));
        List<String> features =
                words.stream().filter(word -> !word.startsWith("--")).toList();
        CargoBuild build = new CargoBuild(
                List.of(packages.split(" ", -1)), features, words.contains("--no-default-features"), "dev", true);

        List<Output> outputs = CargoProject.read(root).outputs(build, FileNaming.ELF);

        assertThat(outputs)
                .extracting(Output::fileName)
                .containsExactlyInAnyOrderElementsOf(Cargo.build(root, build.packages(), words));
    }

    private static List<String> description(CargoProject project) {
        Set<String> lines = new TreeSet<>();
        lines.add("root " + project.root());
        project.defaultPackages().forEach(name -> lines.add("default " + name));
        for (CargoPackage member : project.members()) {
            String name = "package " + member.name() + " ";
            lines.add(name + member.version() + " " + member.edition() + " "
                    + member.rustVersion().orElse("-") + " " + member.directory());
            lines.add(name + new TreeMap<>(member.features()));
            member.library().ifPresent(lib -> lines.add(name + "library " + lib.name() + " " + lib.crateTypes()));
            member.binaries().forEach(bin -> lines.add(name + "binary " + bin.name() + " " + bin.requiredFeatures()));
            member.dependencies()
                    .forEach(dependency -> lines.add(name + "needs " + dependency.key() + " "
                            + dependency.packageName() + " " + dependency.kind() + " "
                            + dependency.directory().map(Path::toString).orElse("-") + " "
                            + dependency.target().orElse("-") + " " + dependency.optional() + " "
                            + dependency.defaultFeatures() + " " + new TreeSet<>(dependency.features())));
        }
        return List.copyOf(lines);
    }

    private static List<String> description(JsonObject metadata) {
        Set<String> lines = new TreeSet<>();
        lines.add("root " + metadata.get("workspace_root").getAsString());
        for (JsonElement element : metadata.getAsJsonArray("packages")) {
            JsonObject member = element.getAsJsonObject();
            if (!metadata.getAsJsonArray("workspace_members").contains(member.get("id"))) {
                continue;
            }
            String name = "package " + text(member, "name") + " ";
            if (metadata.getAsJsonArray("workspace_default_members").contains(member.get("id"))) {
                lines.add("default " + text(member, "name"));
            }
            lines.add(name + text(member, "version") + " " + text(member, "edition") + " "
                    + text(member, "rust_version") + " "
                    + Path.of(text(member, "manifest_path")).getParent());
            TreeMap<String, List<String>> features = new TreeMap<>();
            member.getAsJsonObject("features").asMap().forEach((key, value) -> features.put(key, strings(value)));
            lines.add(name + features);
            member.getAsJsonArray("targets")
                    .forEach(target -> target(target.getAsJsonObject()).forEach(line -> lines.add(name + line)));
            member.getAsJsonArray("dependencies")
                    .forEach(dependency -> lines.add(name + dependency(dependency.getAsJsonObject())));
        }
        return List.copyOf(lines);
    }

    private static Stream<String> target(JsonObject target) {
        List<String> kinds = strings(target.get("kind"));
        if (kinds.contains("bin")) {
            List<String> required =
                    target.has("required-features") ? strings(target.get("required-features")) : List.of();
            return Stream.of("binary " + text(target, "name") + " " + required);
        }
        boolean other = Stream.of("example", "test", "bench", "custom-build").anyMatch(kinds::contains);
        return other
                ? Stream.empty()
                : Stream.of("library " + text(target, "name") + " " + strings(target.get("crate_types")));
    }

    private static String dependency(JsonObject dependency) {
        String packageName = text(dependency, "name");
        String rename = text(dependency, "rename");
        String kind = switch (text(dependency, "kind")) {
            case "dev" -> "DEVELOPMENT";
            case "build" -> "BUILD";
            default -> "NORMAL";
        };
        return "needs " + (rename.equals("-") ? packageName : rename) + " " + packageName + " " + kind + " "
                + text(dependency, "path") + " " + text(dependency, "target") + " "
                + dependency.get("optional").getAsBoolean() + " "
                + dependency.get("uses_default_features").getAsBoolean() + " "
                + new TreeSet<>(strings(dependency.get("features")));
    }

    private static String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null || value.isJsonNull() ? "-" : value.getAsString();
    }

    private static List<String> strings(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }
}
