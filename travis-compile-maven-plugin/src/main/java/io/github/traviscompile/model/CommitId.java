package io.github.traviscompile.model;

/** The id of a git commit (SHA-1, 40 lower-case hexadecimal digits). */
public record CommitId(String hex) {

    public CommitId {
        if (!hex.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("Not a git commit id in lower-case hex: '" + hex + "'.");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
