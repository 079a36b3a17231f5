package io.github.traviscompile.ci.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.WheelBuild;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPythonTest {

    private static final Path PYTHON = Path.of("/usr/bin/python3");

    @TempDir
    Path empty;

    @Test
    void aMissingPythonIsNamedBeforeAnyCompilation() {
        assertThatThrownBy(() -> python(Map.of("PATH", empty.toString())).require(leg("3.12")))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The wheel for 'linux-x86_64' cannot be built on this machine: there is no Python 3.12 with"
                        + " pip, neither python3.12 nor python3 nor python. Install it, and the package"
                        + " python3-pip (Debian, Ubuntu, Fedora), name another interpreter in the environment"
                        + " variable PYTHON, or change <pythonVersions> (-Dtravis-compile.pythonVersions).");
        assertThatThrownBy(() -> python(Map.of("PATH", empty.toString())).require(leg()))
                .hasMessageContaining("there is no Python 3 with pip, neither python3 nor python.");
    }

    @Test
    void theVariableAndTheVersionSelectThePython() throws Exception {
        LocalPython named = python(Map.of("PATH", empty.toString(), "PYTHON", PYTHON.toString()));
        String described = named.describe(leg());
        assumeTrue(described.contains("3."), PYTHON + " with pip is installed (Debian: python3-pip)");
        String version = described.replaceFirst("(?s).*?(3\\.[0-9]+) .*", "$1");
        assertThatCode(() -> named.require(leg())).doesNotThrowAnyException();
        assertThatCode(() -> named.require(leg(version))).doesNotThrowAnyException();
        assertThatThrownBy(() -> named.require(leg(version, "3.1")))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("there is no Python 3.1 with pip, neither " + PYTHON + " nor python3.1 nor");
    }

    private LocalPython python(Map<String, String> environment) {
        return new LocalPython(new Command(environment, empty));
    }

    private static Leg leg(String... pythons) {
        WheelBuild wheels = new WheelBuild(WheelBuild.Backend.MATURIN, "", List.of(pythons));
        Leg leg =
                LegSample.of(Platform.LINUX_X86_64, Service.LOCAL).owing(wheels).leg();
        assertThat(leg.hasCargoOutputs()).isFalse();
        return leg;
    }
}
