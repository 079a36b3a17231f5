package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.verify.gate.BinaryFacts;
import io.github.traviscompile.verify.gate.Finding;
import io.github.traviscompile.verify.gate.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the check of one wheel came to.
 *
 * @param name of the wheel, as messages have it
 * @param wheel what it holds; nothing where it cannot be read
 */
public record WheelVerdict(String name, Optional<Wheel> wheel, List<Finding> findings) {

    public WheelVerdict {
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

    /** What the wheel is, for a table. */
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
