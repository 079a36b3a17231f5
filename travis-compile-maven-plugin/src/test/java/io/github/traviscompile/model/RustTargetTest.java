package io.github.traviscompile.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RustTargetTest {

    private static final Path SOURCES = Path.of("src/main/java");

    /** Calls that take a triple, or the target whose text it is, apart. */
    private static final Pattern TAKEN_APART =
            Pattern.compile("(triple(\\(\\))?|target\\(\\)\\.toString\\(\\))\\s*\\.(startsWith|endsWith|contains|split"
                    + "|substring|indexOf|replace\\w*|matches|strip\\w*)\\(");

    @ParameterizedTest
    @CsvSource({
        "x86_64-unknown-linux-gnu, X86_64, LINUX, GLIBC, ELF",
        "i686-unknown-linux-gnu, X86_32, LINUX, GLIBC, ELF",
        "aarch64-unknown-linux-musl, AARCH_64, LINUX, MUSL, ELF",
        "armv7-unknown-linux-gnueabihf, ARM_32, LINUX, GLIBC, ELF",
        "armv7-unknown-linux-musleabihf, ARM_32, LINUX, MUSL, ELF",
        "riscv64gc-unknown-linux-gnu, RISCV_64, LINUX, GLIBC, ELF",
        "powerpc64le-unknown-linux-gnu, PPCLE_64, LINUX, GLIBC, ELF",
        "powerpc64le-unknown-linux-musl, PPCLE_64, LINUX, MUSL, ELF",
        "s390x-unknown-linux-gnu, S390_64, LINUX, GLIBC, ELF",
        "loongarch64-unknown-linux-gnu, LOONGARCH_64, LINUX, GLIBC, ELF",
        "x86_64-unknown-freebsd, X86_64, FREEBSD, , ELF",
        "aarch64-linux-android, AARCH_64, ANDROID, BIONIC, ELF",
        "x86_64-apple-darwin, X86_64, MACOS, , MACH_O",
        "aarch64-apple-ios, AARCH_64, OTHER_APPLE, , MACH_O",
        "universal2-apple-darwin, UNKNOWN, MACOS, , MACH_O",
        "x86_64-pc-windows-msvc, X86_64, WINDOWS, , WINDOWS_MSVC",
        "i686-pc-windows-gnu, X86_32, WINDOWS, , WINDOWS_GNU",
        "wasm32-unknown-unknown, UNKNOWN, UNKNOWN, , ELF"
    })
    void statesItsFacts(String triple, Cpu cpu, OperatingSystem system, LibcFamily libc, FileNaming naming) {
        RustTarget target = new RustTarget(triple);
        assertThat(target.cpu()).isEqualTo(cpu);
        assertThat(target.system()).isEqualTo(system);
        assertThat(target.libc().orElse(null)).isEqualTo(libc);
        assertThat(target.naming()).isEqualTo(naming);
    }

    @Test
    void namesVariablesOfBuilds() {
        RustTarget target = new RustTarget("i686-unknown-linux-gnu");
        assertThat(target.cargoVariable("LINKER")).isEqualTo("CARGO_TARGET_I686_UNKNOWN_LINUX_GNU_LINKER");
        assertThat(target.compilerVariable()).isEqualTo("CC_i686_unknown_linux_gnu");
    }

    @Test
    void nothingElseTakesATripleApart() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> others = sources.filter(Files::isRegularFile)
                    .filter(file -> TAKEN_APART.matcher(read(file)).find())
                    .toList();
            assertThat(others).extracting(file -> file.getFileName().toString()).containsExactly("RustTarget.java");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
