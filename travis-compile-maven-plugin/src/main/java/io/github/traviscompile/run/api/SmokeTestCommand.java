package io.github.traviscompile.run.api;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;

/**
 * The command by which each leg tries its outputs before it delivers them: the parameter {@code smokeTest}.
 *
 * @param word {@code java}, {@code python}, or a command of one line for bash
 */
public record SmokeTestCommand(String word) {

    /** Loads the libraries in a JVM. */
    public static final SmokeTestCommand JAVA = new SmokeTestCommand("java");

    /** Installs the wheels and imports their modules. */
    public static final SmokeTestCommand PYTHON = new SmokeTestCommand("python");

    public SmokeTestCommand {
        if (!isOneLine(word)) {
            throw new IllegalArgumentException("Not a smoke test of one line: '" + word + "'.");
        }
    }

    private static boolean isOneLine(String word) {
        return !word.isBlank() && word.chars().noneMatch(Character::isISOControl);
    }

    /** Reads the parameter. */
    static SmokeTestCommand parse(String text) throws ActionNeededException {
        if (!isOneLine(text)) {
            throw new ActionNeededException("Not a smoke test of one line: '" + text + "'. Set " + Parameter.SMOKE_TEST
                    + " to 'java', to 'python' or to a command for bash, or leave it out.");
        }
        return new SmokeTestCommand(text);
    }
}
