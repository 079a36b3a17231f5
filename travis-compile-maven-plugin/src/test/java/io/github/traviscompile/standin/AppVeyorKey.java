package io.github.traviscompile.standin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The one key of an account on {@link AppVeyorStandIn}, symmetric as the real one, which nobody else ever sees. */
final class AppVeyorKey {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key = new SecretKeySpec(random.generateSeed(16), "AES");

    String encrypt(String plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] cipher = apply(Cipher.ENCRYPT_MODE, nonce, plain.getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(nonce, NONCE + cipher.length);
        System.arraycopy(cipher, 0, both, NONCE, cipher.length);
        return Base64.getEncoder().encodeToString(both);
    }

    String decrypt(String cipher) {
        byte[] both = Base64.getDecoder().decode(cipher);
        byte[] nonce = Arrays.copyOf(both, NONCE);
        return new String(
                apply(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(both, NONCE, both.length)),
                StandardCharsets.UTF_8);
    }

    private byte[] apply(int mode, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Not a value of this account's.", e);
        }
    }
}
