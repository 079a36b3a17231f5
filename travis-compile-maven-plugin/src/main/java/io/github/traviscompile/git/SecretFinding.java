package io.github.traviscompile.git;

/**
 * Something that must not leave this machine. Never holds the secret itself.
 *
 * @param path of the file, relative to the snapshot's root
 * @param line from 1; 0 where the file as a whole is meant
 * @param kind in words, for example {@code a GitHub token}
 */
public record SecretFinding(String path, int line, String kind) {

    @Override
    public String toString() {
        return (line == 0 ? path : path + ":" + line) + " (" + kind + ")";
    }
}
