package io.github.traviscompile.verify.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.binary.Archive.Flavour;
import io.github.traviscompile.verify.binary.Archive.Member;
import io.github.traviscompile.verify.binary.Universal.Slice;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import io.github.traviscompile.verify.gate.BinaryCheck;
import io.github.traviscompile.verify.gate.BinaryVerdict;
import io.github.traviscompile.verify.gate.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Static libraries written and checked by LLVM's tools, in the flavours of GNU, Apple and Microsoft. */
class ArchiveTest {

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({
        "x86_64-unknown-linux-gnu, gnu, GNU, LINUX_X86_64",
        "i686-unknown-linux-gnu, gnu, GNU, LINUX_X86_32",
        "aarch64-unknown-linux-gnu, gnu, GNU, LINUX_AARCH_64",
        "x86_64-apple-macos11, darwin, BSD, OSX_X86_64",
        "arm64-apple-macos11, darwin, BSD, OSX_AARCH_64",
        "i686-pc-windows-gnu, gnu, GNU, WINDOWS_X86_32_GNU",
        "x86_64-pc-windows-gnu, gnu, GNU, WINDOWS_X86_64_GNU",
        "aarch64-unknown-linux-gnu, bsd, BSD, LINUX_AARCH_64"
    })
    void isReadAsLlvmReadsItAndAcceptedForItsPlatformOnly(
            String triple, String format, Flavour flavour, Platform platform) throws Exception {
        Path library = temp.resolve("lib.a");
        Judge.of("llvm-ar", "llvm")
                .run(
                        "--format=" + format,
                        "rcs",
                        library,
                        object(triple, "one", "first", "second"),
                        object(triple, "another_with_a_long_name", "third"));

        Archive archive = (Archive) Binary.read(library);

        assertThat(archive.flavour()).isEqualTo(flavour);
        assertReadAsLlvmReadsIt(archive, library);
        assertThat(accepting(library))
                .contains(platform)
                .allMatch(taker -> target(taker).equals(target(platform)));
        assertThat(exportErrors(library, platform, "first", "second", "third")).isEmpty();
        assertThat(exportErrors(library, platform, "fourth")).hasSize(1);
    }

    @Test
    void microsoftsHaveImportsForNamesOfDlls() throws Exception {
        Path library = temp.resolve("some.lib");
        Judge.of("llvm-lib", "llvm").run("/out:" + library, object("x86_64-pc-windows-msvc", "one", "first"));
        Archive archive = (Archive) Binary.read(library);
        assertReadAsLlvmReadsIt(archive, library);
        assertThat(accepting(library)).containsExactly(Platform.WINDOWS_X86_64, Platform.WINDOWS_X86_64_GNU);

        Path definition = Files.writeString(temp.resolve("some.def"), "LIBRARY some.dll\nEXPORTS\n first\n second\n");
        Judge.of("llvm-dlltool", "llvm").run("-m", "arm64", "-d", definition, "-l", library);
        archive = (Archive) Binary.read(library);
        assertReadAsLlvmReadsIt(archive, library);
        assertThat(archive.objects()).allMatch(object -> object.cpu() == Cpu.AARCH_64);
        assertThat(archive.objects().stream().filter(object -> object.type() == FileType.IMPORT))
                .hasSize(2)
                .allMatch(object -> object.needed().equals(List.of("some.dll")));
    }

    /** Checks the handmade archives, because no available tool writes Microsoft's second index. */
    @Test
    void handmadeArchivesAreWhatLlvmSees() throws Exception {
        for (Sample sample : HandmadeArchives.all()) {
            if (sample.read() instanceof Archive archive) {
                assertReadAsLlvmReadsIt(archive, sample.in(temp));
                assertThat(archive.flavour().name().toLowerCase(Locale.ROOT))
                        .isEqualTo(sample.name().replaceFirst("\\..*", ""));
            }
        }
    }

    @Test
    void anObjectForAnotherProcessorSpoilsTheLibrary() throws Exception {
        Path library = temp.resolve("libmixed.a");
        Judge.of("llvm-ar", "llvm")
                .run(
                        "rcs",
                        library,
                        object("x86_64-unknown-linux-gnu", "right", "first"),
                        object("aarch64-unknown-linux-gnu", "wrong", "second"));
        assertThat(check(library, Platform.LINUX_X86_64).errors())
                .singleElement()
                .asString()
                .contains("holds an ELF object file for aarch_64 on an unknown system, 'wrong.o', but")
                .contains("an ar archive of ELF object files for x86_64 is wanted");
    }

    @Test
    void otherFilesInALibraryAreIgnored() throws Exception {
        Path library = temp.resolve("libwith.a");
        Path text = Files.writeString(temp.resolve("lib.rmeta"), "rust metadata, of an odd length");
        Judge.of("llvm-ar", "llvm").run("rcs", library, text, object("i686-unknown-linux-gnu", "one", "first"));
        Archive archive = (Archive) Binary.read(library);
        assertThat(archive.members()).extracting(Member::name).containsExactly("lib.rmeta", "one.o");
        assertThat(accepting(library)).containsExactly(Platform.LINUX_X86_32);
    }

    @Test
    void aLibraryThatOnlyNamesItsObjectsIsRefused() throws Exception {
        Path library = temp.resolve("libthin.a");
        Judge.of("llvm-ar", "llvm").run("--thin", "rcs", library, object("i686-unknown-linux-gnu", "one", "first"));
        assertThatThrownBy(() -> Binary.read(library))
                .isInstanceOf(InvalidBinaryException.class)
                .hasMessageContaining("only names its members");
    }

    @Test
    void slicesMayBeLibraries() throws Exception {
        Path arm = library("arm64-apple-macos11");
        Path x86 = library("x86_64-apple-macos11");
        Path universal = temp.resolve("libuniversal.a");
        Judge.of("llvm-lipo", "llvm").run("-create", "-output", universal, arm, x86);
        Universal both = (Universal) Binary.read(universal);
        assertThat(both.slices()).extracting(Slice::cpu).containsExactlyInAnyOrder(Cpu.AARCH_64, Cpu.X86_64);
        assertThat(both.slices()).allMatch(slice -> slice.content() instanceof Archive);
        assertThat(check(universal, Platform.OSX_X86_64).errors())
                .singleElement()
                .asString()
                .startsWith("The slice for aarch_64 of the file '");
    }

    /** Their counts exceed the header's sixteen bits. */
    @Test
    void objectsMayHaveManySections() throws Exception {
        String sections = IntStream.range(0, 66_000)
                .mapToObj(i -> ".section .text.f" + i + ",\"%s\"\n.byte 0\n")
                .collect(Collectors.joining());
        Path elf = assemble("x86_64-unknown-linux-gnu", "elf", sections.replace("%s", "ax"));
        assertThat(((Image) Binary.read(elf)).type()).isEqualTo(FileType.OBJECT);

        Path coff = assemble("x86_64-pc-windows-msvc", "coff", sections.replace("%s", "xr"));
        Path library = temp.resolve("many.lib");
        Judge.of("llvm-lib", "llvm").run("/out:" + library, coff);
        assertThat(((Archive) Binary.read(library)).objects())
                .containsExactly(new CoffObject(0x8664, Optional.empty()));
    }

    private void assertReadAsLlvmReadsIt(Archive archive, Path library) throws Exception {
        List<String> members =
                Judge.of("llvm-ar", "llvm").run("t", library).lines().toList();
        assertThat(archive.members()).extracting(Member::name).isEqualTo(members);
        List<String> index = Judge.of("llvm-nm", "llvm")
                .run("--print-armap", library)
                .lines()
                .dropWhile(line -> !line.equals("Archive map"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.replaceFirst(" in .*", ""))
                .sorted()
                .distinct()
                .toList();
        assertThat(archive.index().spelt()).isNotEmpty().isEqualTo(index);
    }

    private Path library(String triple) throws Exception {
        Path library = temp.resolve("lib" + triple + ".a");
        Judge.of("llvm-ar", "llvm").run("--format=darwin", "rcs", library, object(triple, triple, "first"));
        return library;
    }

    private Path object(String triple, String name, String... functions) throws Exception {
        String prefix = triple.contains("apple") || triple.startsWith("i686-pc-windows") ? "_" : "";
        StringBuilder code = new StringBuilder();
        for (String function : functions) {
            code.append(".globl %1$s\n%1$s:\n.byte 0\n".formatted(prefix + function));
        }
        return assemble(triple, name, code.toString());
    }

    private Path assemble(String triple, String name, String code) throws Exception {
        Path source = Files.writeString(temp.resolve(name + ".s"), code);
        Path object = temp.resolve(name + ".o");
        Judge.of("llvm-mc", "llvm").run("--filetype=obj", "--triple=" + triple, "-o", object, source);
        return object;
    }

    private static List<Platform> accepting(Path library) throws Exception {
        List<Platform> accepting = new ArrayList<>();
        for (Platform platform : Platform.values()) {
            if (check(library, platform).passed()) {
                accepting.add(platform);
            }
        }
        return accepting;
    }

    /** Returns the target; object files do not name their C library. */
    private static String target(Platform platform) {
        return platform.id().replaceFirst("-(gnu|musl)$", "");
    }

    private static BinaryVerdict check(Path library, Platform platform) throws Exception {
        return new BinaryCheck(platform, OutputKind.STATICLIB, Requirements.NONE).check(library);
    }

    private static List<String> exportErrors(Path library, Platform platform, String... names) throws Exception {
        Requirements requirements = Requirements.NONE.withRequiredExports(List.of(names));
        return new BinaryCheck(platform, OutputKind.STATICLIB, requirements)
                .check(library)
                .errors();
    }
}
