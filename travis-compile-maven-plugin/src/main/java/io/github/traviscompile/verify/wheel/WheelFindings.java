package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.verify.gate.Finding;
import io.github.traviscompile.verify.gate.Finding.Severity;
import io.github.traviscompile.verify.gate.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Collects all objections to one wheel, to report them together. */
final class WheelFindings {

    private final String subject;
    private final List<Finding> found = new ArrayList<>();

    /** @param wheel the wheel's name in messages */
    WheelFindings(String wheel) {
        this.subject = "The wheel " + SafeText.quoted(wheel) + " ";
    }

    /** @param rest the sentence after its subject, the wheel, and the remedy */
    void error(String rest) {
        found.add(new Finding(Severity.ERROR, subject + rest));
    }

    void addAll(List<Finding> others) {
        found.addAll(others);
    }

    List<Finding> all() {
        return found.stream().distinct().toList();
    }
}
