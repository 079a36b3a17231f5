package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.verify.gate.Finding;
import io.github.traviscompile.verify.gate.Finding.Severity;
import io.github.traviscompile.verify.gate.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with one wheel, so that all of it is said at once. */
final class WheelFindings {

    private final String subject;
    private final List<Finding> found = new ArrayList<>();

    /** @param wheel the name that messages call it by */
    WheelFindings(String wheel) {
        this.subject = "The wheel " + SafeText.quoted(wheel) + " ";
    }

    /** @param rest of a sentence that begins with the wheel, and what to do */
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
