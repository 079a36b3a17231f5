package io.github.traviscompile.ci.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.GlibcFloor;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.LegSetup;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.upload.UploadEvent.Phase;
import io.github.traviscompile.verify.gate.BinaryCheck;
import io.github.traviscompile.verify.gate.Requirements;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Legs linked for an older glibc: the real script, with tool archives from a server on this machine. */
class ZigbuildTest {

    private static final String CARGO_ZIGBUILD = "cargo-zigbuild";
    private static final Optional<GlibcFloor> FLOOR = Optional.of(GlibcFloor.OLDEST);

    /** A stand-in for cargo-zigbuild: zig links, without the arguments that it does not support. */
    private static final String STAND_IN = """
        [ "$1" = --version ] && exec echo cargo-zigbuild 0.23.4
        [ "$1 $2" = "zigbuild --target" ] || exit 64
        set -eu
        here=$(dirname "$0")
        floor=${3#*-gnu.}
        target=${3%.$floor}
        printf '%s\\\\n' "$CARGO_ZIGBUILD_PYTHON_PATH" "$@" >"$here/called"
        {
          echo '#!/bin/bash'
          echo 'args=()'
          echo 'for arg; do case $arg in -lgcc_s) args+=(-lunwind) ;; --target=*|-Wl,--no-undefined-version) ;; *) args+=("$arg") ;; esac; done'
          echo "exec '$CARGO_ZIGBUILD_ZIG_PATH' cc -target ${target/-unknown/}.$floor \\"\\${args[@]}\\""
        } >"$here/cc"
        chmod +x "$here/cc"
        shift 3
        variable=CARGO_TARGET_$(tr a-z- A-Z_ <<<"$target")_LINKER
        exec env "$variable=$here/cc" cargo build --target "$target" "$@"
        """;

    @TempDir
    Path directory;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Path bin;

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            Path file = directory.resolve("archives" + path);
            byte[] body = Files.exists(file) ? Files.readAllBytes(file) : "no such thing".getBytes(UTF_8);
            exchange.sendResponseHeaders(Files.exists(file) ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        bin = Files.createDirectories(directory.resolve("bin"));
        program(bin.resolve("rustup"), "echo rustup \"$@\"");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void fetchesItsToolsAndLinksByThem() throws Exception {
        pack("zig", "exec echo 0.16.0");
        pack(CARGO_ZIGBUILD, "printf '%s\\n' \"$CARGO_ZIGBUILD_ZIG_PATH\" \"$@\" >'" + directory + "/called'; exit 3");
        try (LegBench bench = bench(tools())) {
            assertThat(ending(bench)).startsWith("70 ").contains("cargo ended with status 3.");
            assertThat(directory.resolve("called"))
                    .content()
                    .matches(
                            "(?s)/.*/tools/zig/zig\\Rzigbuild\\R--target\\Rx86_64-unknown-linux-gnu\\.2\\.17\\R--release\\R.*");
            assertThat(requests).containsExactly("/zig.tar.xz", "/cargo-zigbuild.tar.xz");
        }
    }

    @Test
    void takesToolsOfTheRightVersionsFromTheMachine() throws Exception {
        program(bin.resolve("zig"), "exec echo 0.16.0");
        program(bin.resolve(CARGO_ZIGBUILD), "[ $1 = --version ] || exit 3; echo cargo-zigbuild 0.23.4");
        try (LegBench bench = bench(tools())) {
            assertThat(ending(bench)).startsWith("70 ").contains("cargo ended with status 3.");
            assertThat(requests).isEmpty();
        }
        program(bin.resolve("zig"), "exec echo 0.9.1");
        try (LegBench bench = bench(tools())) {
            assertThat(ending(bench)).startsWith("69 ").contains("zig 0.16.0 could not be fetched from " + uri("zig"));
        }
    }

    @Test
    void refusesAnArchiveWithAnotherDigest() throws Exception {
        pack("zig", "exec echo 0.16.0");
        List<String> lines = new ArrayList<>(tools());
        lines.set(0, lines.get(0).replaceFirst("[0-9a-f]{64}", "0".repeat(64)));
        try (LegBench bench = bench(lines)) {
            assertThat(ending(bench))
                    .startsWith("69 ")
                    .contains("is not the zig 0.16.0 that was asked for: its SHA-256 is")
                    .contains(" instead of " + "0".repeat(64) + ".");
            assertThat(bench.progress(Phase.FAILED)).hasSize(1);
        }
    }

    @Test
    void namesFailedDownloads() throws Exception {
        try (LegBench bench = bench(tools())) {
            assertThat(ending(bench))
                    .startsWith("69 ")
                    .contains("zig 0.16.0 could not be fetched from " + uri("zig") + ".");
            assertThat(bench.progress(Phase.FAILED))
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.text()).contains("404"));
        }
    }

    @Test
    void compilesToolsThatAreNotPublishedForTheMachine() throws Exception {
        program(bin.resolve("zig"), "exec echo 0.16.0");
        program(bin.resolve("cargo"), """
            [ "$1" = install ] || exit 4
            echo "$RUSTUP_TOOLCHAIN" "$@" >'%1$s/installed'
            while [ "$1" != --root ]; do shift; done
            mkdir -p "$2/bin"
            printf '#!/bin/sh\\nexit 5\\n' >"$2/bin/cargo-zigbuild"
            chmod +x "$2/bin/cargo-zigbuild\"\
            """.formatted(directory));
        List<String> lines = tools().stream()
                .map(line -> line.startsWith("tool=zig") ? line : line.replace(" x86_64 ", " sparc64 "))
                .toList();
        try (LegBench bench = bench(lines)) {
            assertThat(ending(bench)).startsWith("70 ").contains("cargo ended with status 5.");
            assertThat(directory.resolve("installed"))
                    .content()
                    .startsWith("stable install --locked --version 0.23.4 --root ")
                    .endsWith(" cargo-zigbuild\n");
            assertThat(directory.resolve("leg.log")).content().contains("rustup toolchain install stable");
        }
        program(bin.resolve("zig"), "exit 1");
        List<String> none = lines.stream()
                .map(line -> line.replace(" x86_64 ", " sparc64 "))
                .toList();
        try (LegBench bench = bench(none)) {
            assertThat(ending(bench)).startsWith("69 ").contains("there is no zig 0.16.0 for a machine of the kind '");
        }
    }

    @Test
    @Tag("slow")
    void outputsLinkedByZigRunWithTheOldGlibc() throws Exception {
        Optional<String> zig = Optional.ofNullable(System.getenv("ZIG"));
        assumeTrue(zig.isPresent(), "the environment variable ZIG names no zig");
        program(bin.resolve("zig"), "[ \"$1\" = version ] && exec echo 0.16.0; exec '" + zig.get() + "' \"$@\"");
        program(bin.resolve(CARGO_ZIGBUILD), STAND_IN);
        try (LegBench bench = bench(tools())) {
            // The symbols for threads carry the version of the glibc at link time, such as 2.34.
            bench.source("src/main.rs", "fn main() { std::thread::spawn(|| println!(\"hello\")).join().unwrap(); }\n");
            assertThat(ending(bench)).startsWith("0 ");
            Requirements wanted =
                    Requirements.NONE.withGlibc(Version.parse("2.17").orElseThrow());
            for (OutputKind kind : List.of(OutputKind.BIN, OutputKind.CDYLIB)) {
                String name = LegBench.HOST.naming().fileName(kind, kind == OutputKind.BIN ? "greet" : "greeter");
                Path built = bench.directory
                        .resolve("target/x86_64-unknown-linux-gnu/release")
                        .resolve(name);
                assertThat(new BinaryCheck(LegBench.HOST, kind, wanted)
                                .check(built, name)
                                .errors())
                        .isEmpty();
            }
        }
    }

    @Test
    void onThisMachineCargoZigbuildNeedsAZig() throws Exception {
        Leg leg = leg(Service.LOCAL);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("CARGO_ZIGBUILD_PYTHON_PATH", "/nowhere/python3");
        environment.put("CARGO_ZIGBUILD_ZIG_PATH", bin.resolve("zig").toString());
        environment.put("PATH", bin + ":" + environment.get("PATH"));
        LocalToolchain toolchain = LocalToolchain.find(environment, directory, Optional.empty());
        assertThat(toolchain.zig(LegBench.leg(LegBench.HOST), environment, directory))
                .isEmpty();
        assertThatThrownBy(() -> toolchain.environmentFor(leg, environment, directory))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith("The platform 'linux-x86_64' cannot be linked for glibc 2.17 on this machine:"
                        + " cargo-zigbuild is there, but no zig,")
                .hasMessageContaining("<glibc> (-Dtravis-compile.glibc)");

        assertThat(LocalToolchain.hasZigbuild(Map.of("PATH", bin.toString()))).isFalse();
        program(bin.resolve("zig"), "exec echo 0.15.2");
        program(bin.resolve(CARGO_ZIGBUILD), "exec echo cargo-zigbuild 0.22.0");
        assertThat(LocalToolchain.hasZigbuild(Map.of("PATH", bin.toString()))).isTrue();
        assertThat(toolchain.environmentFor(leg, environment, directory))
                .doesNotContainKey(leg.target().cargoVariable("LINKER"));
        assertThat(toolchain.zig(leg, environment, directory)).contains("cargo-zigbuild 0.22.0", "0.15.2");
    }

    private static Leg leg(Service service) {
        return LegSample.of(LegBench.leg(LegBench.HOST).on(service))
                .with(new LegSetup(List.of(), List.of(), FLOOR))
                .leg();
    }

    /** Returns a hosted leg that fetches its tools from here. */
    private LegBench bench(List<String> tools) throws Exception {
        Leg leg = leg(TravisProvider.SERVICE);
        LegBench bench = new LegBench(Files.createTempDirectory(directory, "bench"));
        bench.layOut(leg);
        Path file = bench.checkout.resolve(".travis-compile/" + leg.id() + ".leg");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("tool=zig 0.16.0 "))
                .hasSize(2);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("tool=cargo-zigbuild 0.23.4 x86_64 "))
                .hasSize(1);
        lines.removeIf(line -> line.startsWith("tool="));
        lines.addAll(tools);
        Files.writeString(file, String.join("\n", lines) + "\n");
        return bench;
    }

    private List<String> tools() throws IOException {
        return List.of(tool("zig", "0.16.0"), tool(CARGO_ZIGBUILD, "0.23.4"));
    }

    private String tool(String name, String version) throws IOException {
        Path archive = directory.resolve("archives/" + name + ".tar.xz");
        String digest = Files.exists(archive) ? Sha256.of(archive).hex() : "1".repeat(64);
        return "tool=" + name + " " + version + " x86_64 " + digest + " " + uri(name);
    }

    private String uri(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + ".tar.xz";
    }

    /** Writes an archive in the publishers' layout: one folder, which holds the program. */
    private void pack(String name, String commands) throws Exception {
        Path folder = Files.createDirectories(directory.resolve("packing/" + name + "-1.0"));
        program(folder.resolve(name), commands);
        Path archive = Files.createDirectories(directory.resolve("archives")).resolve(name + ".tar.xz");
        assertThat(new ProcessBuilder(
                                "tar",
                                "-cJf",
                                archive.toString(),
                                folder.getFileName().toString())
                        .directory(directory.resolve("packing").toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void program(Path file, String commands) throws Exception {
        Files.writeString(file, "#!/bin/bash\n" + commands + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String ending(LegBench bench) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", ".travis-compile/leg.sh", bench.leg.id())
                .directory(bench.checkout.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("TCMP_KEY", bench.key.revealHex());
        builder.environment().put("TCMP_URL", bench.server.uri().toString());
        builder.environment().put("TCMP_DEADLINE", "5");
        builder.environment().put("TCMP_LOG", directory.resolve("leg.log").toString());
        builder.environment()
                .put("CARGO_TARGET_DIR", bench.directory.resolve("target").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor() + " " + said;
    }
}
