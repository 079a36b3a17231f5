package io.github.traviscompile.verify.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.binary.FileType;
import io.github.traviscompile.verify.binary.Judge;
import io.github.traviscompile.verify.binary.VersionNeed;
import io.github.traviscompile.verify.bytes.BytesChannel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The output of this machine's compilers, with each fault that the gate finds. */
class CompiledHereTest {

    @TempDir
    Path temp;

    private Path program;
    private Path library;

    @BeforeEach
    void write() throws Exception {
        program = Files.writeString(
                temp.resolve("program.c"), "#include <stdio.h>\nint main(void) { return puts(\"hello\") < 0; }\n");
        library = Files.writeString(
                temp.resolve("library.c"),
                "#include <stdlib.h>\nint twice(int n) { return rand() < 0 ? n : 2 * n; }\nint JNI_OnLoad(void *vm)"
                        + " { return vm != 0; }\n");
    }

    @ParameterizedTest
    @CsvSource({
        "gcc, gcc, LINUX_X86_64",
        "aarch64-linux-gnu-gcc, gcc-aarch64-linux-gnu libc6-dev-arm64-cross, LINUX_AARCH_64",
        "i686-linux-gnu-gcc, gcc-i686-linux-gnu libc6-dev-i386-cross, LINUX_X86_32"
    })
    void programsAndLibrariesPassOnTheirOwnPlatformOnly(String compiler, String debianPackage, Platform platform)
            throws Exception {
        Judge gcc = Judge.of(compiler, debianPackage);
        for (List<String> how : List.of(List.of("-pie", "-fPIE"), List.of("-no-pie"), List.of("-pie", "-fPIE", "-s"))) {
            Path built = compile(gcc, program, how);
            assertThat(accepting(built, OutputKind.BIN)).as("%s", how).containsExactly(platform);
            assertThat(accepting(built, OutputKind.CDYLIB)).isEmpty();
        }
        Path built = compile(gcc, library, List.of("-shared", "-fPIC"));
        assertThat(accepting(built, OutputKind.CDYLIB)).containsExactly(platform);
        assertThat(accepting(built, OutputKind.BIN)).isEmpty();
    }

    /** A static program runs with any C library. */
    @ParameterizedTest
    @ValueSource(strings = {"-static", "-static-pie"})
    void aStaticProgramPassesWhateverTheCLibrary(String how) throws Exception {
        Path built = compile(gcc(), program, List.of(how, "-fPIE"));
        Elf elf = (Elf) Binary.read(built);
        assertThat(elf.type()).isEqualTo(FileType.EXECUTABLE);
        assertThat(elf.libc().family()).isEqualTo(LibcFamily.STATIC);
        assertThat(accepting(built, OutputKind.BIN)).containsExactly(Platform.LINUX_X86_64, Platform.LINUX_X86_64_MUSL);
    }

    @ParameterizedTest
    @CsvSource({
        "/home/alice/target/release/deps, 1",
        "$ORIGIN/../lib:/home/alice, 1",
        "../lib, 1",
        "$ORIGIN, 0",
        "${ORIGIN}/deps:/usr/lib/jvm, 0"
    })
    void directoriesOfTheMachineThatCompiledAreFound(String path, int errors) throws Exception {
        for (String tags : List.of("--enable-new-dtags", "--disable-new-dtags")) {
            Path built = compile(gcc(), library, List.of("-shared", "-fPIC", "-Wl,-rpath," + path, "-Wl," + tags));
            assertThat(errors(built, OutputKind.CDYLIB, Requirements.NONE))
                    .hasSize(errors)
                    .allMatch(sentence -> sentence.contains("looks for libraries in '")
                            && sentence.contains("Begin the path with $ORIGIN"));
        }
    }

    @Test
    void anInterpreterOfTheMachineThatCompiledIsFound() throws Exception {
        Path built = compile(gcc(), program, List.of("-Wl,-dynamic-linker,/nix/store/x/lib/ld-linux-x86-64.so.2"));
        assertThat(errors(built, OutputKind.BIN, Requirements.NONE))
                .singleElement()
                .asString()
                .contains("needs the interpreter '/nix/store/x/lib/ld-linux-x86-64.so.2', which");
    }

    @Test
    void aLibraryThatNotEveryoneHasIsFoundUnlessItIsAllowed() throws Exception {
        Path other = compile(gcc(), library, List.of("-shared", "-fPIC", "-Wl,-soname,libother.so.3"));
        Path built = compile(gcc(), program, List.of("-Wl,--no-as-needed", other.toString()));
        assertThat(errors(built, OutputKind.BIN, Requirements.NONE))
                .containsExactly(
                        "The file '" + built + "' for linux-x86_64 needs 'libother.so.3', which not every Linux"
                                + " has. Link it statically, or name in <allowedLibraries>"
                                + " (-Dtravis-compile.allowedLibraries) the"
                                + " libraries that users have.");
        for (String allowed : List.of("libother.so.3", "libother.so.*", "*")) {
            assertThat(errors(built, OutputKind.BIN, Requirements.NONE.withAllowedLibraries(List.of(allowed))))
                    .isEmpty();
        }
        assertThat(errors(built, OutputKind.BIN, Requirements.NONE.withAllowedLibraries(List.of("libother.so"))))
                .hasSize(1);
    }

    @Test
    void missingRequiredExportsAreFound() throws Exception {
        Path built = compile(gcc(), library, List.of("-shared", "-fPIC"));
        assertThat(check(
                                built,
                                OutputKind.CDYLIB,
                                Requirements.NONE.withJni().withRequiredExports(List.of("twice", "JNI_OnLoad")))
                        .findings())
                .isEmpty();
        assertThat(errors(built, OutputKind.CDYLIB, Requirements.NONE.withRequiredExports(List.of("twice", "thrice"))))
                .singleElement()
                .asString()
                .contains("does not export 'thrice', though <requiredExports> (-Dtravis-compile.requiredExports) names"
                        + " it");
        assertThat(errors(built, OutputKind.CDYLIB, Requirements.NONE.withPythonModule("twice")))
                .singleElement()
                .asString()
                .contains("does not export 'PyInit_twice', which Python calls to load the module.");

        Path hidden = compile(gcc(), library, List.of("-shared", "-fPIC", "-fvisibility=hidden"));
        BinaryVerdict verdict = check(hidden, OutputKind.CDYLIB, Requirements.NONE.withJni());
        assertThat(verdict.errors()).isEmpty();
        assertThat(verdict.warnings()).singleElement().asString().contains("neither 'JNI_OnLoad' nor");
    }

    @Test
    void aGlibcThatIsTooNewIsFoundAndAWeakReferenceIsIgnored() throws Exception {
        Path strong = Files.writeString(
                temp.resolve("strong.c"), "int arc4random(void);\nint number(void) { return arc4random(); }\n");
        Requirements old = Requirements.NONE.withGlibc(Version.parse("2.17").orElseThrow());

        Path built = compile(gcc(), strong, List.of("-shared", "-fPIC"));
        assertThat(errors(built, OutputKind.CDYLIB, old))
                .containsExactly("The file '" + built + "' for linux-x86_64 needs glibc 2.36 (GLIBC_2.36 of libc.so.6),"
                        + " but <glibc> (-Dtravis-compile.glibc) is 2.17. Link it with cargo-zigbuild, compile"
                        + " it on a system with that glibc or an older one, or raise <glibc>. Hosted machines use"
                        + " cargo-zigbuild, and this one does if it and zig are on the PATH.");
        assertThat(errors(
                        built,
                        OutputKind.CDYLIB,
                        Requirements.NONE.withGlibc(Version.parse("2.36").orElseThrow())))
                .isEmpty();

        // Not every linker sets the flag for weak references; without it, the loader requires the version.
        byte[] weak = Files.readAllBytes(built);
        weak[versionFlags(weak, "GLIBC_2.36")] = 2;
        Binary lenient = Binary.read(new BytesChannel(weak));
        assertThat(((Elf) lenient).dynamic().versions()).contains(new VersionNeed("libc.so.6", "GLIBC_2.36", true));
        assertThat(new BinaryCheck(Platform.LINUX_X86_64, OutputKind.CDYLIB, old)
                        .check(lenient, "lenient")
                        .errors())
                .isEmpty();
    }

    /** Returns the offset of the flags, which follow the hash of the version's name (System V ABI, "Hash Table"). */
    private static int versionFlags(byte[] bytes, String version) {
        int hash = 0;
        for (int i = 0; i < version.length(); i++) {
            hash = (hash << 4) + version.charAt(i);
            hash = (hash ^ ((hash & 0xf000_0000) >>> 24)) & 0x0fff_ffff;
        }
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (all.getInt(at) != hash) {
            at += 4;
        }
        return at + 4;
    }

    /** Packed relative relocations need a release without a number. */
    @Test
    void relocationsMayNeedAGlibcToo() throws Exception {
        Path built = compile(gcc(), program, List.of("-pie", "-fPIE", "-Wl,-z,pack-relative-relocs"));
        assertThat(((Elf) Binary.read(built)).highest("GLIBC"))
                .contains(Version.parse("2.36").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sysv", "gnu", "both"})
    void namesAreFoundByEitherHashTableEvenWithoutSections(String style) throws Exception {
        Path built = compile(gcc(), library, List.of("-shared", "-fPIC", "-Wl,--hash-style=" + style));
        Elf whole = (Elf) Binary.read(built);
        byte[] bytes = Files.readAllBytes(built);
        Arrays.fill(bytes, 40, 48, (byte) 0);
        Elf bare = (Elf) Binary.read(new BytesChannel(bytes));

        assertThat(whole.exports().spelt()).contains("JNI_OnLoad", "twice");
        assertThat(whole.dynamic().imports().spelt()).contains("__cxa_finalize");
        assertThat(bare).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"cdylib, CDYLIB", "staticlib, STATICLIB", "bin, BIN"})
    void rustcsOutputForThisMachinePasses(String crateType, OutputKind kind) throws Exception {
        Judge rustc = Judge.of("rustc", "rustc");
        String host = Pattern.compile("host: (.*)")
                .matcher(rustc.run("-vV"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        Path source = Files.writeString(
                temp.resolve("crate.rs"),
                "#[no_mangle] pub extern \"C\" fn twice(n: i32) -> i32 { 2 * n }\npub fn main() { println!(\"{}\","
                        + " twice(1)); }\n");
        Path built = temp.resolve("built");
        rustc.run("--edition=2021", "--crate-type=" + crateType, "-O", "-o", built, source);

        Platform platform = Platform.ofTriple(host).orElseThrow();
        BinaryVerdict verdict =
                new BinaryCheck(platform, kind, Requirements.NONE.withRequiredExports(List.of("twice"))).check(built);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.facts()).extracting(Fact::name).contains("format", "CPU", "exports");
    }

    private Path compile(Judge compiler, Path source, List<String> how) throws Exception {
        Path built = Files.createTempDirectory(temp, "built").resolve("output");
        List<Object> arguments = new ArrayList<>(List.of("-o", built, source));
        arguments.addAll(how);
        compiler.run(arguments.toArray());
        return built;
    }

    private static Judge gcc() {
        return Judge.of("gcc", "gcc");
    }

    private static List<Platform> accepting(Path file, OutputKind kind) throws Exception {
        List<Platform> accepting = new ArrayList<>();
        for (Platform platform : Platform.values()) {
            if (new BinaryCheck(platform, kind, Requirements.NONE).check(file).passed()) {
                accepting.add(platform);
            }
        }
        return accepting;
    }

    private static List<String> errors(Path file, OutputKind kind, Requirements requirements) throws Exception {
        return check(file, kind, requirements).errors();
    }

    private static BinaryVerdict check(Path file, OutputKind kind, Requirements requirements) throws Exception {
        return new BinaryCheck(Platform.LINUX_X86_64, kind, requirements).check(file);
    }
}
