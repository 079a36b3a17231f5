package io.github.traviscompile.run.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.verify.gate.BinaryCheck;
import io.github.traviscompile.verify.gate.BinaryVerdict;
import io.github.traviscompile.verify.gate.FileCheck;
import io.github.traviscompile.verify.gate.Requirements;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On Mach-O files that others made, of jna's jar. */
class MergerTest {

    private static final Output LIBRARY = Output.of(OutputKind.CDYLIB, "libgreet.dylib");
    private static final Output ARCHIVE = Output.of(OutputKind.STATICLIB, "libgreet.a");

    @TempDir
    private Path directory;

    private Path intel;
    private Path apple;

    @BeforeEach
    void layDown() throws IOException {
        intel = library("x86-64", "intel");
        apple = library("aarch64", "apple");
    }

    @Test
    void theLibraryIsWhatLipoMakesAndBothSlicesAreAsTheyWere() throws Exception {
        FinishedLeg merged = merge(LIBRARY, intel, apple);
        Path file = merged.files().get(0).path();

        assertThat(merged.files().get(0).sha256()).isEqualTo(Sha256.of(file));
        assertThat(merged.files().get(0).size()).isEqualTo(Files.size(file));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(Arrays.copyOfRange(bytes, 1 << 12, (1 << 12) + (int) Files.size(intel)))
                .isEqualTo(Files.readAllBytes(intel));
        assertThat(Arrays.copyOfRange(bytes, bytes.length - (int) Files.size(apple), bytes.length))
                .isEqualTo(Files.readAllBytes(apple));
        BinaryVerdict verdict =
                new BinaryCheck(Platform.OSX_UNIVERSAL2, OutputKind.CDYLIB, Requirements.NONE).check(file);
        assertThat(verdict.errors()).isEmpty();
        assertThat(verdict.oldestSystem()).map(Object::toString).contains("macOS 11.0");
        assertThat(file).hasSameBinaryContentAs(lipo(intel, apple));
    }

    @Test
    void staticLibrariesAreMergedAsLipoDoesIt() throws Exception {
        Path one = run("llvm-ar", directory.resolve("one.a"), "rc", "%", intel.toString());
        Path other = run("llvm-ar", directory.resolve("other.a"), "rc", "%", apple.toString());
        Path file = merge(ARCHIVE, one, other).files().get(0).path();
        assertThat(file).hasSameBinaryContentAs(lipo(one, other));
    }

    @Test
    void whatBothLegsSaidIsKept() throws Exception {
        FinishedLeg first = finished(LIBRARY, intel).with("rustc", "1.95").with("source.commit", "a");
        FinishedLeg second = finished(LIBRARY, apple).with("rustc", "1.96").with("source.commit", "b");
        FinishedLeg merged = merge(LIBRARY, first, second);
        assertThat(merged.details()).containsEntry("rustc", "1.95; 1.96").doesNotContainKey("source.commit");
        assertThat(merged.compileTime()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void bothSlicesAreJudgedAndBothMustBeThere() throws Exception {
        BinaryCheck check = new BinaryCheck(Platform.OSX_UNIVERSAL2, OutputKind.CDYLIB, Requirements.NONE);
        assertThat(check.check(intel, "a").errors())
                .singleElement()
                .asString()
                .startsWith(
                        "The file 'a' for osx-universal2 is a file for one processor, but a universal one is wanted");

        byte[] bytes =
                Files.readAllBytes(merge(LIBRARY, intel, apple).files().get(0).path());
        bytes[7] = 1;
        Path half = Files.write(directory.resolve("half"), bytes);
        assertThat(check.check(half, "a").errors())
                .singleElement()
                .asString()
                .startsWith("The file 'a' for osx-universal2 has no slice for osx-aarch_64.");
        assertThat(new FileCheck(Optional.of(Platform.OSX_UNIVERSAL2), Requirements.NONE).check(half))
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.passed()).isFalse());

        Requirements exports = Requirements.NONE.withRequiredExports(List.of("greet"));
        Path whole = merge(LIBRARY, intel, apple).files().get(0).path();
        assertThat(new BinaryCheck(Platform.OSX_UNIVERSAL2, OutputKind.CDYLIB, exports)
                        .check(whole, "a")
                        .errors())
                .satisfiesExactly(
                        x86 -> assertThat(x86).startsWith("The slice for x86_64 of the file 'a' for osx-universal2"),
                        arm -> assertThat(arm).startsWith("The slice for aarch_64 of the file 'a'"));
    }

    @Test
    void whatHasNoSliceIsRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "no binary");
        assertThatThrownBy(() -> merge(LIBRARY, text, apple))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith("The file 'libgreet.dylib' for osx-x86_64 is neither a Mach-O file for 64 bit");
        FinishedLeg.File altered = new FinishedLeg.File(LIBRARY, intel, 1, Sha256.of(apple));
        assertThatThrownBy(() -> merge(
                        LIBRARY,
                        FinishedLeg.of(List.of(altered), new TreeMap<>(), Duration.ZERO, Instant.EPOCH),
                        finished(LIBRARY, apple)))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("was altered");
    }

    @Test
    void twoServicesDoNotMakeOneFile() {
        List<Leg> legs = List.of(
                leg(Platform.OSX_X86_64, AppVeyorProvider.SERVICE, LIBRARY),
                leg(Platform.OSX_AARCH_64, ActionsProvider.SERVICE, LIBRARY));
        assertThatThrownBy(() -> Merger.leg(Platform.OSX_UNIVERSAL2, legs))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("AppVeyor for osx-x86_64 and GitHub Actions for osx-aarch_64");
    }

    private FinishedLeg merge(Output output, Path first, Path second) throws Exception {
        return merge(output, finished(output, first), finished(output, second));
    }

    private FinishedLeg merge(Output output, FinishedLeg first, FinishedLeg second) throws Exception {
        List<Leg> parts = List.of(
                leg(Platform.OSX_X86_64, Service.LOCAL, output), leg(Platform.OSX_AARCH_64, Service.LOCAL, output));
        Leg leg = Merger.leg(Platform.OSX_UNIVERSAL2, parts);
        return new Merger(directory.resolve("merged"))
                .merge(leg, parts, Map.of(parts.get(0), first, parts.get(1), second));
    }

    private static FinishedLeg finished(Output output, Path file) throws IOException {
        FinishedLeg.File delivery = new FinishedLeg.File(output, file, Files.size(file), Sha256.of(file));
        return FinishedLeg.of(List.of(delivery), new TreeMap<>(), Duration.ofSeconds(1), Instant.EPOCH);
    }

    private static Leg leg(Platform platform, Service service, Output output) {
        return LegSample.of(platform, service).owing(output).leg();
    }

    private Path library(String processor, String name) throws IOException {
        String resource = "/com/sun/jna/darwin-" + processor + "/libjnidispatch.jnilib";
        try (InputStream in = Objects.requireNonNull(MergerTest.class.getResourceAsStream(resource))) {
            return Files.write(directory.resolve(name), in.readAllBytes());
        }
    }

    private Path lipo(Path one, Path other) throws Exception {
        Path judged = directory.resolve("judged");
        return run("llvm-lipo", judged, "-create", one.toString(), other.toString(), "-output", "%");
    }

    /** Runs a tool of LLVM that writes {@code file}, which is {@code %} among its arguments. */
    private static Path run(String name, Path file, String... arguments) throws Exception {
        Optional<Path> tool = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder ->
                        Stream.of("", "-19", "-16", "-15", "-14").map(version -> Path.of(folder, name + version)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(tool.isPresent(), name + " is not on this machine");
        List<String> command = Stream.concat(
                        Stream.of(tool.get().toString()),
                        Stream.of(arguments).map(word -> word.equals("%") ? file.toString() : word))
                .toList();
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return file;
    }
}
