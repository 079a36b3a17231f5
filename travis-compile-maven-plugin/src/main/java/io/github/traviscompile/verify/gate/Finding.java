package io.github.traviscompile.verify.gate;

/**
 * Something about a file that its platform or its project does not want.
 *
 * @param sentence one or two sentences that name file, expectation, finding and remedy
 */
public record Finding(Severity severity, String sentence) {

    /** Whether the file may be attached all the same. */
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
