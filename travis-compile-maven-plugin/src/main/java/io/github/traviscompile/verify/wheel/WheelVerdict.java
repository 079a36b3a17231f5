package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.verify.gate.BinaryFacts;
import io.github.traviscompile.verify.gate.Finding;
import io.github.traviscompile.verify.gate.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of checking one wheel.
 *
 * @param name the wheel's name in messages
 * @param wheel the content; empty if it is not readable
 */
public record WheelVerdict(String name, Optional<Wheel> wheel, List<Finding> findings) {

    public WheelVerdict {
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

    /** Returns the facts for a table. */
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        wheel.ifPresent(content -> {
            facts.add(new Fact("format", "wheel"));
            facts.add(new Fact(
                    "project",
                    content.name().distribution() + " " + content.name().version()));
            content.name().tags().forEach(tag -> facts.add(new Fact("tag", tag)));
            content.binaries().forEach(binary -> {
                facts.add(new Fact("file", binary.path()));
                facts.addAll(BinaryFacts.of(binary.binary()));
            });
        });
        return facts;
    }

    private List<String> sentences(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::sentence)
                .toList();
    }
}
