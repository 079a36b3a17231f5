package io.github.traviscompile.ci.local;

import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.upload.LegAccount;
import io.github.traviscompile.upload.UploadEvent;
import io.github.traviscompile.upload.UploadLimits;
import io.github.traviscompile.upload.UploadServer;
import io.github.traviscompile.upload.UploadStorage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A crate with a binary and a dynamic library in the layout of a leg, and the real endpoint. */
final class LegBench implements AutoCloseable {

    static final Platform HOST = Platform.ofTriple(hostTriple()).orElseThrow();

    final RunId run = RunId.random(new SecureRandom());
    final LegKey key = LegKey.random(new SecureRandom());
    final Path directory;
    final Path checkout;
    final Leg leg;
    final List<UploadEvent> events = new CopyOnWriteArrayList<>();
    final UploadServer server;

    LegBench(Path directory) throws IOException, CrossCompileException {
        this(directory, Map.of());
    }

    LegBench(Path directory, Map<String, String> variables) throws IOException, CrossCompileException {
        this.directory = directory;
        this.checkout = Files.createDirectories(directory.resolve("checkout"));
        this.leg = LegSample.of(leg(HOST)).with(variables).leg();
        source("Cargo.toml", """
                [package]
                name = "greet"
                version = "0.1.0"
                edition = "2021"
                [lib]
                name = "greeter"
                crate-type = ["cdylib"]
                [[bin]]
                name = "greet"
                path = "src/main.rs"
                """);
        source("Cargo.lock", """
                version = 3

                [[package]]
                name = "greet"
                version = "0.1.0"
                """);
        source("src/lib.rs", "#[no_mangle] pub extern \"C\" fn greeting() -> i32 { 42 }\n");
        source("src/main.rs", "fn main() { println!(\"hello\"); }\n");
        layOut(leg);
        server = UploadServer.open(
                run,
                List.of(new LegAccount(leg.id(), key, leg.outputs())),
                UploadStorage.open(directory.resolve("inbox"), 1L << 30),
                UploadLimits.DEFAULT,
                events::add);
    }

    static Leg leg(Platform platform) {
        return LegSample.of(platform, Service.LOCAL)
                .owing(
                        Output.of(OutputKind.BIN, platform.naming().fileName(OutputKind.BIN, "greet")),
                        Output.of(OutputKind.CDYLIB, platform.naming().fileName(OutputKind.CDYLIB, "greeter")))
                .leg();
    }

    private static String hostTriple() {
        return Platform.LINUX_X86_64.target().triple();
    }

    void source(String name, String content) throws IOException {
        Path file = checkout.resolve(LegFiles.SOURCE).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void layOut(Leg leg) throws IOException {
        for (Map.Entry<String, byte[]> file :
                LegFiles.of(run, Path.of(""), List.of(leg)).entrySet()) {
            Path path = checkout.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    LocalJob job() {
        return job(server.uri(), key);
    }

    LocalJob job(URI endpoint, LegKey key) {
        return new LocalJob(
                leg,
                checkout,
                directory.resolve("target"),
                directory.resolve("leg.log"),
                key,
                endpoint,
                new TreeMap<>());
    }

    /** Returns Cargo's file for {@code output}. */
    Path built(Output output) {
        return directory
                .resolve("target")
                .resolve(leg.target().triple())
                .resolve("release")
                .resolve(output.fileName());
    }

    List<UploadEvent.LegReport> progress(UploadEvent.Phase phase) {
        return events(UploadEvent.LegReport.class, event -> event.phase() == phase);
    }

    List<UploadEvent.Committed> committed() {
        return events(UploadEvent.Committed.class, event -> true);
    }

    <T> List<T> events(Class<T> kind, Predicate<T> which) {
        return events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(which)
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
