package io.github.traviscompile.model;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The secret that one leg shares with the upload endpoint: 32 random bytes, valid for one run, never written to disk.
 * Not a record, so that neither {@code toString} nor an accessor shows it by accident.
 */
public final class LegKey {

    /** The length in bytes. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    private LegKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static LegKey random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new LegKey(bytes);
    }

    /** Parses a key of 64 hexadecimal digits; the exception's message does not repeat them. */
    public static LegKey ofHex(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("A leg key has " + 2 * BYTES + " hex digits, not " + hex.length() + ".");
        }
        return new LegKey(HexFormat.of().parseHex(hex));
    }

    /** Returns a copy of the secret, for key derivation. */
    public byte[] reveal() {
        return bytes.clone();
    }

    /** Returns the secret as in the leg's environment, 64 lower-case hexadecimal digits. */
    public String revealHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LegKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "LegKey[***]";
    }
}
