package io.github.traviscompile.verify.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.OperatingSystem;
import io.github.traviscompile.verify.binary.Universal.Slice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mach-O files of other projects, thin and fat, compared field by field with the reports of LLVM's tools. */
class MachOCorpusTest {

    @TempDir
    Path temp;

    static List<Sample> samples() {
        return Corpus.machO();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadAsLlvmReadsIt(Sample sample) throws Exception {
        String reports = Judge.of("llvm-readobj", "llvm").run("--file-headers", "--macho-version-min", sample.in(temp));
        List<String> parts = Stream.of(reports.split("(?m)^File: ")).skip(1).toList();
        Binary binary = sample.read();
        List<Slice> slices = binary instanceof Universal universal
                ? universal.slices()
                : List.of(new Slice(((Image) binary).cpu(), 0, sample.bytes().length, binary));

        assertThat(slices).hasSameSizeAs(parts);
        for (int i = 0; i < slices.size(); i++) {
            MachO image = (MachO) slices.get(i).content();
            int begin = (int) slices.get(i).offset();
            // Each slice alone, because not every tool knows every processor by name.
            byte[] slice = Arrays.copyOfRange(
                    sample.bytes(), begin, begin + (int) slices.get(i).size());
            Path file = Files.write(temp.resolve("slice"), slice);
            isReadAsLlvmReadsIt(image, parts.get(i));
            loadsAsLlvmReads(image, file);
            exportsAndImportsAsLlvmReads(image, file);
        }
    }

    private static void isReadAsLlvmReadsIt(MachO image, String report) {
        assertThat(image.bits()).isEqualTo(report.contains("AddressSize: 64bit") ? 64 : 32);
        assertThat(image.cpuType()).isEqualTo(code(report, "CpuType"));
        assertThat(image.cpuSubtype() & 0x00ff_ffff).isEqualTo(code(report, "CpuSubType"));
        assertThat(image.fileType()).isEqualTo(code(report, "FileType"));
        assertThat(image.type())
                .isEqualTo(report.contains("FileType: Executable") ? FileType.EXECUTABLE : FileType.SHARED_LIBRARY);
        assertThat(image.os()).isEqualTo(OperatingSystem.MACOS);
        assertThat(image.system().map(system -> system.minimum().toString()).stream()
                        .toList())
                .isEqualTo(found(report, "(?m)^  Version: (.*)"));
        assertThat(image.system().isPresent())
                .isEqualTo(report.contains("LC_VERSION_MIN_MACOSX") || report.contains("Platform: macos"));
    }

    private static void loadsAsLlvmReads(MachO image, Path file) throws Exception {
        String report = Judge.of("llvm-objdump", "llvm").run("--macho", "--private-headers", file);
        assertThat(image.needed())
                .isEqualTo(found(report, "cmd LC_(?:LOAD|LOAD_WEAK|REEXPORT)_DYLIB\\n.*\\n +name (.*) \\(offset"));
        assertThat(image.installName().stream().toList())
                .isEqualTo(found(report, "cmd LC_ID_DYLIB\\n.*\\n +name (.*) \\(offset"));
        assertThat(image.rpaths()).isEqualTo(found(report, "cmd LC_RPATH\\n.*\\n +path (.*) \\(offset"));
        assertThat(image.signed()).isEqualTo(report.contains("cmd LC_CODE_SIGNATURE\n"));
    }

    private static void exportsAndImportsAsLlvmReads(MachO image, Path file) throws Exception {
        Judge nm = Judge.of("llvm-nm", "llvm");
        assertThat(image.exports().spelt())
                .isEqualTo(names(nm.run("--just-symbol-name", "--extern-only", "--defined-only", file)));
        assertThat(image.imports().spelt())
                .isEqualTo(names(nm.run("--just-symbol-name", "--extern-only", "--undefined-only", file)));
    }

    private static List<String> names(String report) {
        return report.lines()
                .filter(line -> !line.isBlank() && !line.endsWith(":"))
                .sorted()
                .distinct()
                .toList();
    }

    private static int code(String report, String field) {
        return Integer.decode(
                found(report, "(?m)^  " + field + ": .*\\((0x.*)\\)").get(0));
    }

    private static List<String> found(String report, String regex) {
        return Pattern.compile(regex)
                .matcher(report)
                .results()
                .map(one -> one.group(1))
                .toList();
    }
}
