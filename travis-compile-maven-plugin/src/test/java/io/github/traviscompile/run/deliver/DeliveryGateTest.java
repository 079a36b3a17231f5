package io.github.traviscompile.run.deliver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.run.api.Constraints;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.Inspection;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.api.RunListener;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the gate on files of jna's jar. */
class DeliveryGateTest {

    private static final String LINUX = "linux-x86-64/libjnidispatch.so";
    private static final String MAC = "darwin-aarch64/libjnidispatch.jnilib";

    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();
    private final Map<Leg, FinishedLeg> delivered = new LinkedHashMap<>();
    private Constraints constraints = Constraints.NONE;

    @Test
    void correctFilesAreMeasured() throws Exception {
        deliver(Platform.LINUX_X86_64, file(LINUX));
        deliver(Platform.OSX_AARCH_64, file(MAC));
        Map<Leg, Inspection> inspections = check();
        assertThat(inspections.keySet()).containsExactlyElementsOf(delivered.keySet());
        assertThat(inspections.values())
                .flatExtracting(inspection -> inspection.oldestSystem().stream().toList())
                .extracting(Object::toString)
                .containsExactly("glibc 2.7", "macOS 11.0");
        assertThat(inspections.values())
                .allSatisfy(inspection -> assertThat(inspection.files())
                        .singleElement()
                        .satisfies(file -> {
                            assertThat(file.name()).contains("greet");
                            assertThat(file.facts()).isNotEmpty();
                            assertThat(file.errors()).isEmpty();
                        }));
        assertThat(warnings).isEmpty();
    }

    @Test
    void allFindingsOfAllPlatformsAreOneMessage() throws Exception {
        constraints = Constraints.NONE
                .withGlibc("2.5")
                .withRequiredExports(List.of("greet", "Java_com_sun_jna_Native_malloc"));
        deliver(Platform.LINUX_X86_64, file(LINUX));
        deliver(Platform.OSX_X86_64, file(MAC));
        deliver(Platform.OSX_AARCH_64, file(MAC));
        ActionNeededException refusal = catchThrowableOfType(ActionNeededException.class, this::check);
        String[] lines = {
            "The file 'libgreet.so' for linux-x86_64 needs glibc 2.7 (GLIBC_2.7 of",
            "The file 'libgreet.so' for linux-x86_64 does not export 'greet', though",
            "The file 'libgreet.dylib' for osx-x86_64 is a Mach-O shared library for aarch_64 on macOS, but",
            "The file 'libgreet.dylib' for osx-aarch_64 does not export 'greet', though",
            "Nothing was attached."
        };
        List<String> said = refusal.getMessage().lines().toList();
        assertThat(said).hasSize(lines.length);
        for (int i = 0; i < lines.length; i++) {
            assertThat(said.get(i)).startsWith(lines[i]);
        }
    }

    @Test
    void nativeMethodsRequireALibraryThatExportsThem() throws Exception {
        Path source = Files.writeString(directory.resolve("Greeter.java"), "class Greeter { native int greet(); }");
        assertThat(Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
                        .run(null, null, null, source.toString()))
                .isZero();
        constraints = Constraints.NONE.withJavaClasses(directory);
        deliver(Platform.LINUX_X86_64, file(LINUX));
        check();
        assertThat(warnings).isEmpty();

        delivered.clear();
        byte[] nameless = Files.readString(file(LINUX), ISO_8859_1)
                .replace("Java_", "Lava_")
                .replace("JNI_On", "LNI_On")
                .getBytes(ISO_8859_1);
        deliver(Platform.LINUX_X86_64, Files.write(directory.resolve("nameless.so"), nameless));
        assertThat(check()).hasSize(1);
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("The file 'libgreet.so' for linux-x86_64 exports neither 'JNI_OnLoad' nor");
    }

    @Test
    void anInvalidConstraintIsRefusedAtOnce() {
        assertThatThrownBy(() -> Constraints.NONE.withGlibc("2,17"))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The parameter <glibc> (-Dtravis-compile.glibc) is '2,17', which is not a version of glibc."
                        + " Write it like 2.17.");
    }

    private Map<Leg, Inspection> check() throws CrossCompileException {
        RunListener listener = event -> {
            if (event instanceof RunEvent.Warning warning) {
                warnings.add(warning.sentence());
            }
        };
        return DeliveryGate.of(constraints, new EventPublisher(listener, () -> Instant.EPOCH))
                .judge(List.copyOf(delivered.keySet()), delivered, List.of());
    }

    private Path file(String path) throws Exception {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        try (InputStream in =
                Objects.requireNonNull(DeliveryGateTest.class.getResourceAsStream("/com/sun/jna/" + path))) {
            return Files.write(file, in.readAllBytes());
        }
    }

    private void deliver(Platform platform, Path file) throws Exception {
        String name = platform.naming().fileName(OutputKind.CDYLIB, "greet");
        Leg leg = LegSample.of(platform, Service.LOCAL)
                .owing(Output.of(OutputKind.CDYLIB, name))
                .leg();
        FinishedLeg.File delivery =
                new FinishedLeg.File(leg.outputs().get(0), file, Files.size(file), Sha256.of(Files.readAllBytes(file)));
        delivered.put(leg, FinishedLeg.of(List.of(delivery), new TreeMap<>(), Duration.ofSeconds(1), Instant.EPOCH));
    }
}
