package io.github.traviscompile.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.CiProviders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {

    private static final Sha256 LIBRARY = Sha256.of("library".getBytes(StandardCharsets.UTF_8));
    private static final Sha256 ARCHIVE = Sha256.of("archive".getBytes(StandardCharsets.UTF_8));
    private static final TreeId TREE = new TreeId("1".repeat(40));
    private static final CommitId BASE = new CommitId("2".repeat(40));
    private static final CommitId PUSHED = new CommitId("3".repeat(40));
    private static final Instant STARTED = Instant.parse("2026-11-22T01:02:03.999Z");

    private static final Provenance FULL = new Provenance(
            new TreeMap<>(Map.of("rand-1.0-linux-x86_64.tar.gz", ARCHIVE, "librand.so", LIBRARY)),
            new Provenance.Request(
                    Platform.LINUX_X86_64,
                    List.of("build", "--target", "x86_64-unknown-linux-gnu", "--release", "--locked"),
                    Optional.of("1.85.0"),
                    new TreeMap<>(Map.of("GREETING", "<Grüße> & \"more\"'\u2028")),
                    Optional.of("./greet --version"),
                    List.of("libssl-dev"),
                    List.of("-C", "target-feature=+crt-static")),
            new Provenance.Materials(
                    TREE,
                    Optional.of(new Provenance.Commit(BASE, Optional.of(URI.create("https://github.com/alice/rand")))),
                    Optional.of(
                            new Provenance.Commit(PUSHED, Optional.of(URI.create("https://github.com/alice/builds")))),
                    Optional.of(LIBRARY)),
            new Provenance.Run(
                    TravisProvider.SERVICE,
                    "1.0.0",
                    Optional.of(URI.create("https://app.travis-ci.com/github/alice/builds/builds/42")),
                    Optional.of(STARTED),
                    Optional.of(STARTED.plusSeconds(77)),
                    new TreeMap<>(Map.of("rustc", "rustc 1.85.0 (4d91de4e4 2026-02-17)", "image", "jammy"))));

    @TempDir
    Path temp;

    @Test
    void hasRequestMaterialsAndBuilder() throws Exception {
        Sha256 digest = FULL.write(temp.resolve("a.intoto.json"));

        assertThat(digest).isEqualTo(Sha256.of(temp.resolve("a.intoto.json")));
        assertThat(Files.readString(temp.resolve("a.intoto.json"))).isEqualTo("""
                        {
                          "_type": "https://in-toto.io/Statement/v1",
                          "subject": [
                            {
                              "name": "librand.so",
                              "digest": {
                                "sha256": "%1$s"
                              }
                            },
                            {
                              "name": "rand-1.0-linux-x86_64.tar.gz",
                              "digest": {
                                "sha256": "%2$s"
                              }
                            }
                          ],
                          "predicateType": "https://slsa.dev/provenance/v1",
                          "predicate": {
                            "buildDefinition": {
                              "buildType": "https://github.com/travis-compile/travis-compile-maven-plugin/blob/main/src/site/markdown/provenance.md#cargo-build-v1",
                              "externalParameters": {
                                "platform": "linux-x86_64",
                                "target": "x86_64-unknown-linux-gnu",
                                "cargoArguments": [
                                  "build",
                                  "--target",
                                  "x86_64-unknown-linux-gnu",
                                  "--release",
                                  "--locked"
                                ],
                                "toolchain": "1.85.0",
                                "environment": {
                                  "GREETING": "<Grüße> & \\"more\\"'\\u2028"
                                },
                                "smokeTest": "./greet --version",
                                "systemPackages": [
                                  "libssl-dev"
                                ],
                                "rustFlags": [
                                  "-C",
                                  "target-feature=+crt-static"
                                ]
                              },
                              "internalParameters": {
                                "image": "jammy",
                                "rustc": "rustc 1.85.0 (4d91de4e4 2026-02-17)"
                              },
                              "resolvedDependencies": [
                                {
                                  "name": "snapshot",
                                  "digest": {
                                    "gitTree": "1111111111111111111111111111111111111111"
                                  }
                                },
                                {
                                  "name": "base commit",
                                  "digest": {
                                    "gitCommit": "2222222222222222222222222222222222222222"
                                  },
                                  "uri": "git+https://github.com/alice/rand"
                                },
                                {
                                  "name": "pushed commit",
                                  "digest": {
                                    "gitCommit": "3333333333333333333333333333333333333333"
                                  },
                                  "uri": "git+https://github.com/alice/builds"
                                },
                                {
                                  "name": "Cargo.lock",
                                  "digest": {
                                    "sha256": "%1$s"
                                  }
                                }
                              ]
                            },
                            "runDetails": {
                              "builder": {
                                "id": "https://github.com/travis-compile/travis-compile-maven-plugin/blob/main/src/site/markdown/provenance.md#builder-travis-v1",
                                "version": {
                                  "travis-compile-maven-plugin": "1.0.0"
                                }
                              },
                              "metadata": {
                                "invocationId": "https://app.travis-ci.com/github/alice/builds/builds/42",
                                "startedOn": "2026-11-22T01:02:03Z",
                                "finishedOn": "2026-11-22T01:03:20Z"
                              }
                            }
                          }
                        }
                        """.formatted(LIBRARY, ARCHIVE));
    }

    @Test
    void fitsTheSchemaWithAllAndWithTheFewestFields() throws Exception {
        PublishedSchema schema = PublishedSchema.slsaProvenance();

        assertThat(schema.judge(JsonFile.text(FULL.toJson()))).isEmpty();
        assertThat(schema.judge(JsonFile.text(least(Service.LOCAL).toJson()))).isEmpty();
    }

    @Test
    void theSchemaRejectsErrors() throws Exception {
        PublishedSchema schema = PublishedSchema.slsaProvenance();
        String text = JsonFile.text(FULL.toJson());

        for (String[] change : new String[][] {
            {"\"_type\"", "\"type\""},
            {"gitTree", "gittree"},
            {"\"startedOn\": \"2026-11-22T", "\"startedOn\": \"2026-13-22T"},
            {"\"id\": \"https:", "\"id\": \""},
            {LIBRARY.hex(), LIBRARY.hex().toUpperCase(Locale.ROOT)},
            {"\"buildType\"", "\"buildtype\""},
            {"Statement/v1", ""},
            {"slsa.dev/provenance/v1", "slsa.dev/provenance/v0.2"}
        }) {
            String changed = text.replace(change[0], change[1]);
            assertThat(changed).isNotEqualTo(text);
            assertThat(schema.judge(changed)).as("%s", change[1]).isNotEmpty();
        }
    }

    static List<Service> places() {
        return CiProviders.places();
    }

    @ParameterizedTest
    @MethodSource("places")
    void theBuilderIsTheServiceAndUnknownFieldsAreOmitted(Service service) {
        JsonObject predicate = least(service).toJson().getAsJsonObject("predicate");

        assertThat(predicate.getAsJsonObject("runDetails"))
                .isEqualTo(JsonParser.parseString("{\"builder\":{\"id\":\"" + Provenance.builderId(service)
                        + "\",\"version\":{\"travis-compile-maven-plugin\":\"1\"}}}"));
        assertThat(predicate.getAsJsonObject("buildDefinition").keySet())
                .containsExactly("buildType", "externalParameters", "resolvedDependencies");
        assertThat(Provenance.builderId(service).toString()).endsWith("#builder-" + service.id() + "-v1");
        assertThat(predicate.toString()).doesNotContainIgnoringCase("level");
    }

    @Test
    void theBytesDependOnTheValuesOnly() throws Exception {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        FULL.write(temp.resolve("here"));
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
            FULL.write(temp.resolve("elsewhere/there"));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        assertThat(temp.resolve("elsewhere/there")).hasSameBinaryContentAs(temp.resolve("here"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://alice:ghp_secret@github.com/alice/rand", "https://ghp_secret@github.com/x", "x/y"})
    void aUriWithCredentialsIsRefusedWithoutRepeatingIt(String uri) {
        assertThatThrownBy(() -> new Provenance.Commit(BASE, Optional.of(URI.create(uri))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> run(TravisProvider.SERVICE, Optional.of(URI.create(uri))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aRunThatEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> new Provenance.Run(
                        Service.LOCAL,
                        "1",
                        Optional.empty(),
                        Optional.of(STARTED),
                        Optional.of(STARTED.minusSeconds(1)),
                        new TreeMap<>()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStatementWithoutFilesIsRefused() {
        Provenance least = least(Service.LOCAL);
        for (SortedMap<String, Sha256> subjects :
                List.of(new TreeMap<String, Sha256>(), new TreeMap<>(Map.of("", ARCHIVE)))) {
            assertThatThrownBy(() -> new Provenance(subjects, least.request(), least.materials(), least.run()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void reportsAnUnwritableTarget() throws Exception {
        Path file = Files.writeString(temp.resolve("target"), "not a folder");
        assertThatThrownBy(() -> FULL.write(file.resolve("a.intoto.json")))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("The provenance '", "a.intoto.json", "<outputDirectory>");
    }

    private static Provenance least(Service service) {
        return new Provenance(
                new TreeMap<>(Map.of("a", ARCHIVE)),
                new Provenance.Request(
                        Platform.OSX_AARCH_64,
                        List.of(),
                        Optional.empty(),
                        new TreeMap<>(),
                        Optional.empty(),
                        List.of(),
                        List.of()),
                new Provenance.Materials(TREE, Optional.empty(), Optional.empty(), Optional.empty()),
                run(service, Optional.empty()));
    }

    private static Provenance.Run run(Service service, Optional<URI> invocation) {
        return new Provenance.Run(service, "1", invocation, Optional.empty(), Optional.empty(), new TreeMap<>());
    }
}
