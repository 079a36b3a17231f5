package io.github.traviscompile.verify.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.OperatingSystem;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ELF files of other projects, compared field by field with readelf's report. */
class ElfCorpusTest {

    private static final Map<String, List<Cpu>> MACHINES = Map.ofEntries(
            Map.entry("AArch64", List.of(Cpu.AARCH_64)),
            Map.entry("ARM", List.of(Cpu.ARM_32)),
            Map.entry("Advanced Micro Devices X86-64", List.of(Cpu.X86_64)),
            Map.entry("IBM S/390", List.of(Cpu.S390_64)),
            Map.entry("Intel 80386", List.of(Cpu.X86_32)),
            Map.entry("LoongArch", List.of(Cpu.LOONGARCH_64)),
            Map.entry("MIPS R3000", List.of(Cpu.MIPSEL_32, Cpu.MIPSEL_64, Cpu.MIPS_64)),
            Map.entry("PowerPC", List.of(Cpu.PPC_32)),
            Map.entry("PowerPC64", List.of(Cpu.PPC_64, Cpu.PPCLE_64)),
            Map.entry("RISC-V", List.of(Cpu.RISCV_64)),
            Map.entry("Sparc", List.of(Cpu.SPARC_32)),
            Map.entry("Sparc v8+", List.of(Cpu.SPARC_32)),
            Map.entry("Sparc v9", List.of(Cpu.SPARC_64)));

    private static final Map<String, Integer> ABIS =
            Map.of("UNIX - System V", 0, "UNIX - GNU", 3, "UNIX - Solaris", 6, "UNIX - FreeBSD", 9);

    private static final Pattern SYMBOL =
            Pattern.compile("(?m)^ +[0-9]+: +[0-9a-f]+ +\\S+ +\\S+ +(\\S+) +(\\S+) +(\\S+) +([^@\\s]+)");

    @TempDir
    Path temp;

    static List<Sample> samples() {
        return Corpus.elf();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadAsReadelfReadsIt(Sample sample) throws Exception {
        String report = Judge.of("readelf", "binutils")
                .report("-W", "-h", "-l", "-d", "-V", "-n", "--dyn-syms", sample.in(temp));
        Elf elf = (Elf) sample.read();

        assertThat("ELF" + elf.bits()).isEqualTo(first(report, "  Class: +(.*)"));
        assertThat(elf.order() == ByteOrder.BIG_ENDIAN ? "big endian" : "little endian")
                .isEqualTo(first(report, "  Data: +2's complement, (.*)"));
        assertThat(elf.osAbi()).isEqualTo(ABIS.get(first(report, "  OS/ABI: +(.*)")));
        assertThat(elf.cpu()).isIn(MACHINES.get(first(report, "  Machine: +(.*)")));
        assertThat(elf.type()).isEqualTo(type(report));
        assertThat(elf.interpreter().stream().toList())
                .isEqualTo(all(report, "Requesting program interpreter: (.*)\\]"));
        assertThat(elf.needed()).isEqualTo(all(report, "\\(NEEDED\\) +Shared library: \\[(.*)]"));
        assertThat(elf.dynamic().soname().stream().toList()).isEqualTo(all(report, "\\(SONAME\\).*\\[(.*)]"));
        assertThat(String.join(":", elf.dynamic().rpath())).isEqualTo(first(report, "\\(RPATH\\).*\\[(.*)]"));
        assertThat(String.join(":", elf.dynamic().runpath())).isEqualTo(first(report, "\\(RUNPATH\\).*\\[(.*)]"));
        assertThat(elf.dynamic().versions()).isEqualTo(versions(report));
        assertThat(elf.exports().spelt()).isEqualTo(symbols(report, section -> !section.equals("UND")));
        assertThat(elf.dynamic().imports().spelt()).isEqualTo(symbols(report, "UND"::equals));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isOfTheSystemAndTheLibraryItsPublisherSays(Sample sample) throws Exception {
        Elf elf = (Elf) sample.read();
        if (sample.isCalled("android")) {
            assertThat(elf.os()).isEqualTo(OperatingSystem.ANDROID);
            assertThat(elf.libc().family()).isEqualTo(LibcFamily.BIONIC);
        } else if (sample.isCalled("musl")) {
            assertThat(elf.os()).isEqualTo(OperatingSystem.LINUX);
            assertThat(elf.libc().family()).isEqualTo(LibcFamily.MUSL);
        } else if (sample.isCalled("linux") || sample.isCalled("native/arm/")) {
            assertThat(elf.os()).isEqualTo(OperatingSystem.LINUX);
            assertThat(elf.libc().family()).isEqualTo(LibcFamily.GLIBC);
        } else if (sample.isCalled("openbsd")) {
            assertThat(elf.os()).isEqualTo(OperatingSystem.OPENBSD);
        } else {
            // Some files of other systems do not name theirs; at least none is for Linux.
            assertThat(elf.os())
                    .isIn(
                            OperatingSystem.FREEBSD,
                            OperatingSystem.DRAGONFLY,
                            OperatingSystem.SOLARIS,
                            OperatingSystem.UNKNOWN);
            assertThat(elf.libc().family()).isIn(LibcFamily.UNKNOWN, LibcFamily.NONE);
        }
    }

    private static FileType type(String report) {
        String type = first(report, "  Type: +(.*)");
        boolean isProgram = report.contains("Requesting program interpreter") && !report.contains("(SONAME)");
        return type.startsWith("EXEC") || type.contains("Position-Independent") || isProgram
                ? FileType.EXECUTABLE
                : FileType.SHARED_LIBRARY;
    }

    /** Reads the part on needed versions, grouped by library, then by version. */
    private static List<VersionNeed> versions(String report) {
        List<VersionNeed> versions = new ArrayList<>();
        String library = "";
        for (String line : report.lines()
                .dropWhile(line -> !line.startsWith("Version needs section"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .toList()) {
            Optional<String> file = match(line, "Version: 1  File: (\\S+)").findFirst();
            library = file.orElse(library);
            String from = library;
            match(line, "Name: (\\S+)  Flags: ")
                    .forEach(name -> versions.add(new VersionNeed(from, name, line.contains("WEAK"))));
        }
        return versions;
    }

    private static List<String> symbols(String report, Predicate<String> wanted) {
        String plain = report.lines()
                .dropWhile(line -> !line.contains("Symbol table '.dynsym'"))
                .map(line -> line.replaceAll("\\[[^]]*]", "").replace("<OS specific>: 10", "UNIQUE"))
                .reduce("", (all, line) -> all + line + "\n");
        return SYMBOL.matcher(plain)
                .results()
                .filter(symbol -> !symbol.group(1).equals("LOCAL"))
                .filter(symbol ->
                        symbol.group(3).equals("UND") || symbol.group(2).matches("DEFAULT|PROTECTED"))
                .filter(symbol -> wanted.test(symbol.group(3)))
                .map(symbol -> symbol.group(4))
                .sorted()
                .distinct()
                .toList();
    }

    private static String first(String report, String regex) {
        return match(report, regex).findFirst().orElse("");
    }

    private static List<String> all(String report, String regex) {
        return match(report, regex).toList();
    }

    private static Stream<String> match(String report, String regex) {
        return Pattern.compile(regex).matcher(report).results().map(found -> found.group(1));
    }
}
