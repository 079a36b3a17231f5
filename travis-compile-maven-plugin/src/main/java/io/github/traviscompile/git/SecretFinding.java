package io.github.traviscompile.git;

/**
 * A secret found in a file. Never contains the secret itself.
 *
 * @param path of the file, relative to the snapshot's root
 * @param line from 1; 0 for the whole file
 * @param kind for display, for example {@code a GitHub token}
 */
public record SecretFinding(String path, int line, String kind) {

    @Override
    public String toString() {
        return (line == 0 ? path : path + ":" + line) + " (" + kind + ")";
    }
}
