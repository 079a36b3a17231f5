package io.github.traviscompile.upload;

import io.github.traviscompile.model.LegKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * The key pair of one run, held in memory only. Legs wrap the keys that they make to its public half: RSA-OAEP (RFC
 * 8017, section 7.1) with SHA-256 for both of its digests.
 */
public final class HandshakeKey {

    private static final int BITS = 2048;
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private final KeyPair pair;

    private HandshakeKey(KeyPair pair) {
        this.pair = pair;
    }

    public static HandshakeKey random() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new HandshakeKey(generator.generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform lacks RSA.", e);
        }
    }

    /** Returns the public half, to which legs wrap their keys. */
    public PublicKey publicKey() {
        return pair.getPublic();
    }

    /** Returns the leg's key, or empty unless it was wrapped to this key pair. */
    Optional<LegKey> unwrap(byte[] wrapped) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), OAEP);
            byte[] plain = cipher.doFinal(wrapped);
            return plain.length == LegKey.BYTES
                    ? Optional.of(LegKey.ofHex(HexFormat.of().formatHex(plain)))
                    : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
