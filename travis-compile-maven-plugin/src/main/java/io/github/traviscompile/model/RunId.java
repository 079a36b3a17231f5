package io.github.traviscompile.model;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The name of one run: 16 random bytes as 32 lower-case hexadecimal digits. Public, not a secret. */
public record RunId(String hex) {

    private static final int BYTES = 16;

    public RunId {
        if (!hex.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("Not a run id in lower-case hex: '" + hex + "'.");
        }
    }

    public static RunId random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new RunId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return hex;
    }
}
