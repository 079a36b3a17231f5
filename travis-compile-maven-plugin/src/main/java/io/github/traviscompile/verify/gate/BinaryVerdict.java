package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.gate.Finding.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What a check of one file came to.
 *
 * @param name of the file, as messages have it
 * @param platform that it was held to; nothing where nobody named one and the file fits none
 * @param binary what it is; nothing where it cannot be read
 */
public record BinaryVerdict(String name, Optional<Platform> platform, Optional<Binary> binary, List<Finding> findings) {

    public BinaryVerdict {
        findings = List.copyOf(findings);
    }

    /** Whether there is no error. */
    public boolean passed() {
        return errors().isEmpty();
    }

    /** The sentences of the errors. */
    public List<String> errors() {
        return sentences(Severity.ERROR);
    }

    /** The sentences of the warnings. */
    public List<String> warnings() {
        return sentences(Severity.WARNING);
    }

    /** What the file is, for a table; for a universal file of each slice in turn. */
    public List<Fact> facts() {
        return binary.map(BinaryFacts::of).orElse(List.of());
    }

    /** The oldest system that runs the file, where the file says so. */
    public Optional<OldestSystem> oldestSystem() {
        return binary.flatMap(OldestSystem::of);
    }

    private List<String> sentences(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::sentence)
                .toList();
    }
}
