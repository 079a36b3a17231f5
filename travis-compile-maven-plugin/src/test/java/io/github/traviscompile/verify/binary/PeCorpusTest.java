package io.github.traviscompile.verify.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs and libraries for Windows by other projects, compared field by field with the reports of LLVM's tools. */
class PeCorpusTest {

    @TempDir
    Path temp;

    static List<Sample> samples() {
        return Corpus.pe();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadAsLlvmReadsIt(Sample sample) throws Exception {
        String report = Judge.of("llvm-readobj", "llvm")
                .run("--file-headers", "--coff-imports", "--coff-exports", "--coff-load-config", sample.in(temp));
        Pe pe = (Pe) sample.read();

        assertThat(pe.bits()).isEqualTo(report.contains("  Magic: 0x20B\n") ? 64 : 32);
        assertThat(pe.machine()).isEqualTo(code(report, "  Machine: .*\\((.*)\\)"));
        assertThat(pe.characteristics()).isEqualTo(code(report, "  Characteristics \\[ \\((.*)\\)"));
        assertThat(pe.subsystem()).isEqualTo(code(report, "  Subsystem: .*\\((.*)\\)"));
        assertThat(pe.type())
                .isEqualTo(report.contains("IMAGE_FILE_DLL ") ? FileType.SHARED_LIBRARY : FileType.EXECUTABLE);
        assertThat(pe.imports()).isEqualTo(found(report, "(?m)^Import \\{\\n  Name: (.*)"));
        assertThat(pe.delayImports()).isEqualTo(found(report, "(?m)^DelayImport \\{\\n  Name: (.*)"));
        assertThat(pe.exports().spelt()).isEqualTo(exports(report));
        assertThat(pe.hybrid())
                .isEqualTo(
                        report.contains("CHPEMetadataPointer: 0x") && !report.contains("CHPEMetadataPointer: 0x0\n"));
    }

    /** Returns the names; a DLL may have exports without a name. */
    private static List<String> exports(String report) {
        return found(report, "(?m)^Export \\{\\n.*\\n  Name: (.*)").stream()
                .filter(name -> !name.isEmpty())
                .sorted()
                .distinct()
                .toList();
    }

    private static int code(String report, String regex) {
        return Integer.decode(found(report, "(?m)^" + regex).get(0));
    }

    private static List<String> found(String report, String regex) {
        return Pattern.compile(regex)
                .matcher(report)
                .results()
                .map(one -> one.group(1))
                .toList();
    }
}
