package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.gate.Finding.Severity;
import java.util.List;
import java.util.Optional;

/**
 * The result of checking one file.
 *
 * @param name the file's name in messages
 * @param platform the platform it was checked against; empty if none was named and none fits
 * @param binary the content; empty if it is not readable
 */
public record BinaryVerdict(String name, Optional<Platform> platform, Optional<Binary> binary, List<Finding> findings) {

    public BinaryVerdict {
        findings = List.copyOf(findings);
    }

    /** Returns whether there is no error. */
    public boolean passed() {
        return errors().isEmpty();
    }

    /** Returns the errors' sentences. */
    public List<String> errors() {
        return sentences(Severity.ERROR);
    }

    /** Returns the warnings' sentences. */
    public List<String> warnings() {
        return sentences(Severity.WARNING);
    }

    /** Returns the facts for a table; for a universal file, those of each slice in turn. */
    public List<Fact> facts() {
        return binary.map(BinaryFacts::of).orElse(List.of());
    }

    /** Returns the oldest system that runs the file, if the file names it. */
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
