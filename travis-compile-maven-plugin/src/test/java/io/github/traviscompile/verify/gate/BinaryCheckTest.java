package io.github.traviscompile.verify.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.Fact;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.verify.binary.AppleSystem;
import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.binary.Corpus;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.MachO;
import io.github.traviscompile.verify.binary.Pe;
import io.github.traviscompile.verify.binary.Sample;
import io.github.traviscompile.verify.binary.SymbolNames;
import io.github.traviscompile.verify.binary.SymbolNames.Decoration;
import io.github.traviscompile.verify.bytes.BytesChannel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCheckTest {

    private static final int X86_64 = 0x8664;

    @TempDir
    Path temp;

    @Test
    void aDamagedFileIsAFindingAndAMissingOneAFailure() throws Exception {
        Path file = Files.write(temp.resolve("libcut.so"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        BinaryVerdict verdict = check(Platform.LINUX_X86_64, Requirements.NONE).check(file, "libcut.so");
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.facts()).isEmpty();
        assertThat(verdict.errors())
                .containsExactly(
                        "The file 'libcut.so' for linux-x86_64 is not a valid ELF file: the identification would"
                                + " take 16 bytes, of which 7 are there, at offset 0. It is damaged, or not a"
                                + " compiler's"
                                + " output: compile it again, with <forceBuild> (-Dtravis-compile.forceBuild) if it"
                                + " was kept"
                                + " from an earlier run.");
        BinaryCheck check = check(Platform.LINUX_X86_64, Requirements.NONE);
        assertThatThrownBy(() -> check.check(temp.resolve("absent")))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("cannot be read: no such file");
    }

    @Test
    void appleSiliconRequiresASignature() {
        assertThat(check(Platform.OSX_AARCH_64, Requirements.NONE)
                        .check(machO(false, List.of()), "libfoo.dylib")
                        .errors())
                .singleElement()
                .asString()
                .startsWith("The file 'libfoo.dylib' for osx-aarch_64 has no code signature, and macOS kills unsigned"
                        + " code on");
        assertThat(check(Platform.OSX_AARCH_64, Requirements.NONE)
                        .check(machO(true, List.of()), "libfoo.dylib")
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/lib/libSystem.B.dylib, true",
        "/System/Library/Frameworks/Security.framework/Versions/A/Security, true",
        "/usr/lib/../local/lib/libfoo.dylib, false",
        "/opt/homebrew/opt/openssl@3/lib/libssl.3.dylib, false",
        "@rpath/libfoo.dylib, false",
        "libfoo.dylib, false"
    })
    void macosHasItsOwnLibrariesOnly(String library, boolean passes) {
        BinaryVerdict verdict =
                check(Platform.OSX_AARCH_64, Requirements.NONE).check(machO(true, List.of(library)), "libfoo.dylib");
        assertThat(verdict.passed()).isEqualTo(passes);
        String name = library.substring(library.lastIndexOf('/') + 1);
        Requirements allowed = Requirements.NONE.withAllowedLibraries(List.of(name));
        assertThat(check(Platform.OSX_AARCH_64, allowed)
                        .check(machO(true, List.of(library)), "libfoo.dylib")
                        .passed())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"11.0, 10.13, true", "11.0, 11, true", "12.3, 12.2, false", "12.3, 12.3, true", "13.0.1, 13, false"})
    void macosIsOldEnoughAndNeverOlderThanItsProcessor(String minimum, String oldest, boolean passes) {
        Requirements wanted = Requirements.NONE.withMacos(Version.parse(oldest).orElseThrow());
        BinaryVerdict verdict = check(Platform.OSX_AARCH_64, wanted).check(machO(minimum), "libfoo.dylib");
        assertThat(verdict.errors()).hasSize(passes ? 0 : 1);
        assertThat(verdict.errors())
                .allSatisfy(error -> assertThat(error)
                        .startsWith("The file 'libfoo.dylib' for osx-aarch_64 needs macOS " + minimum
                                + ", but <macosDeploymentTarget> (-Dtravis-compile.macosDeploymentTarget) is"
                                + " " + oldest + "."));
    }

    @Test
    void anIntelMacIsCheckedAgainstItsDeploymentTarget() throws Exception {
        Sample sample = Corpus.named("com/sun/jna/darwin-x86-64/libjnidispatch.jnilib");
        Requirements older = Requirements.NONE.withMacos(Version.parse("10.2").orElseThrow());
        assertThat(check(Platform.OSX_X86_64, older).check(sample.read(), "a").errors())
                .anySatisfy(error -> assertThat(error).contains("<macosDeploymentTarget>"));
        Requirements newer = Requirements.NONE.withMacos(Version.parse("10.3").orElseThrow());
        assertThat(check(Platform.OSX_X86_64, newer).check(sample.read(), "a").errors())
                .noneMatch(error -> error.contains("<macosDeploymentTarget>"));
    }

    @Test
    void microsoftsRunTimeIsAWarningUnlessItMustBeStatic() {
        Pe pe = pe(X86_64, "KERNEL32.dll", "VCRUNTIME140.dll", "api-ms-win-crt-heap-l1-1-0.dll");
        assertThat(pe.runTime()).containsExactly("VCRUNTIME140.dll", "api-ms-win-crt-heap-l1-1-0.dll");
        BinaryVerdict asked = check(Platform.WINDOWS_X86_64, Requirements.NONE.withStaticRunTime())
                .check(pe, "foo.dll");
        assertThat(asked.errors())
                .containsExactly(
                        "The file 'foo.dll' for windows-x86_64 imports 'VCRUNTIME140.dll', but the C run time must"
                                + " be linked statically. Compile all of it that way, C code too (/MT), or set"
                                + " <windowsStaticCrt> (-Dtravis-compile.windowsStaticCrt) to 'false', or name the"
                                + " libraries that users have"
                                + " in <allowedLibraries>"
                                + " (-Dtravis-compile.allowedLibraries).");
        BinaryVerdict unasked =
                check(Platform.WINDOWS_X86_64, Requirements.NONE).check(pe, "foo.dll");
        assertThat(unasked.errors()).isEmpty();
        assertThat(unasked.warnings())
                .singleElement()
                .asString()
                .contains("Visual C++ Redistributable only", "<windowsStaticCrt>");
        Requirements allowed = Requirements.NONE.withAllowedLibraries(List.of("vcruntime140.dll"));
        assertThat(check(Platform.WINDOWS_X86_64, allowed).check(pe, "foo.dll").findings())
                .isEmpty();
    }

    @Test
    void theRunTimeOfTheOtherCompilerIsFound() {
        assertThat(check(Platform.WINDOWS_X86_64_GNU, Requirements.NONE)
                        .check(pe(X86_64, "vcruntime140.dll"), "foo.dll")
                        .errors())
                .singleElement()
                .asString()
                .contains("imports 'vcruntime140.dll', which is not the C run time of x86_64-pc-windows-gnu");
        assertThat(check(Platform.WINDOWS_X86_64, Requirements.NONE)
                        .check(pe(X86_64, "msvcrt.dll"), "foo.dll")
                        .errors())
                .singleElement()
                .asString()
                .contains("imports 'msvcrt.dll', which is not the C run time of x86_64-pc-windows-msvc");
    }

    @Test
    void pythonsLibraryIsAllowedForAModule() {
        Pe pe = pe(X86_64, "python311.dll");
        assertThat(check(Platform.WINDOWS_X86_64, Requirements.NONE)
                        .check(pe, "foo.pyd")
                        .errors())
                .hasSize(1);
        assertThat(check(Platform.WINDOWS_X86_64, Requirements.NONE.withPythonModule("foo"))
                        .check(pe, "foo.pyd")
                        .errors())
                .singleElement()
                .asString()
                .contains("PyInit_foo");
    }

    /** A file marked x86_64 that is not x86_64, and one marked ARM64 with more code than that. */
    @ParameterizedTest
    @CsvSource({"jna/win32-x86-64/jnidispatch.dll, ARM64EC", "jna/win32-aarch64/jnidispatch.dll, ARM64X"})
    void hybridsOfWindowsOnArmAreDistinguished(String name, Cpu cpu) throws Exception {
        byte[] bytes = Corpus.named(name).bytes().clone();
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(((Pe) Binary.read(new BytesChannel(bytes))).hybrid()).isFalse();
        int configuration = loadConfiguration(file);
        file.putInt(configuration, 0x140).putLong(configuration + 0xc8, 0x1_8000_1000L);

        Pe pe = (Pe) Binary.read(new BytesChannel(bytes));
        assertThat(pe.cpu()).isEqualTo(cpu);
        assertThat(check(Platform.WINDOWS_X86_64, Requirements.NONE)
                        .check(pe, "foo.dll")
                        .passed())
                .isFalse();
    }

    /** Finds the offset without the reader under test. */
    private static int loadConfiguration(ByteBuffer file) {
        int header = file.getInt(60);
        int address = file.getInt(header + 24 + 112 + 8 * 10);
        int sections = header + 24 + file.getShort(header + 20);
        for (int i = 0; i < file.getShort(header + 6); i++) {
            int within = address - file.getInt(sections + 40 * i + 12);
            if (within >= 0 && within < file.getInt(sections + 40 * i + 16)) {
                return file.getInt(sections + 40 * i + 20) + within;
            }
        }
        throw new AssertionError("no load configuration");
    }

    @Test
    void aSliceForAnotherProcessorIsNotTaken() throws Exception {
        Sample fat = Corpus.named("jni/Darwin/libjffi-1.2.jnilib");
        BinaryVerdict verdict = check(Platform.OSX_X86_64, Requirements.NONE).check(fat.read(), "libjffi.dylib");
        assertThat(verdict.errors())
                .singleElement()
                .asString()
                .startsWith(
                        "The slice for aarch_64 of the file 'libjffi.dylib' for osx-x86_64 is a Mach-O shared library"
                                + " for aarch_64 on macOS, but a Mach-O shared library for x86_64 on macOS is wanted.");
        assertThat(verdict.facts()).extracting(Fact::value).contains("x86_64", "aarch_64");
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void controlCharactersInANameNeverReachATerminal(Platform platform) throws Exception {
        Pe pe = pe(X86_64, "\u001b[2Jevil\r\n.dll", "b".repeat(5000));
        BinaryVerdict verdict = check(platform, Requirements.NONE).check(pe, "a\u0007.dll");
        assertThat(verdict.errors())
                .isNotEmpty()
                .allMatch(sentence -> sentence.chars().noneMatch(Character::isISOControl) && sentence.length() < 1000);
        assertThat(verdict.facts()).allMatch(fact -> fact.value().chars().noneMatch(Character::isISOControl));
    }

    @Test
    void theCLibraryOfTheOtherLinuxIsFound() throws Exception {
        Sample musl = Corpus.named("Linux-Musl/x86_64/libsqlitejdbc.so");
        assertThat(check(Platform.LINUX_X86_64, Requirements.NONE)
                        .check(musl.read(), "libfoo.so")
                        .errors())
                .anySatisfy(sentence -> assertThat(sentence)
                        .contains("is for musl (it needs libc.musl-x86_64.so.1), but glibc is wanted.")
                        .contains("CC_x86_64_unknown_linux_gnu and CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER"));
        Sample glibc = Corpus.named("native/Linux/x86_64/libsqlitejdbc.so");
        assertThat(check(Platform.LINUX_X86_64_MUSL, Requirements.NONE)
                        .check(glibc.read(), "libfoo.so")
                        .errors())
                .anySatisfy(sentence -> assertThat(sentence).contains("is for glibc (it needs GLIBC_"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "1st", "é"})
    void aModuleHasAPlainName(String name) {
        assertThatThrownBy(() -> Requirements.NONE.withPythonModule(name)).isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * Entry points are decorated as on their systems. A few files, for FreeBSD and armhf, hide theirs, so nobody can
     * call them.
     */
    @Test
    void entryPointsOfOthersAreFoundOnEverySystem() throws Exception {
        int found = 0;
        for (Sample sample : Corpus.all()) {
            boolean holdsJava = new String(sample.bytes(), ISO_8859_1).contains("Java_");
            if (holdsJava
                    && !sample.isCalled("freebsd")
                    && !sample.isCalled("armhf")
                    && sample.name().contains(".jar")
                    && sample.read() instanceof Image image) {
                assertThat(image.exports().hasAny("Java_")).as(sample.name()).isTrue();
                found++;
            }
        }
        assertThat(found).isGreaterThan(150);
    }

    private static BinaryCheck check(Platform platform, Requirements requirements) {
        return new BinaryCheck(platform, OutputKind.CDYLIB, requirements);
    }

    private static Pe pe(int machine, String... imports) {
        return new Pe(64, machine, false, 0x2022, 2, List.of(imports), List.of(), SymbolNames.NONE);
    }

    private static MachO machO(String minimum) {
        return machO(true, List.of(), minimum);
    }

    private static MachO machO(boolean signed, List<String> needed) {
        return machO(signed, needed, "11.0");
    }

    private static MachO machO(boolean signed, List<String> needed, String minimum) {
        return new MachO(
                64,
                ByteOrder.LITTLE_ENDIAN,
                0x0100_000c,
                0,
                6,
                Optional.of(new AppleSystem(1, Version.parse(minimum).orElseThrow())),
                Optional.empty(),
                needed,
                List.of("@loader_path/../lib"),
                signed,
                new SymbolNames(Decoration.UNDERSCORE, List.of()),
                SymbolNames.NONE);
    }
}
