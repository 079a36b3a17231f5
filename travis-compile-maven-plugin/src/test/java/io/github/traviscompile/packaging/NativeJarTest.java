package io.github.traviscompile.packaging;

import static io.github.traviscompile.packaging.SampleFiles.TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeJarTest {

    private static final Platform HERE = Host.current(Map.of()).platform().orElse(Platform.LINUX_X86_64);
    private static final ModuleName MODULE = ModuleName.of("com.example", "greet", HERE.id());
    private static final JarManifest MANIFEST = new JarManifest("greet", "1.0-SNAPSHOT", MODULE);

    @TempDir
    Path temp;

    @Test
    void theManifestComesFirstAndDescribesTheJar() throws Exception {
        Path jar = write(JarLayout.DEFAULT, Platform.LINUX_X86_64, Platform.OSX_AARCH_64);

        try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
            assertThat(in.getManifest()).isEqualTo(new Manifest(new ByteArrayInputStream(MANIFEST.bytes())));
        }
        assertThat(new String(MANIFEST.bytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"))
                .isEqualTo("""
                        Manifest-Version: 1.0
                        Created-By: travis-compile-maven-plugin
                        Implementation-Title: greet
                        Implementation-Version: 1.0-SNAPSHOT
                        Automatic-Module-Name: com.example.greet.linux_x86_64

                        """.replace("linux_x86_64", HERE.id().replace('-', '_')));
        assertThat(jarTool("--list", "--file=" + jar)).isEqualTo("""
                        META-INF/MANIFEST.MF
                        META-INF/LICENSE
                        META-INF/native/linux-x86_64/greet-tool
                        META-INF/native/linux-x86_64/libgreet.so
                        META-INF/native/osx-aarch_64/greet-tool
                        META-INF/native/osx-aarch_64/libgreet.dylib
                        """);
    }

    @Test
    void theBytesDependOnTheContentAndTheTimeOnly() throws Exception {
        Path jar = write(JarLayout.DEFAULT, Platform.LINUX_X86_64, Platform.OSX_AARCH_64);
        Path other = temp.resolve("other.jar");
        SortedMap<Platform, List<ArchiveFile>> natives = new TreeMap<>();
        natives.put(Platform.OSX_AARCH_64, List.copyOf(files("elsewhere", Platform.OSX_AARCH_64)));
        natives.put(Platform.LINUX_X86_64, List.copyOf(files("elsewhere", Platform.LINUX_X86_64)));

        Sha256 digest = new NativeJar(MANIFEST, JarLayout.DEFAULT, natives, List.of(licence())).write(other, TIME);

        assertThat(other).hasSameBinaryContentAs(jar);
        assertThat(digest).isEqualTo(Sha256.of(jar));
    }

    @Test
    void executableBitsAreKept() throws Exception {
        Path jar = write(JarLayout.DEFAULT, Platform.LINUX_X86_64);
        try (ZipFile zip = ZipFile.builder().setPath(jar).get()) {
            assertThat(mode(zip, "META-INF/native/linux-x86_64/greet-tool")).isEqualTo(0100755);
            assertThat(mode(zip, "META-INF/native/linux-x86_64/libgreet.so")).isEqualTo(0100755);
            assertThat(mode(zip, "META-INF/LICENSE")).isEqualTo(0100644);
            assertThat(mode(zip, "META-INF/MANIFEST.MF")).isEqualTo(0100644);
        }
    }

    @Test
    void infoZipAcceptsIt() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unzip")), "needs unzip");
        Path jar = write(JarLayout.JNA, Platform.LINUX_X86_64, Platform.WINDOWS_AARCH_64);
        assertThat(run("/usr/bin/unzip", "-tqq", jar.toString())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void isAModuleOnEveryPlatform(Platform platform) throws Exception {
        ModuleName name = ModuleName.of("io.github.7zip.new", "lib-greet", platform.id());
        Path jar = temp.resolve("greet.jar");
        new NativeJar(
                        new JarManifest("greet", "1", name),
                        JarLayout.DEFAULT,
                        new TreeMap<>(Map.of(platform, files("in", platform))),
                        List.of())
                .write(jar, TIME);

        assertThat(jarTool("--describe-module", "--file=" + jar)).contains(name + " automatic");
        assertThat(ModuleFinder.of(jar).findAll())
                .singleElement()
                .satisfies(module -> assertThat(module.descriptor())
                        .returns(name.value(), ModuleDescriptor::name)
                        .returns(true, ModuleDescriptor::isAutomatic));
    }

    @Test
    void aClassLoaderFindsALibraryThatTheJvmLoads() throws Exception {
        Path jar = write(JarLayout.DEFAULT, List.of(compiled()));

        try (URLClassLoader loader = loader(jar);
                InputStream in = Objects.requireNonNull(
                        loader.getResourceAsStream(JarLayout.DEFAULT.folder(HERE) + System.mapLibraryName("greet")))) {
            Path library = temp.resolve(System.mapLibraryName("unpacked"));
            Files.copy(in, library);
            System.load(library.toString());
        }

        assertThat(Greeter.answer()).isEqualTo(42);
    }

    @Test
    void jnaFindsAndLoadsALibraryByItself() throws Exception {
        Path jar = write(JarLayout.JNA, List.of(compiled()));

        try (URLClassLoader loader = loader(jar);
                NativeLibrary library =
                        NativeLibrary.getInstance("greet", Map.of(Library.OPTION_CLASSLOADER, loader))) {
            assertThat(library.getFunction("greet_answer").invokeInt(new Object[0]))
                    .isEqualTo(42);
        }
    }

    @Test
    void platformsOfOneFolderAreRefusedAndNothingIsWritten() {
        assertThatThrownBy(() -> write(JarLayout.JNA, Platform.WINDOWS_X86_64, Platform.WINDOWS_X86_64_GNU))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll("windows-x86_64 and of windows-x86_64-gnu", "'win32-x86-64/'", "<jarLayout>");
        assertThat(temp.resolve("a.jar")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MANIFEST.MF", "Manifest.mf"})
    void aDocumentDoesNotReplaceTheManifest(String name) throws Exception {
        Path document = Files.writeString(temp.resolve(name), "Class-Path: evil.jar\n");
        NativeJar jar = new NativeJar(
                MANIFEST,
                JarLayout.DEFAULT,
                new TreeMap<>(),
                List.of(new ArchiveFile(name, document, false, Optional.empty())));
        assertThatThrownBy(() -> jar.write(temp.resolve("a.jar"), TIME))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll(document.toString(), "manifest");
    }

    @Test
    void aFileOfAnotherDigestIsRefused() throws Exception {
        List<ArchiveFile> files = files("in", Platform.LINUX_X86_64);
        Files.writeString(files.get(0).content(), "altered");
        NativeJar jar = new NativeJar(
                MANIFEST, JarLayout.DEFAULT, new TreeMap<>(Map.of(Platform.LINUX_X86_64, files)), List.of());

        assertThatThrownBy(() -> jar.write(temp.resolve("a.jar"), TIME))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("was altered after its delivery");
        assertThat(temp.resolve("a.jar")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0\nClass-Path: evil.jar", "1.0\rx", "a\0b"})
    void aValueWithALineBreakIsRefused(String value) {
        assertThatThrownBy(() -> new JarManifest("greet", value, MODULE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JarManifest(value, "1.0", MODULE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLongVersionIsWrappedAndReadBack() throws Exception {
        String version = "1.0-" + "x".repeat(300);
        Manifest manifest = new Manifest(new ByteArrayInputStream(new JarManifest("a", version, MODULE).bytes()));
        assertThat(manifest.getMainAttributes().getValue("Implementation-Version"))
                .isEqualTo(version);
    }

    /** Returns a library compiled for this machine, with functions for JNI and JNA. */
    private ArchiveFile compiled() throws Exception {
        assumeTrue(hasRustc(), "needs rustc");
        Path source = Files.writeString(temp.resolve("greet.rs"), """
                #[no_mangle]
                pub extern "C" fn greet_answer() -> i32 {
                    42
                }
                #[no_mangle]
                pub extern "system" fn Java_io_github_traviscompile_packaging_NativeJarTest_00024Greeter_answer(
                    _env: *mut u8,
                    _class: *mut u8,
                ) -> i32 {
                    greet_answer()
                }
                """);
        Path library = temp.resolve(System.mapLibraryName("greet"));
        run("rustc", "--crate-type", "cdylib", "-o", library.toString(), source.toString());
        return new ArchiveFile(library.getFileName().toString(), library, true, Optional.of(Sha256.of(library)));
    }

    private static boolean hasRustc() throws Exception {
        try {
            return run("rustc", "--version").startsWith("rustc ");
        } catch (IOException absent) {
            return false;
        }
    }

    static final class Greeter {
        private Greeter() {}

        static native int answer();
    }

    private Path write(JarLayout layout, Platform... platforms) throws Exception {
        SortedMap<Platform, List<ArchiveFile>> natives = new TreeMap<>();
        for (Platform platform : platforms) {
            natives.put(platform, files("in", platform));
        }
        Path jar = temp.resolve("a.jar");
        new NativeJar(MANIFEST, layout, natives, List.of(licence())).write(jar, TIME);
        return jar;
    }

    private Path write(JarLayout layout, List<ArchiveFile> files) throws Exception {
        Path jar = temp.resolve("a.jar");
        new NativeJar(MANIFEST, layout, new TreeMap<>(Map.of(HERE, files)), List.of()).write(jar, Instant.EPOCH);
        return jar;
    }

    private ArchiveFile licence() throws IOException {
        Path licence = Files.writeString(temp.resolve("LICENSE"), "do what you like");
        return new ArchiveFile("LICENSE", licence, false, Optional.empty());
    }

    private List<ArchiveFile> files(String folder, Platform platform) throws IOException {
        Path in = Files.createDirectories(temp.resolve(folder).resolve(platform.id()));
        String name = switch (platform.naming()) {
            case ELF -> "libgreet.so";
            case MACH_O -> "libgreet.dylib";
            case WINDOWS_MSVC, WINDOWS_GNU -> "greet.dll";
        };
        Path library = Files.writeString(in.resolve("library"), "library of " + platform);
        Path tool = Files.writeString(in.resolve("tool"), "tool of " + platform);
        return List.of(
                new ArchiveFile(name, library, true, Optional.of(Sha256.of(library))),
                new ArchiveFile("greet-tool", tool, true, Optional.of(Sha256.of(tool))));
    }

    private static URLClassLoader loader(Path jar) throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, NativeJarTest.class.getClassLoader());
    }

    private static int mode(ZipFile zip, String name) {
        return zip.getEntry(name).getUnixMode();
    }

    private static String jarTool(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintWriter writer = new PrintWriter(out, true, StandardCharsets.UTF_8);
        int status = ToolProvider.findFirst("jar").orElseThrow().run(writer, writer, arguments);
        String output = out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        assertThat(status).as(output).isZero();
        return output;
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
