package io.github.traviscompile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OverdueProcessesTest {

    /** It ends when both do: the shell, and what the shell started. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no sh.")
    void theirOutputEndsWithThem() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "echo ready; sleep 1000; true").start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            OverdueProcesses.end();
            assertThat(out.readLine()).isNull();
        }
        assertThat(process.waitFor()).isNotZero();
    }
}
