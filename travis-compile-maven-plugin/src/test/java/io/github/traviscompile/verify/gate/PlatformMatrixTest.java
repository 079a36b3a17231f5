package io.github.traviscompile.verify.gate;

import static io.github.traviscompile.model.Platform.LINUX_AARCH_64;
import static io.github.traviscompile.model.Platform.LINUX_AARCH_64_MUSL;
import static io.github.traviscompile.model.Platform.LINUX_X86_32;
import static io.github.traviscompile.model.Platform.LINUX_X86_64;
import static io.github.traviscompile.model.Platform.LINUX_X86_64_MUSL;
import static io.github.traviscompile.model.Platform.OSX_AARCH_64;
import static io.github.traviscompile.model.Platform.OSX_X86_32;
import static io.github.traviscompile.model.Platform.OSX_X86_64;
import static io.github.traviscompile.model.Platform.WINDOWS_AARCH_64;
import static io.github.traviscompile.model.Platform.WINDOWS_X86_32;
import static io.github.traviscompile.model.Platform.WINDOWS_X86_32_GNU;
import static io.github.traviscompile.model.Platform.WINDOWS_X86_64;
import static io.github.traviscompile.model.Platform.WINDOWS_X86_64_GNU;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.binary.Corpus;
import io.github.traviscompile.verify.binary.Sample;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every binary of the corpus against every platform. */
class PlatformMatrixTest {

    /**
     * A library by another project for each platform. A Windows library without a C run time fits two platforms,
     * because nothing in it names its compiler.
     */
    private static final Map<String, Set<Platform>> DIAGONAL = Map.ofEntries(
            Map.entry("jna-5.17.0.jar!/com/sun/jna/linux-x86-64/libjnidispatch.so", Set.of(LINUX_X86_64)),
            Map.entry("jna-5.17.0.jar!/com/sun/jna/linux-x86/libjnidispatch.so", Set.of(LINUX_X86_32)),
            Map.entry("jna-5.17.0.jar!/com/sun/jna/linux-aarch64/libjnidispatch.so", Set.of(LINUX_AARCH_64)),
            Map.entry("Linux-Musl/x86_64/libsqlitejdbc.so", Set.of(LINUX_X86_64_MUSL)),
            Map.entry("Linux-Musl/aarch64/libsqlitejdbc.so", Set.of(LINUX_AARCH_64_MUSL)),
            Map.entry("jna/darwin-x86-64/libjnidispatch.jnilib", Set.of(OSX_X86_64)),
            Map.entry("jna/darwin-aarch64/libjnidispatch.jnilib", Set.of(OSX_AARCH_64)),
            Map.entry("jansi/internal/native/Mac/x86/libjansi.jnilib", Set.of(OSX_X86_32)),
            Map.entry("win/aarch64/libzstd-jni-1.5.6-9.dll", Set.of(WINDOWS_AARCH_64)),
            Map.entry("win/amd64/libzstd-jni-1.5.6-9.dll", Set.of(WINDOWS_X86_64_GNU)),
            Map.entry("win/x86/libzstd-jni-1.5.6-9.dll", Set.of(WINDOWS_X86_32_GNU)),
            Map.entry("jna-5.17.0.jar!/com/sun/jna/win32-x86-64/jnidispatch.dll", windows(WINDOWS_X86_64)),
            Map.entry("jna-5.17.0.jar!/com/sun/jna/win32-x86/jnidispatch.dll", windows(WINDOWS_X86_32)));

    @Test
    void onlyTheDiagonalPasses() throws Exception {
        List<Sample> samples = Corpus.all();
        for (Map.Entry<String, Set<Platform>> one : DIAGONAL.entrySet()) {
            Sample sample = samples.stream()
                    .filter(candidate -> candidate.name().endsWith(one.getKey()))
                    .findFirst()
                    .orElseThrow();
            assertThat(accepting(sample, OutputKind.CDYLIB)).as(one.getKey()).isEqualTo(one.getValue());
            assertThat(accepting(sample, OutputKind.BIN)).as(one.getKey()).isEmpty();
            assertThat(accepting(sample, OutputKind.STATICLIB)).as(one.getKey()).isEmpty();
        }
    }

    @Test
    void filesPassOnlyForTheirPublishersPlatforms() throws Exception {
        int passed = 0;
        for (Sample sample : Corpus.all()) {
            Set<Platform> accepting = accepting(sample, OutputKind.CDYLIB);
            assertThat(accepting).as(sample.name()).isSubsetOf(platforms(sample));
            passed += accepting.isEmpty() ? 0 : 1;
        }
        assertThat(passed).isGreaterThan(70);
    }

    @Test
    void aProgramPassesAsAProgramOnly() throws Exception {
        Requirements allowed = Requirements.NONE.withAllowedLibraries(List.of("libstdc++.so.6"));
        for (Platform platform : List.of(LINUX_X86_64, LINUX_X86_32, LINUX_AARCH_64, OSX_X86_64, WINDOWS_X86_64)) {
            Sample sample = Corpus.named(platform + ".exe");
            assertThat(accepting(sample, OutputKind.BIN, allowed))
                    .as(sample.name())
                    .isEqualTo(platform == WINDOWS_X86_64 ? windows(platform) : Set.of(platform));
            assertThat(accepting(sample, OutputKind.CDYLIB, allowed)).isEmpty();
        }
    }

    /** protoc-gen-grpc-java's program for osx-aarch_64 is that for osx-x86_64 under another name. */
    @Test
    void aRealWrongFileIsFound() throws Exception {
        Sample sample = Corpus.named("osx-aarch_64.exe");
        BinaryVerdict verdict = new BinaryCheck(OSX_AARCH_64, OutputKind.BIN, Requirements.NONE)
                .check(sample.read(), "protoc-gen-grpc-java");
        assertThat(verdict.errors())
                .containsExactly("The file 'protoc-gen-grpc-java' for osx-aarch_64 is a Mach-O executable for x86_64 on"
                        + " macOS, but a Mach-O executable for aarch_64 on macOS is wanted. Its leg compiled for"
                        + " another"
                        + " target, or a build script replaced its output: compile for aarch64-apple-darwin, or request"
                        + " its real platform with <platforms> (-Dtravis-compile.platforms).");
    }

    private static Set<Platform> accepting(Sample sample, OutputKind kind) throws Exception {
        return accepting(sample, kind, Requirements.NONE);
    }

    private static Set<Platform> accepting(Sample sample, OutputKind kind, Requirements requirements) throws Exception {
        Binary binary = sample.read();
        Set<Platform> accepting = EnumSet.noneOf(Platform.class);
        for (Platform platform : Platform.values()) {
            if (new BinaryCheck(platform, kind, requirements)
                    .check(binary, "file")
                    .passed()) {
                accepting.add(platform);
            }
        }
        return accepting;
    }

    private static Set<Platform> windows(Platform msvc) {
        return Set.of(msvc, Platform.ofId(msvc + "-gnu").orElseThrow());
    }

    /** Returns the platforms that the path names: {@code Linux-Musl/aarch64}, {@code win32-x86-64}. */
    private static Set<Platform> platforms(Sample sample) {
        String path =
                sample.name().replaceAll(".*!/", "").replaceAll("[^/]*$", "").toLowerCase(Locale.ROOT);
        String os = Stream.of("android", "musl", "linux", "mac", "darwin", "osx", "win", "")
                .filter(path::contains)
                .findFirst()
                .orElseThrow()
                .replaceAll("mac|darwin", "osx");
        String cpu = path.matches(".*(x86[-_]64|amd64).*")
                ? "x86_64"
                : path.matches(".*(aarch64|arm64|armv8_64).*")
                        ? "aarch_64"
                        : path.matches(".*(x86|i386).*") ? "x86_32" : "";
        Set<Platform> platforms = EnumSet.noneOf(Platform.class);
        for (Platform platform : Platform.values()) {
            String word = platform.id();
            boolean isOs = os.equals("musl")
                    ? word.endsWith("-musl")
                    : !os.isEmpty() && word.startsWith(os) && !word.endsWith("-musl");
            if (isOs && !cpu.isEmpty() && word.contains(cpu)) {
                platforms.add(platform);
            }
        }
        if (os.equals("osx") && cpu.isEmpty()) {
            // A folder for no processor holds one file for all.
            platforms.add(Platform.OSX_UNIVERSAL2);
        }
        return platforms;
    }
}
