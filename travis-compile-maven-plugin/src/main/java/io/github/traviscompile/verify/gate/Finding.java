package io.github.traviscompile.verify.gate;

/**
 * An objection to a file, from its platform's rules or its project's demands.
 *
 * @param sentence one or two sentences with file, expectation, finding and remedy
 */
public record Finding(Severity severity, String sentence) {

    /** Whether the file may be attached: an error prevents it. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static Finding error(String sentence) {
        return new Finding(Severity.ERROR, sentence);
    }

    static Finding warning(String sentence) {
        return new Finding(Severity.WARNING, sentence);
    }
}
