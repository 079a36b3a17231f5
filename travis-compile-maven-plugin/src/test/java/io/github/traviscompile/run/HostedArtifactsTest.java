package io.github.traviscompile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.packaging.PublishedSchema;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.PlatformOverride;
import io.github.traviscompile.standin.ArtifactStandIn;
import io.github.traviscompile.standin.Cloud;
import io.github.traviscompile.standin.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole runs on GitHub Actions without a tunnel: real git, bash and cargo, and nobody listens. */
@ExtendWith(HostedSceneExtension.class)
class HostedArtifactsTest {

    private static final Path LISTENING = Path.of("/proc/self/net/tcp");

    private final Set<String> listening = ConcurrentHashMap.newKeySet();
    private HostedScene scene;
    private Cloud cloud;
    private HostedRun run;

    @BeforeEach
    void start(HostedScene made) throws Exception {
        scene = made;
        cloud = scene.cloud;
        run = scene.run;
        run.ci = "github-actions";
        run.accounts = Set.of(ActionsProvider.SERVICE);
        run.tunnel = Optional.empty();
        scene.write("src/lib.rs", "#[no_mangle]\npub extern \"C\" fn greet_version() -> i32 {\n    1\n}\n");
        scene.write("Cargo.toml", """
                [package]
                name = "greet"
                version = "0.1.0"
                edition = "2018"

                [lib]
                name = "greeting"
                crate-type = ["cdylib"]
                """);
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(run.told).noneMatch(line -> line.contains("sig="));
    }

    @Test
    void deliversWithNoListenerOpenWhereNoTunnelIsConfigured() throws Exception {
        assumeTrue(Files.exists(LISTENING), "this system does not list its sockets in /proc");
        watchSockets();
        List<DeliveredPlatform> delivered = scene.run();
        assertThat(delivered)
                .singleElement()
                .satisfies(platform -> assertThat(platform.files())
                        .singleElement()
                        .satisfies(archive ->
                                assertThat(archive.holds()).containsExactlyInAnyOrder("greet", "libgreeting.so")));
        assertThat(run.told)
                .as("while it was looked")
                .anyMatch(
                        line -> line.startsWith("linux-x86_64: queued") || line.startsWith("linux-x86_64: in_progress"))
                .contains("linux-x86_64: uploading ");
        assertThat(listening).as("sockets that were not there before the run").isEmpty();
        assertThat(run.resolved).as("of ngrok").isEmpty();
        assertThat(run.told)
                .filteredOn(line -> line.contains("No tunnel is configured"))
                .singleElement()
                .asString()
                .contains("all hosted legs are on GitHub Actions", "<delivery>artifacts</delivery>");
        String provenance = Files.readString(delivered.get(0).papers().get(0).path());
        assertThat(PublishedSchema.slsaProvenance().judge(provenance)).isEmpty();
        assertThat(provenance).contains("\"log\": \"confirmed\"", "\"rustc\": \"rustc ", "/actions/runs/");
        assertThat(artifacts()).singleElement().matches(ArtifactStandIn::isDeleted);
        assertThat(cloud.repository().objects())
                .as("the workflow asks for no tokens")
                .noneMatch(object -> object.contains("id-token: \"write\""));
        scene.assertNothingIsLeft();

        cloud.github().actions().hearsNothing();
        assertThat(scene.run()).singleElement().matches(DeliveredPlatform::reused);
    }

    /** That the look at the sockets sees one. */
    @Test
    void aTunnelNeedsAListener() throws Exception {
        assumeTrue(Files.exists(LISTENING), "this system does not list its sockets in /proc");
        run.tunnel = Optional.of("ngrok");
        watchSockets();
        assertThat(scene.run()).hasSize(1);
        assertThat(listening).isNotEmpty();
        assertThat(artifacts()).isEmpty();
    }

    @Test
    void aLegHereAndTwoThereComeTogether() throws Exception {
        run.environment = System.getenv();
        run.platforms = List.of("linux-x86_64", "osx-x86_64", "osx-aarch_64");
        run.own = Map.of("linux-x86_64", PlatformOverride.NOTHING.withCi("local"));
        run.delivery = Optional.of("artifacts");
        assertThat(scene.run())
                .extracting(platform -> platform.platform().id())
                .containsExactlyElementsOf(run.platforms);
        assertThat(run.told).noneMatch(line -> line.contains("No tunnel is configured"));
        assertThat(artifacts()).hasSize(2).allMatch(ArtifactStandIn::isDeleted);
        scene.assertNothingIsLeft();
    }

    @Test
    void showsTheFirstErrorOfACrateThatDoesNotCompile() throws Exception {
        scene.write("src/main.rs", "fn main() {\n    oops\n}\n");
        scene.assertRefused(
                ActionNeededException.class,
                "linux-x86_64 did not compile:\nerror[E0425]: cannot find value `oops`",
                "src/main.rs:2",
                "The whole log is ",
                "/actions/runs/");
        assertThat(artifacts()).isEmpty();
        scene.assertNothingIsLeft();
    }

    @Test
    void refusesALegWhoseLogIsSilent() throws Exception {
        cloud.github().actions().logs(log -> log.replaceAll("(?m)^.*tcmp1 .*output=greet .*$", "***"));
        refused("cannot be trusted: its log does not name the digest of greet. ");
        cloud.github().actions().logs(log -> "");
        refused("cannot be trusted: its job shows no log. ");
    }

    @Test
    void refusesALegWhoseLogSaysAnotherContent() throws Exception {
        meddle(contents -> contents.put("libgreeting.so", contents.get("greet")));
        refused("cannot be trusted: its log names another content of libgreeting.so than the one that GitHub kept");
        meddle(contents -> contents.computeIfPresent(
                "_details",
                (name, details) -> new String(details, StandardCharsets.UTF_8)
                        .replaceFirst("rustc=.*", "rustc=another")
                        .getBytes(StandardCharsets.UTF_8)));
        refused("cannot be trusted: its log names another content of _details");
    }

    @Test
    void refusesWhatTheLegDoesNotOwe() throws Exception {
        meddle(contents -> contents.put("../../more", new byte[1]));
        refused("could not deliver: the artifact that it left at GitHub holds what the leg does not owe");
        assertThat(scene.directory()).isDirectoryNotContaining(path -> path.endsWith("more"));
        cloud.github().actions().meddle(artifact -> artifact.expired = true);
        refused("could not deliver: the artifact that it left at GitHub has expired");
    }

    @Test
    void anArtifactThatStaysIsAWarning() throws Exception {
        cloud.github().fault(Fault.answer("DELETE", "/actions/artifacts/", Fault.FOR_EVER, 403, Map.of(), "{}"));
        assertThat(scene.run()).hasSize(1);
        assertThat(run.told)
                .anyMatch(line -> line.contains("GitHub keeps artifacts of the run until they expire in a day"));
        scene.assertNothingIsLeft();
    }

    @Test
    void deletesWhatALegLeftThoughAnotherFails() throws Exception {
        run.platforms = List.of("linux-x86_64", "osx-x86_64");
        cloud.tool(
                "osx", "cargo", "until [ -e '" + scene.directory().resolve("go") + "' ]; do sleep 0.1; done; exit 1");
        run.whenTold = () -> {
            if (run.told.get(run.told.size() - 1).startsWith("linux-x86_64: uploading")) {
                write(scene.directory().resolve("go"));
            }
        };
        scene.assertRefused(ActionNeededException.class, "osx-x86_64 did not compile");
        assertThat(artifacts()).singleElement().matches(ArtifactStandIn::isDeleted);
        scene.assertNothingIsLeft();
    }

    @Test
    void deletesWhatALegLeftThoughTheRunIsInterrupted() throws Exception {
        Thread runner = Thread.currentThread();
        run.whenTold = () -> {
            if (run.told.get(run.told.size() - 1).startsWith("linux-x86_64: uploading")) {
                runner.interrupt();
            }
        };
        assertThatThrownBy(scene::run).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(artifacts()).singleElement().matches(ArtifactStandIn::isDeleted);
        scene.assertNothingIsLeft();
    }

    private void refused(String words) throws IOException {
        scene.assertRefused(WorkFailedException.class, "linux-x86_64 " + words, "Nothing was attached.");
        assertThat(artifacts()).allMatch(ArtifactStandIn::isDeleted);
        scene.assertNothingIsLeft();
    }

    private List<ArtifactStandIn> artifacts() {
        return cloud.github().actions().runs().stream()
                .flatMap(started -> started.artifacts().stream())
                .filter(artifact -> !artifact.expired)
                .toList();
    }

    /** Changes the files in every artifact. */
    private void meddle(Consumer<Map<String, byte[]>> change) {
        cloud.github().actions().meddle(artifact -> {
            try {
                artifact.archive(changed(artifact.archive(), change));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static byte[] changed(byte[] archive, Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                contents.put(entry.getName(), in.readAllBytes());
            }
        }
        change.accept(contents);
        return ArtifactStandIn.zip(contents);
    }

    /** Notes, whenever the run says something, which sockets listen that did not before. */
    private void watchSockets() throws IOException {
        Set<String> before = sockets();
        run.whenTold = () -> {
            try {
                Set<String> now = sockets();
                now.removeAll(before);
                listening.addAll(now);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** The inodes of this process' sockets that listen (proc(5): state 0A in the fourth column, inode in the tenth). */
    private static Set<String> sockets() throws IOException {
        Set<String> own;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            own = descriptors.map(HostedArtifactsTest::target).collect(Collectors.toSet());
        }
        try (Stream<Path> tables = Stream.of(LISTENING, LISTENING.resolveSibling("tcp6"))) {
            Set<String> found = ConcurrentHashMap.newKeySet();
            for (Path table : tables.filter(Files::exists).toList()) {
                found.addAll(Files.readAllLines(table).stream()
                        .map(line -> line.strip().split(" +", -1))
                        .filter(columns -> columns.length > 9 && columns[3].equals("0A"))
                        .map(columns -> "socket:[" + columns[9] + "]")
                        .filter(own::contains)
                        .collect(Collectors.toSet()));
            }
            return found;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed meanwhile.
            return "";
        }
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
