package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.verify.binary.SymbolNames;
import java.util.ArrayList;
import java.util.List;

/** Checks that a library exports the required names; executables need none. */
record ExportCheck(OutputKind kind, Requirements requirements) {

    private static final String HOW = "Give such a function #[no_mangle] and pub extern \"C\"";

    List<Finding> check(SymbolNames exports, String subject) {
        List<Finding> findings = new ArrayList<>();
        if (kind == OutputKind.BIN) {
            return findings;
        }
        List<String> missing = requirements.requiredExports().stream()
                .filter(name -> !exports.has(name))
                .toList();
        if (!missing.isEmpty()) {
            findings.add(Finding.error(subject + " does not export " + SafeText.quoted(missing)
                    + ", though " + Parameter.REQUIRED_EXPORTS + " names "
                    + (missing.size() == 1 ? "it" : "them") + ". " + HOW + ", or correct <requiredExports>."));
        }
        if (kind == OutputKind.STATICLIB) {
            return findings;
        }
        requirements
                .pythonModule()
                .map(module -> "PyInit_" + module)
                .filter(name -> !exports.has(name))
                .ifPresent(name -> findings.add(Finding.error(subject + " does not export " + SafeText.quoted(name)
                        + ", which Python calls to load the module. Give the function of the module (#[pymodule] of"
                        + " PyO3) the"
                        + " name that the project gives to the library.")));
        if (requirements.jni() && !exports.hasAny("JNI_OnLoad") && !exports.hasAny("Java_")) {
            findings.add(Finding.warning(subject + " exports neither 'JNI_OnLoad' nor a name that begins with 'Java_',"
                    + " though the Maven project has native methods. " + HOW
                    + " or, in the crate jni, pub extern \"system\", if they are this library's."));
        }
        return findings;
    }
}
