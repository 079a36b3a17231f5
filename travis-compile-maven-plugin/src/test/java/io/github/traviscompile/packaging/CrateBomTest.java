package io.github.traviscompile.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.traviscompile.cargo.CargoLock;
import io.github.traviscompile.cargo.ManySources;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrateBomTest {

    private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
    private static final Sha256 DIGEST = Sha256.of("crate".getBytes(StandardCharsets.UTF_8));
    private static final Instant TIME = Instant.parse("2026-11-22T01:02:03.456Z");

    private static final Crate ITOA = crate("itoa", "1.0.0", CRATES_IO);
    private static final Crate FORK =
            crate("fork", "0.2.0", "git+https://github.com/bob/fork.git?branch=next#0123abcd", ITOA);
    private static final Crate CORE = crate("app-core", "0.1.0", "", ITOA, FORK);
    private static final Crate APP = crate("app", "0.1.0", "", CORE);
    private static final Crate UNUSED = crate("unused", "9.0.0", CRATES_IO, ITOA);

    @TempDir
    Path temp;

    @Test
    void listsCratesAndTheirDependents() throws Exception {
        CrateBom bom = bom(true, List.of(APP), APP, CORE, ITOA, FORK, UNUSED);

        Sha256 digest = bom.write(temp.resolve("bom.json"));

        assertThat(digest).isEqualTo(Sha256.of(temp.resolve("bom.json")));
        assertThat(Files.readString(temp.resolve("bom.json"))).isEqualTo("""
                        {
                          "$schema": "http://cyclonedx.org/schema/bom-1.7.schema.json",
                          "bomFormat": "CycloneDX",
                          "specVersion": "1.7",
                          "serialNumber": "%2$s",
                          "version": 1,
                          "metadata": {
                            "lifecycles": [
                              {
                                "phase": "pre-build"
                              }
                            ],
                            "tools": {
                              "components": [
                                {
                                  "type": "application",
                                  "group": "io.github.travis-compile",
                                  "name": "travis-compile-maven-plugin",
                                  "version": "1.0.0"
                                }
                              ]
                            },
                            "component": {
                              "type": "application",
                              "bom-ref": "path:app@0.1.0",
                              "name": "app",
                              "version": "0.1.0"
                            }
                          },
                          "components": [
                            {
                              "type": "library",
                              "bom-ref": "path:app-core@0.1.0",
                              "name": "app-core",
                              "version": "0.1.0"
                            },
                            {
                              "type": "library",
                              "bom-ref": "pkg:cargo/fork@0.2.0?vcs_url=git%%2Bhttps:%%2F%%2Fgithub.com%%2Fbob%%2Ffork.git%%400123abcd",
                              "name": "fork",
                              "version": "0.2.0",
                              "purl": "pkg:cargo/fork@0.2.0?vcs_url=git%%2Bhttps:%%2F%%2Fgithub.com%%2Fbob%%2Ffork.git%%400123abcd",
                              "externalReferences": [
                                {
                                  "type": "vcs",
                                  "url": "https://github.com/bob/fork.git"
                                }
                              ]
                            },
                            {
                              "type": "library",
                              "bom-ref": "pkg:cargo/itoa@1.0.0",
                              "name": "itoa",
                              "version": "1.0.0",
                              "hashes": [
                                {
                                  "alg": "SHA-256",
                                  "content": "%1$s"
                                }
                              ],
                              "purl": "pkg:cargo/itoa@1.0.0"
                            }
                          ],
                          "dependencies": [
                            {
                              "ref": "path:app-core@0.1.0",
                              "dependsOn": [
                                "pkg:cargo/fork@0.2.0?vcs_url=git%%2Bhttps:%%2F%%2Fgithub.com%%2Fbob%%2Ffork.git%%400123abcd",
                                "pkg:cargo/itoa@1.0.0"
                              ]
                            },
                            {
                              "ref": "path:app@0.1.0",
                              "dependsOn": [
                                "path:app-core@0.1.0"
                              ]
                            },
                            {
                              "ref": "pkg:cargo/fork@0.2.0?vcs_url=git%%2Bhttps:%%2F%%2Fgithub.com%%2Fbob%%2Ffork.git%%400123abcd",
                              "dependsOn": [
                                "pkg:cargo/itoa@1.0.0"
                              ]
                            },
                            {
                              "ref": "pkg:cargo/itoa@1.0.0",
                              "dependsOn": []
                            }
                          ]
                        }
                        """.formatted(
                        DIGEST, bom.toJson().get("serialNumber").getAsString()));
    }

    @Test
    void fitsTheSchema() throws Exception {
        PublishedSchema schema = PublishedSchema.cycloneDx();
        List<CrateBom> boms = List.of(
                bom(true, List.of(APP), APP, CORE, ITOA, FORK),
                bom(false, List.of(APP, CORE), APP, CORE, ITOA, FORK),
                bom(false, List.of(ITOA), ITOA),
                new CrateBom("a", "1", false, new TreeSet<>(Set.of(ITOA.id())), List.of(ITOA), "1", Optional.of(TIME)),
                random(new Random(20261122), 300));
        for (CrateBom bom : boms) {
            assertThat(schema.judge(JsonFile.text(bom.toJson()))).isEmpty();
        }
    }

    @Test
    void theSchemaRejectsErrors() throws Exception {
        PublishedSchema schema = PublishedSchema.cycloneDx();
        String text =
                JsonFile.text(bom(true, List.of(APP), APP, CORE, ITOA, FORK).toJson());
        for (String[] change : new String[][] {
            {"\"CycloneDX\"", "\"cyclonedx\""},
            {"urn:uuid:", "urn:uid:"},
            {"SHA-256", "SHA256"},
            {DIGEST.hex(), "abc"},
            {"\"vcs\"", "\"git\""},
            {"pre-build", "before"},
            {"\"dependsOn\"", "\"needs\""}
        }) {
            assertThat(schema.judge(text.replace(change[0], change[1])))
                    .as("%s", change[1])
                    .isNotEmpty();
        }
    }

    @Test
    void cargoMetadataHasTheSameGraph() throws Exception {
        assumeTrue(hasCargo(), "needs cargo");
        ManySources sources = ManySources.write(temp.toRealPath(), "1.60");
        List<Crate> crates = CargoLock.read(sources.project()).packages().stream()
                .map(p -> new Crate(p.name(), p.version(), p.source(), p.checksum(), p.dependencies()))
                .toList();

        JsonObject bom =
                bom(false, List.of(crates.get(0)), crates.toArray(Crate[]::new)).toJson();

        assertThat(crates.get(0).name()).isEqualTo("app");
        assertThat(PublishedSchema.cycloneDx().judge(JsonFile.text(bom))).isEmpty();
        assertThat(edges(bom)).isEqualTo(edges(sources.metadata(), bom));
    }

    @Test
    void severalPackagesArePartsOfTheDelivery() throws Exception {
        JsonObject bom = bom(false, List.of(APP, CORE), APP, CORE, ITOA, FORK).toJson();

        JsonObject subject = bom.getAsJsonObject("metadata").getAsJsonObject("component");
        assertThat(subject.get("bom-ref").getAsString()).isEqualTo("delivery:delivered@1.0");
        assertThat(references(subject.getAsJsonArray("components")))
                .containsExactly("path:app-core@0.1.0", "path:app@0.1.0");
        assertThat(references(bom.getAsJsonArray("components"))).doesNotContain("path:app@0.1.0");
        assertThat(bom.getAsJsonArray("dependencies").get(0).toString())
                .isEqualTo("{\"ref\":\"delivery:delivered@1.0\",\"dependsOn\":[\"path:app-core@0.1.0\","
                        + "\"path:app@0.1.0\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "registry+https://github.com/rust-lang/crates.io-index | pkg:cargo/zstd-sys@2.0.16%2Bzstd.1.5.7 | -",
                "sparse+https://index.crates.io/ | pkg:cargo/zstd-sys@2.0.16%2Bzstd.1.5.7 | -",
                "registry+https://dl.example.com/index.git | pkg:cargo/zstd-sys@2.0.16%2Bzstd.1.5.7"
                        + "?repository_url=https:%2F%2Fdl.example.com%2Findex.git | -",
                "sparse+https://u:secret@example.com/i/?x=1 2&y | pkg:cargo/zstd-sys@2.0.16%2Bzstd.1.5.7"
                        + "?repository_url=https:%2F%2Fexample.com%2Fi%2F%3Fx%3D1%202%26y | -",
                "git+https://example.com/y?branch=a%2Fb#12ab | pkg:cargo/zstd-sys@2.0.16%2Bzstd.1.5.7"
                        + "?vcs_url=git%2Bhttps:%2F%2Fexample.com%2Fy%4012ab | https://example.com/y",
                "git+https://secret@example.com/y#12ab | pkg:cargo/zstd-sys@2.0.16%2Bzstd.1.5.7"
                        + "?vcs_url=git%2Bhttps:%2F%2Fexample.com%2Fy%4012ab | https://example.com/y",
                "git+ssh://git:secret@example.com/y?rev=1#12ab | pkg:cargo/zstd-sys@2.0.16%2Bzstd.1.5.7"
                        + "?vcs_url=git%2Bssh:%2F%2Fgit%40example.com%2Fy%4012ab | ssh://git@example.com/y",
                "git+https://example.com/größe y | pkg:cargo/zstd-sys@2.0.16%2Bzstd.1.5.7"
                        + "?vcs_url=git%2Bhttps:%2F%2Fexample.com%2Fgr%C3%B6%C3%9Fe%20y | https://example.com/größe y",
            })
    void packageUrlsDistinguishSources(String source, String packageUrl, String repository) {
        JsonObject component = bom(
                        false,
                        List.of(crate("zstd-sys", "2.0.16+zstd.1.5.7", source)),
                        crate("zstd-sys", "2.0.16+zstd.1.5.7", source))
                .toJson()
                .getAsJsonObject("metadata")
                .getAsJsonObject("component");
        assertThat(component.get("purl").getAsString()).isEqualTo(packageUrl);
        assertThat(component.has("externalReferences")).isEqualTo(repository != null);
        if (repository != null) {
            assertThat(component.get("externalReferences").toString())
                    .isEqualTo("[{\"type\":\"vcs\",\"url\":\"" + repository + "\"}]");
        }
        assertThat(component.toString()).doesNotContain("secret");
    }

    @Test
    void theBytesDependOnTheValuesOnly() {
        List<Crate> crates = new ArrayList<>(List.of(APP, CORE, ITOA, FORK));
        JsonObject bom = bom(true, List.of(APP), crates.toArray(Crate[]::new)).toJson();
        Collections.reverse(crates);

        assertThat(JsonFile.text(
                        bom(true, List.of(APP), crates.toArray(Crate[]::new)).toJson()))
                .isEqualTo(JsonFile.text(bom));
        assertThat(bom(false, List.of(APP), crates.toArray(Crate[]::new))
                        .toJson()
                        .get("serialNumber"))
                .as("another content, another number")
                .isNotEqualTo(bom.get("serialNumber"));
    }

    @Test
    void writesTheTimeIfGiven() {
        Set<String> roots = Set.of(ITOA.id());
        JsonObject bom =
                new CrateBom("a", "1", false, new TreeSet<>(roots), List.of(ITOA), "1", Optional.of(TIME)).toJson();
        assertThat(bom.getAsJsonObject("metadata").get("timestamp").getAsString())
                .isEqualTo("2026-11-22T01:02:03Z");
    }

    @Test
    void twoBranchesOfOneCommitAreOneComponent() throws Exception {
        Crate one = crate("fork", "1.0.0", "git+https://example.com/y?branch=one#12ab", ITOA);
        Crate two = crate("fork", "1.0.0", "git+https://example.com/y?branch=two#12ab");
        Crate app = crate("app", "1.0.0", "", one, two);
        JsonObject bom = bom(false, List.of(app), app, one, two, ITOA).toJson();

        assertThat(references(bom.getAsJsonArray("components"))).hasSize(2);
        assertThat(bom.getAsJsonArray("dependencies")).hasSize(3);
        assertThat(PublishedSchema.cycloneDx().judge(JsonFile.text(bom))).isEmpty();
    }

    @Test
    void aCycleOfDevelopmentDependenciesEnds() {
        Crate one = new Crate("one", "1", Optional.empty(), Optional.empty(), List.of("two 1"));
        Crate two = new Crate("two", "1", Optional.empty(), Optional.empty(), List.of("one 1"));
        assertThat(edges(bom(false, List.of(one), one, two).toJson()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "path:one@1", Set.of("path:two@1"),
                        "path:two@1", Set.of("path:one@1")));
    }

    @Test
    void inconsistentValuesAreRefused() {
        assertThatThrownBy(() -> bom(false, List.of(), ITOA)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bom(false, List.of(APP), ITOA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no crate 'app 0.1.0'.");
        assertThatThrownBy(() -> bom(false, List.of(APP), APP, CORE, FORK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'itoa 1.0.0 (" + CRATES_IO + ")'");
        assertThatThrownBy(() -> bom(false, List.of(ITOA), ITOA, ITOA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> crate("", "1", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reportsAnUnwritableTarget() throws Exception {
        Path file = Files.writeString(temp.resolve("target"), "not a folder");
        assertThatThrownBy(() -> bom(false, List.of(ITOA), ITOA).write(file.resolve("bom.json")))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("The bill of materials '", "bom.json", "<outputDirectory>");
    }

    private static CrateBom bom(boolean application, List<Crate> roots, Crate... crates) {
        return new CrateBom(
                "delivered",
                "1.0",
                application,
                new TreeSet<>(roots.stream().map(Crate::id).toList()),
                List.of(crates),
                "1.0.0",
                Optional.empty());
    }

    /** @param source empty for the project's own crates */
    private static Crate crate(String name, String version, String source, Crate... dependencies) {
        return new Crate(
                name,
                version,
                Optional.of(source).filter(text -> !text.isEmpty()),
                Optional.of(DIGEST).filter(digest -> source.startsWith("registry+")),
                List.of(dependencies).stream().map(Crate::id).toList());
    }

    private static CrateBom random(Random random, int size) {
        List<Crate> crates = new ArrayList<>();
        String[] sources = {"", CRATES_IO, "sparse+https://example.com/", "git+https://example.com/y?rev=1#ab"};
        for (int i = 0; i < size; i++) {
            List<Crate> needs = new ArrayList<>();
            for (int j = 0; j < Math.min(i, 5); j++) {
                needs.add(crates.get(random.nextInt(i)));
            }
            crates.add(crate(
                    "crate-" + i,
                    "0." + i + ".0-ü+\"<",
                    sources[random.nextInt(4)],
                    needs.stream().distinct().toArray(Crate[]::new)));
        }
        return bom(true, List.of(crates.get(size - 1), crates.get(0)), crates.toArray(Crate[]::new));
    }

    private static Map<String, Set<String>> edges(JsonObject bom) {
        Map<String, Set<String>> edges = new TreeMap<>();
        for (JsonElement element : bom.getAsJsonArray("dependencies")) {
            Set<String> needs = new TreeSet<>();
            element.getAsJsonObject().getAsJsonArray("dependsOn").forEach(ref -> needs.add(ref.getAsString()));
            edges.put(element.getAsJsonObject().get("ref").getAsString(), needs);
        }
        return edges;
    }

    /**
     * Returns cargo's graph in the references of {@code bom}; packages are found by name, version and kind of source.
     */
    private static Map<String, Set<String>> edges(JsonObject metadata, JsonObject bom) {
        Map<String, String> byId = new HashMap<>();
        for (JsonElement element : metadata.getAsJsonArray("packages")) {
            JsonObject cargo = element.getAsJsonObject();
            String name = cargo.get("name").getAsString();
            String version = cargo.get("version").getAsString();
            JsonElement source = cargo.get("source");
            String from = source.isJsonNull() ? "" : source.getAsString();
            String start = from.isEmpty()
                    ? "path:" + name + "@" + version
                    : "pkg:cargo/" + name + "@" + version.replace("+", "%2B");
            String end = from.startsWith("git+") ? from.replaceFirst(".*#", "%40") : "";
            byId.put(
                    cargo.get("id").getAsString(),
                    edges(bom).keySet().stream()
                            .filter(ref -> ref.startsWith(start) && ref.endsWith(end))
                            .findFirst()
                            .orElseThrow());
        }
        Map<String, Set<String>> edges = new TreeMap<>();
        for (JsonElement element : metadata.getAsJsonObject("resolve").getAsJsonArray("nodes")) {
            Set<String> needs = new TreeSet<>();
            element.getAsJsonObject()
                    .getAsJsonArray("dependencies")
                    .forEach(id -> needs.add(byId.get(id.getAsString())));
            edges.put(byId.get(element.getAsJsonObject().get("id").getAsString()), needs);
        }
        return edges;
    }

    private static List<String> references(JsonArray components) {
        List<String> references = new ArrayList<>();
        components.forEach(component ->
                references.add(component.getAsJsonObject().get("bom-ref").getAsString()));
        return references;
    }

    private static boolean hasCargo() throws Exception {
        try {
            return new ProcessBuilder("cargo", "--version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
