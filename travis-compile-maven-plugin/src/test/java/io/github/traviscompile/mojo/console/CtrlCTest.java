package io.github.traviscompile.mojo.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.JavaProcess;
import java.io.BufferedReader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The reaction of a JVM to Ctrl-C after its terminal library reset the signals to the system's defaults. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no kill to send a signal by.")
class CtrlCTest {

    private static final String HOOK = "the hook ran";

    @Test
    void endsByTheHooksOfTheJvm() throws Exception {
        assertThat(ended("mend")).isEqualTo(new Ended(130, HOOK));
    }

    /** Without the fix, the hooks must not run, or there is nothing to fix. */
    @Test
    void wouldEndWithoutThem() throws Exception {
        assertThat(ended("leave")).isEqualTo(new Ended(130, ""));
    }

    /** @param said the last output of the process */
    private record Ended(int status, String said) {}

    private static Ended ended(String what) throws Exception {
        ProcessBuilder builder = JavaProcess.of(CtrlCTest.class, List.of(), List.of(what));
        if (OS.LINUX.isCurrentOs()) {
            // Otherwise the JVM ignores the signal where the build does, as under nohup or a script's &.
            builder.command().addAll(0, List.of("env", "--default-signal=INT"));
        }
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            String pid = String.valueOf(process.pid());
            assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor())
                    .isZero();
            String said = String.join("\n", out.lines().toList());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), said);
        } finally {
            process.destroyForcibly();
        }
    }

    public static void main(String[] args) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(HOOK)));
        Signals.registerDefault("INT");
        if (args[0].equals("mend")) {
            CtrlC.runHooks();
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
