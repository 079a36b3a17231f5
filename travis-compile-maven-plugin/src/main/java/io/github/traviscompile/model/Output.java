package io.github.traviscompile.model;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One file that a leg has to deliver; only the plan lists them.
 *
 * @param id names the output in the protocol, {@code [a-z0-9][a-z0-9_.-]{0,63}}
 * @param fileName the name Cargo gives the file, without directories
 * @param maxBytes the largest size that the endpoint accepts for it
 */
public record Output(String id, String fileName, OutputKind kind, long maxBytes) {

    /** The default of the largest size: 1 GiB. */
    public static final long DEFAULT_MAX_BYTES = 1L << 30;

    private static final String ID = "[a-z0-9][a-z0-9_.-]{0,63}";

    public Output {
        if (!id.matches(ID)) {
            throw new IllegalArgumentException("Not an output id: '" + id + "'.");
        }
        if (fileName.isEmpty() || fileName.startsWith(".") || !fileName.matches("[\\p{L}\\p{N}_.-]{1,128}")) {
            throw new IllegalArgumentException("Not an output's file name: '" + fileName + "'.");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("An output's size limit is at least 1 byte, not " + maxBytes + ".");
        }
    }

    /**
     * Returns an output of the default size limit. Its id is the file name if that is valid as an id, otherwise a
     * digest of it.
     */
    public static Output of(OutputKind kind, String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        String id = lower.equals(fileName) && fileName.matches(ID)
                ? fileName
                : "o." + Sha256.of(fileName.getBytes(StandardCharsets.UTF_8)).abbreviated();
        return new Output(id, fileName, kind, DEFAULT_MAX_BYTES);
    }
}
