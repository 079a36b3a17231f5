package io.github.traviscompile.ci.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.upload.UploadEvent.Committed;
import io.github.traviscompile.upload.UploadEvent.LegReport;
import io.github.traviscompile.upload.UploadEvent.Phase;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smoke test of the real script, with the real cargo and the real endpoint. */
class SmokeTestTest {

    @TempDir
    Path directory;

    @Test
    void aCommandFindsTheOutputsAndPassingOnesAreDelivered() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            LegEnd end = run(bench, "test -f Cargo.toml && \"$TRAVIS_COMPILE_OUTPUTS/greet\" | grep -q hello");

            assertThat(end.exit()).as(end.lastWords()).isEqualTo(LegExit.DONE);
            assertThat(bench.committed()).hasSize(2);
            for (Committed committed : bench.committed()) {
                assertThat(committed.details()).containsEntry("smoke_test", "passed");
                assertThat(committed.details().get("rustc")).startsWith("rustc 1.");
                assertThat(committed.details().get("cargo")).startsWith("cargo 1.");
                assertThat(committed.details().get("system")).startsWith("Linux ");
            }
        }
    }

    @Test
    void aFailingTestFailsTheLegWithItsOutput() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            LegEnd end = run(bench, "echo 'no greeting today'; echo 'nor tomorrow' >&2; exit 3");

            assertThat(end.exit()).isEqualTo(LegExit.SMOKE_TEST_FAILED);
            assertThat(bench.committed()).isEmpty();
            assertThat(firstError(bench))
                    .startsWith("error: the smoke test 'echo ")
                    .endsWith("' ended with status 3.\nno greeting today\nnor tomorrow");
        }
    }

    @Test
    void aJvmLoadsTheLibraries() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            LegEnd end = run(bench, "java");

            assertThat(end.exit()).as(end.lastWords()).isEqualTo(LegExit.DONE);
            assertThat(bench.job().log())
                    .content()
                    .contains("A JVM has loaded ")
                    .contains("libgreeter.so");
        }
    }

    @Test
    void aLibraryThatAJvmRefusesFailsTheLeg() throws Exception {
        try (LegBench bench = new LegBench(directory)) {
            bench.source(
                    "src/lib.rs",
                    "#[no_mangle] pub extern \"system\" fn JNI_OnLoad(_: *mut u8, _: *mut u8) -> i32 { 7 }\n");
            LegEnd end = run(bench, "java");

            assertThat(end.exit()).isEqualTo(LegExit.SMOKE_TEST_FAILED);
            assertThat(bench.committed()).isEmpty();
            assertThat(firstError(bench))
                    .startsWith("error: the smoke test 'java' ended with status 1.\n")
                    .contains("UnsatisfiedLinkError", "JNI version 0x00000007");
        }
    }

    private static String firstError(LegBench bench) {
        LegReport failed = bench.progress(Phase.FAILED).get(0);
        int lines = Integer.parseInt(failed.fields().get("error_lines"));
        return String.join("\n", failed.text().lines().limit(lines).toList());
    }

    private static LegEnd run(LegBench bench, String smokeTest) throws Exception {
        bench.layOut(LegSample.of(bench.leg).trying(smokeTest).leg());
        try (LocalRunner service = LocalRunner.open(1, System.getenv())) {
            return service.start(bench.job()).get(100, TimeUnit.SECONDS);
        }
    }
}
